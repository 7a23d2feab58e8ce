@process:billing @system:cis @risk:high @needs:hes/install @needs:cis/move_in
@covers:GM-01 @covers:CV-07
Feature: From meter to bill
  System integration: what the meter measured is what the customer pays for, once.

  Rule: A month is billed as it was measured

    @smoke @lasts:1-month
    Scenario: A month of an ordinary household
      Given the day is 2026-03-01
      And the customer at "12 Mill Lane" is supplied through meter "M-1"
      When the month is collected and billed
      Then the customer at "12 Mill Lane" is billed what meter "M-1" measured
      And no reading on the bill of "12 Mill Lane" is estimated

    @long @lasts:4-months
    Scenario: Four bills and a leap day
      Given the day is 2027-12-01
      And the customer at "12 Mill Lane" is supplied through meter "M-1"
      When 4 months are collected and billed
      Then the customer at "12 Mill Lane" has 4 bills that follow each other without a gap
      And the customer at "12 Mill Lane" is billed what meter "M-1" measured

  Rule: The two days a year that are not a day long are billed in full

    @covers:MR-27 @covers:MR-06 @covers:MR-08
    Scenario Outline: The clocks go <direction>
      Given the day is <day>
      And the customer at "12 Mill Lane" is supplied through meter "M-1" that uses 1 kWh an hour
      When the day's readings are collected and validated
      Then the day of meter "M-1" comes to <kwh> kWh at the MDMS
      And the customer at "12 Mill Lane" is billed <kwh> kWh for the day

      Examples:
        | direction | day        | kwh |
        | forward   | 2026-03-29 | 23  |
        | back      | 2026-10-25 | 25  |

  Rule: A register that starts again from zero costs nobody a fortune

    @lasts:1-month
    @covers:CV-09 @covers:MR-17
    Scenario: The register runs over in mid-month
      Given the day is 2026-03-01
      And the customer at "12 Mill Lane" is supplied through meter "M-1" that uses 1 kWh an hour
      And the register of meter "M-1" stands 100 kWh before its end
      When the month is collected and billed
      Then the customer at "12 Mill Lane" is billed 743 kWh
