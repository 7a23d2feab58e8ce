@process:demand @system:mdms @risk:medium @needs:hes/install
Feature: The load of a street can be read from its meters
  Functional test of what network planning asks of the MDMS.

  Rule: The load is the sum of what the meters measured, at every moment

    Scenario: The day of ten houses
      Given the day is 2026-03-03
      And 10 meters are installed
      When the day's readings are collected and validated
      Then the load of 10 meters at the MDMS is what they measured, interval by interval
      And its peak stands where the meters had it
