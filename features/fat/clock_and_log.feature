@process:reading @system:hes @risk:medium @needs:hes/install
@covers:EV-01 @covers:EV-03 @covers:EV-04 @covers:EV-05
Feature: A meter's clock is kept right and its log remembers
  Factory acceptance: a shifted hour is money in the wrong tariff, and an event that nobody logged never happened.

  Background:
    Given the day is 2026-03-03
    And meter "M-1" is installed

  Rule: A clock that has gone wrong is set right when the meter is read

    Scenario: A clock that is 40 seconds fast
      Given the clock of meter "M-1" is 40 seconds fast
      When the day's readings are collected
      Then the clock of meter "M-1" is right

  Rule: What happens at a meter stands in its log

    Scenario Outline: <happening>
      When <happening> at meter "M-1"
      Then the log of meter "M-1" has the event "<event>"

      Examples:
        | happening              | event      |
        | the supply is lost     | 3.26.0.85  |
        | the cover is opened    | 3.12.0.257 |
