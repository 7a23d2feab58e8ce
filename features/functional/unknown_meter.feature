@process:rollout @system:mdms @risk:medium @needs:hes/install
@covers:RE-03 @covers:LI-01 @covers:LI-02
Feature: The MDMS takes nothing from strangers and loses nothing from newcomers
  Functional test of readings that come before the meter is known.

  Background:
    Given the day is 2026-03-03

  Rule: Readings of an unknown meter are set aside and named

    @needs:mdms/unknown
    Scenario: The meter is linked a day late
      Given meter "M-1" is installed, and the MDMS is not told
      When the day's readings are collected
      Then the MDMS has set the readings of meter "M-1" aside
      And once it is told of meter "M-1", the MDMS holds every interval of the day
