@process:rollout @system:cis @risk:high @needs:hes/install @needs:cis/move_in
@covers:LI-08 @covers:LI-11 @covers:MR-44
Feature: A meter is exchanged and the customer notices nothing
  System integration: two meters, one usage point, one bill.

  Rule: Old and new meter share the bill at the moment of the exchange

    @long @lasts:1-month
    Scenario: An exchange at noon in mid-month
      Given the day is 2026-03-01
      And the customer at "12 Mill Lane" is supplied through meter "M-1" that uses 1 kWh an hour
      And meter "M-1" is exchanged for meter "M-2" that uses 2 kWh an hour at noon of 2026-03-16
      When the month is collected and billed
      Then the bill of "12 Mill Lane" has the meters "M-1" and "M-2" with their final and initial readings
      And the customer at "12 Mill Lane" is billed what meters "M-1" and "M-2" measured
