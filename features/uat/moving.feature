@process:customer-service @system:cis @risk:medium @needs:hes/install @needs:cis/move_in
@covers:LI-08 @covers:LI-12
Feature: People move, and each pays for what was theirs
  User acceptance: the customer service at its desk.

  Rule: A bill begins on the day of moving in and ends on the day of moving out

    @smoke @long @lasts:1-month
    Scenario: A customer moves in on the tenth
      Given the day is 2026-03-10
      And the customer at "12 Mill Lane" is supplied through meter "M-1" that uses 1 kWh an hour
      When the month is collected and billed
      Then the customer at "12 Mill Lane" is billed 527 kWh
      And the bill of "12 Mill Lane" begins on 2026-03-10

    @long @lasts:1-month
    Scenario: One moves out and the next moves in
      Given the day is 2026-03-01
      And the customer at "12 Mill Lane" is supplied through meter "M-1" that uses 1 kWh an hour
      And the customer at "12 Mill Lane" moves out on 2026-03-11
      And another customer moves in at "12 Mill Lane" on 2026-03-11
      When the month is collected and billed
      Then the first customer at "12 Mill Lane" has a final bill of 240 kWh
      And the customer at "12 Mill Lane" is billed 503 kWh
