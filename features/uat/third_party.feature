@process:third-party-data @system:mdms @risk:high @needs:hes/install @needs:cis/move_in
Feature: A third party sees what the customer lets it see
  User acceptance: consent comes first.

  Background:
    Given the day is 2026-03-03
    And the customer at "12 Mill Lane" is supplied through meter "M-1"
    And the day's readings are collected and validated

  Rule: Readings are for those who have the customer's consent

    Scenario: Without consent
      When "SunAdvice" asks for the day at "12 Mill Lane"
      Then the MDMS refuses with code "7.5"

    @needs:mdms/consent
    Scenario: With consent
      Given the customer at "12 Mill Lane" lets "SunAdvice" see the readings
      When "SunAdvice" asks for the day at "12 Mill Lane"
      Then "SunAdvice" receives every interval of the day of meter "M-1"
