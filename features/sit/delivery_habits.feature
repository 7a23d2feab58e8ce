@process:reading @system:mdms @risk:high @needs:hes/install @needs:cis/move_in
Feature: However readings arrive, each interval counts once
  System integration: networks are late, repeat themselves, and forget.

  Background:
    Given the day is 2026-03-10
    And the customer at "12 Mill Lane" is supplied through meter "M-1" that uses 1 kWh an hour
    And 7 days have been collected before

  Rule: The order and number of deliveries do not change a bill

    @covers:CV-01 @covers:CV-15 @covers:MR-45
    Scenario Outline: Readings that come <manner>
      Given the head-end delivers <manner>
      When the readings of 3 days are collected
      Then the day of meter "M-1" comes to 24 kWh at the MDMS
      And the customer at "12 Mill Lane" is billed 24 kWh for the day

      Examples:
        | manner               |
        | twice                |
        | in reverse order     |
        | 30 hours late        |

  Rule: A gap is estimated, so that every interval is billed exactly once

    @needs:mdms/validate
    Scenario: Three hours are missing
      Given meter "M-1" was silent from 12:00 to 15:00
      When the day's readings are collected and validated
      Then the customer at "12 Mill Lane" is billed 24 kWh for the day
      And the bill of "12 Mill Lane" says that a part of it is estimated

    @needs:mdms/validate
    Scenario: A spike
      Given meter "M-1" delivers a spike from 12:00 to 13:00
      When the day's readings are collected and validated
      Then the customer at "12 Mill Lane" is billed 24 kWh for the day

  Rule: What was estimated gives way to what was measured

    Scenario: A meter answers after two days
      Given meter "M-1" does not answer for 50 hours
      When the readings of 4 days are collected
      Then the MDMS holds every interval of the day of meter "M-1" as valid
