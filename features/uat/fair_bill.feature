@process:billing @system:cis @risk:high @needs:hes/install @needs:cis/move_in
Feature: A bill that can be explained
  User acceptance: the billing manager, with a customer on the telephone.

  Rule: A silent evening costs what the hour before it cost

    @needs:mdms/validate
    Example: A meter is silent over dinner
      Given the day is 2026-03-03
      And the customer at "12 Mill Lane" is supplied through meter "M-1" that uses 1 kWh an hour
      And meter "M-1" was silent from 18:00 to 20:00
      When the day's readings are collected and validated
      Then the customer at "12 Mill Lane" is billed 24 kWh for the day

  Rule: Whoever asks why a bill is estimated gets an answer

    @needs:mdms/validate
    Scenario: The billing manager looks into an estimated bill
      Given the day is 2026-03-03
      And the customer at "12 Mill Lane" is supplied through meter "M-1" that uses 1 kWh an hour
      And meter "M-1" was silent from 06:00 to 09:00
      When the day's readings are collected and validated
      Then the bill of "12 Mill Lane" for the day says that a part of it is estimated
      And the MDMS says that the intervals from 06:00 to 09:00 of meter "M-1" are estimated

  Rule: Each hour costs what its period costs, and the bill is rounded once

    Scenario: A day in three periods
      Given the day is 2026-03-03
      And the customer at "12 Mill Lane" with the tariff "time_of_use" is supplied through meter "M-1" that uses 1 kWh an hour
      When the day's readings are collected and validated
      Then the bill of "12 Mill Lane" for the day has these lines:
        | period   | kwh |
        | off-peak | 9   |
        | shoulder | 11  |
        | peak     | 4   |
      And the total of the bill of "12 Mill Lane" is the sum of its lines, rounded once

    Scenario: A Sunday is off-peak all day
      Given the day is 2026-03-01
      And the customer at "12 Mill Lane" with the tariff "time_of_use" is supplied through meter "M-1" that uses 1 kWh an hour
      When the day's readings are collected and validated
      Then the bill of "12 Mill Lane" for the day has these lines:
        | period   | kwh |
        | off-peak | 24  |

  Rule: What a roof gives back is taken off

    @long @lasts:1-month
    Scenario: A customer with a solar roof
      Given the day is 2026-06-01
      And the customer at "12 Mill Lane" with the tariff "net_metering" has meter "M-1" with a solar roof behind it
      When the month is collected and billed
      Then the customer at "12 Mill Lane" is billed what meter "M-1" measured in both directions
