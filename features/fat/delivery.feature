@process:reading @system:hes @risk:high @needs:hes/install
@covers:MR-04 @covers:MR-05 @covers:MR-06 @covers:MR-07 @covers:MR-08 @covers:MR-09 @covers:MR-10 @covers:MR-12 @covers:MR-47
Feature: The head-end delivers what it collects
  Factory acceptance: one vendor's head-end and meters; every other system is simulated.

  Rule: Whatever a meter measured arrives, once, in full and in its place

    Background:
      Given the day is 2026-03-03

    @smoke @covers:MR-03
    Scenario: A full day
      Given meter "M-1" is installed
      When the day's readings are collected
      Then the head-end holds every interval of the day of meter "M-1"
      And the head-end has delivered every interval of the day of meter "M-1"
      And every message on the wires conforms

    Scenario Outline: Intervals of <spacing> minutes
      Given meter "M-1" is installed with intervals of <spacing> minutes
      When the day's readings are collected
      Then the head-end holds <readings> readings of the day of meter "M-1"

      Examples:
        | spacing | readings |
        | 15      | 96       |
        | 30      | 48       |
        | 60      | 24       |

    Scenario: A house that feeds in and draws
      Given meter "M-1" is installed with a solar roof behind it
      When the day's readings are collected
      Then the head-end holds every interval of the day of meter "M-1" in both directions
