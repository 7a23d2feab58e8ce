@process:reading @system:hes @risk:high @needs:hes/install
@covers:MR-17 @covers:MR-18
Feature: A meter's registers and intervals agree
  Factory acceptance: what stands on the face of a meter is the sum of what it measured.

  Background:
    Given the day is 2026-03-03

  Rule: A register moves by the sum of its intervals

    Scenario: An ordinary day
      Given meter "M-1" is installed
      When the day's readings are collected
      Then the register of meter "M-1" has moved by the sum of the day's intervals

    Scenario: A day on which the register starts again from zero
      Given meter "M-1" is installed and uses 1 kWh an hour
      And the register of meter "M-1" stands 10 kWh before its end
      When the day's readings are collected
      Then the face of meter "M-1" shows 14 kWh
      And the head-end holds every interval of the day of meter "M-1"
