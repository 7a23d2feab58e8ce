@process:reading @system:hes @risk:high @needs:hes/install
Feature: The head-end collects by schedule, on demand, and again
  Functional test of the head-end and of what it owes its neighbours.

  Background:
    Given the day is 2026-03-03

  Rule: Many meters travel in batches

    @long
    @covers:MR-02
    Scenario: Sixty meters at midnight
      Given 60 meters are installed
      When the day's readings are collected
      Then 60 meters have every interval of the day at the MDMS
      And no message carries more than 25 meters

  Rule: A meter that was silent is asked again until it has told everything

    Scenario: Silent for a night and a day
      Given meter "M-1" is installed
      And meter "M-1" does not answer for 40 hours
      When the readings of 2 days are collected
      Then the head-end holds every interval of the day of meter "M-1"
      And the MDMS holds every interval of the day of meter "M-1" as valid

  Rule: Readings can be ordered for any span

    @covers:SC-01 @covers:SC-02 @covers:CH-02
    Scenario: The readings of the morning, ordered at noon
      Given meter "M-1" is installed
      And the clock reaches 12:00
      When the readings from 06:00 to 12:00 of meter "M-1" are ordered
      Then the head-end has delivered the intervals from 06:00 to 12:00 of meter "M-1"

  Rule: What takes time is acknowledged at once and answered later

    @needs:cis/move_in
    @covers:HE-09 @covers:CV-03 @covers:CV-06 @covers:CH-01
    Scenario: The customer service asks for a reading
      Given the customer at "12 Mill Lane" is supplied through meter "M-1"
      And the clock reaches 09:00
      When the customer service asks for the reading at "12 Mill Lane"
      Then the customer service sees the value on the face of meter "M-1"
