@process:outage @system:oms @risk:medium @needs:hes/install @needs:cis/move_in
@covers:EV-05 @covers:EV-12
Feature: The operator and the investigator see what they need
  User acceptance: the control room at night, revenue protection in the morning.

  Background:
    Given the day is 2026-03-03
    And the customer at "12 Mill Lane" is supplied through meter "M-1"

  Rule: Whoever restores supply sees that it is back

    @needs:oms/outages
    Scenario: The operator restores the supply
      Given the supply of meter "M-1" is lost
      When the supply of meter "M-1" is restored
      Then the outage management knows that meter "M-1" has supply again

  Rule: Tampering reaches the people who investigate it

    @process:customer-service @system:cis
    Scenario: Somebody opens the cover
      When the cover is opened at meter "M-1"
      Then the billing system has a notice about meter "M-1"
