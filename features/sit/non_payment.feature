@process:customer-service @system:mdms @risk:high @needs:hes/install @needs:cis/move_in
@covers:SR-01 @covers:SR-02 @covers:CO-06 @covers:CO-07 @covers:EV-16 @covers:CH-04
Feature: Disconnected for non-payment, reconnected on payment
  System integration: from the billing system's order to the switch in the cellar, and back with a reading.

  Background:
    Given the day is 2026-03-03
    And the customer at "12 Mill Lane" is supplied through meter "M-1" that uses 1 kWh an hour

  Rule: An order ends in a switch that has moved and a reading that proves it

    Scenario: Disconnected at ten
      Given the clock reaches 10:00
      When the billing system orders the supply at "12 Mill Lane" to be cut off
      Then the switch of meter "M-1" is open
      And the order for "12 Mill Lane" is completed with the reading on the face of meter "M-1"

    Scenario: Disconnected at ten, reconnected at four
      Given the clock reaches 10:00
      And the billing system orders the supply at "12 Mill Lane" to be cut off
      And the clock reaches 16:00
      When the billing system orders the supply at "12 Mill Lane" to be restored
      And the day's readings are collected and validated
      Then the switch of meter "M-1" is closed
      And the customer at "12 Mill Lane" is billed 18 kWh for the day

  Rule: An order that cannot be carried out comes back as failed

    @covers:SR-06
    Scenario: The meter does not answer
      Given meter "M-1" does not answer for 6 hours
      When the billing system orders the supply at "12 Mill Lane" to be cut off
      Then the order for "12 Mill Lane" has failed
      And the switch of meter "M-1" is closed
