@process:customer-service @system:hes @risk:high @needs:hes/install
@covers:CO-01 @covers:CO-03 @covers:CO-04 @covers:CH-03
Feature: A meter's switch obeys, and only when it may
  Factory acceptance: nobody stays without supply, and nobody gets it by surprise.

  Background:
    Given the day is 2026-03-03
    And meter "M-1" is installed and uses 1 kWh an hour

  Rule: An open switch lets nothing through

    Scenario: A switch that is opened at noon
      Given the clock reaches 12:00
      When the head-end is told to open the switch of meter "M-1"
      And the day's readings are collected
      Then the switch of meter "M-1" is open
      And meter "M-1" has measured 12 kWh on the day

  Rule: An armed switch waits for the customer's hand

    Scenario: The customer presses the button
      Given the switch of meter "M-1" is open
      When the head-end is told to arm the switch of meter "M-1"
      And the customer presses the button of meter "M-1"
      Then the switch of meter "M-1" is closed

    Scenario: Nobody presses the button
      Given the switch of meter "M-1" is open
      When the head-end is told to arm the switch of meter "M-1"
      Then the switch of meter "M-1" is armed

  Rule: A command that makes no sense is refused and changes nothing

    Scenario: A closed switch is to be armed
      When the head-end is told to arm the switch of meter "M-1"
      Then the head-end refuses with code "5.3"
      And the switch of meter "M-1" is closed
