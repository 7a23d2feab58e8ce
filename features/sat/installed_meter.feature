@process:rollout @system:hes @risk:medium
@covers:CV-02 @covers:CV-05 @covers:RE-02
Feature: An installed meter answers
  Site acceptance: the fitter stands before the meter and compares what the office sees with what he sees.

  Background:
    Given the day is 2026-03-03

  Rule: The office sees what stands on the meter's face

    @smoke @needs:hes/install
    Scenario: The value on the face
      Given meter "M-1" is installed
      And the clock reaches 10:30
      When meter "M-1" is read on demand
      Then the value read is the one on the face of meter "M-1"

    @needs:hes/install
    Scenario: The value on the face after the register's end
      Given meter "M-1" is installed and uses 1 kWh an hour
      And the register of meter "M-1" stands 10 kWh before its end
      And the clock reaches 15:00
      When meter "M-1" is read on demand
      Then the value read is the one on the face of meter "M-1"

  Rule: A meter that cannot be read is said to be so, and why

    @needs:hes/install
    Scenario: A meter behind a concrete wall
      Given meter "M-1" is installed
      And meter "M-1" does not answer for 6 hours
      When meter "M-1" is read on demand
      Then the head-end refuses with code "4.1"

    Scenario: A meter that nobody has installed
      When meter "M-404" is read on demand
      Then the head-end refuses with code "2.4"

  Rule: A new meter joins the next collection by itself

    @needs:hes/install
    Scenario: Installed at noon
      Given the clock reaches 12:00
      And meter "M-1" is installed and uses 1 kWh an hour
      When the day's readings are collected
      Then meter "M-1" has measured 12 kWh on the day
      And the head-end holds every interval of the day of meter "M-1"
