@risk:high @needs:hes/install @needs:cis/move_in
Feature: An attacker with a keyboard and patience
  Penetration: what comes in as data stays data, and an answer that nobody asked for is no answer.

  Background:
    Given the day is 2026-03-03
    And the customer at "12 Mill Lane" is supplied through meter "M-1"
    And the day's readings are collected and validated

  Rule: An identifier is an identifier, whatever it looks like

    @system:mdms
    Scenario Outline: <attack> as the name of a meter
      When the MDMS is asked for the day of the meter "<identifier>"
      Then the MDMS refuses with code "2.4"
      And the MDMS holds every interval of the day of meter "M-1" as valid

      Examples:
        | attack          | identifier                          |
        | SQL             | M-1' OR '1'='1                      |
        | SQL that drops  | M-1'; DROP TABLE readings; --       |
        | XPath           | M-1' or name()='MeterReading        |

  Rule: An answer counts only if it comes from whom it was asked of

    @system:cis
    @covers:CV-03 @covers:CV-11
    Scenario: Somebody else answers the customer service
      Given the customer service waits for the reading at "12 Mill Lane"
      When somebody else answers that it is 999999 kWh
      Then the answer is refused
      And the customer service has no reading of 999999 kWh

    @system:cis
    @covers:CV-03 @covers:CV-11
    Scenario: Somebody answers without saying who he is
      Given the customer service waits for the reading at "12 Mill Lane"
      When somebody without credentials answers that it is 999999 kWh
      Then the door stays shut
      And the customer service has no reading of 999999 kWh

  Rule: The control port is a door with one key and no way around it

    @system:mdms @needs:mdms/control
    Scenario Outline: <attack>
      When somebody asks the control port of the MDMS for "<path>" <key>
      Then it answers <status> and tells nothing

      Examples:
        | attack           | path                      | key             | status |
        | without the key  | holdings                  | without the key | 401    |
        | out of the house | ../../../../etc/passwd    | with the key    | 404    |
        | encoded          | %2e%2e%2f%2e%2e%2fpasswd  | with the key    | 404    |
