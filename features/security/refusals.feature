@risk:high @needs:hes/install
Feature: What no system should take is refused, and nothing changes
  Security: each system that listens on the network, asked as nobody should ask it.

  Background:
    Given the day is 2026-03-03
    And meter "M-1" is installed

  Rule: Nobody speaks to a system without saying who he is

    @system:hes @smoke
    Scenario: Without credentials
      When somebody without credentials tells the head-end to open the switch of meter "M-1"
      Then the door stays shut
      And the switch of meter "M-1" is closed

    @system:hes
    Scenario: With a wrong password
      When somebody with a wrong password tells the head-end to open the switch of meter "M-1"
      Then the door stays shut
      And the switch of meter "M-1" is closed

    @system:mdms
    Scenario: In the name of another
      When the tester delivers readings of meter "M-1" to the MDMS in the name of the head-end
      Then the MDMS refuses with code "2.14"

  Rule: What is no proper message gets a SOAP Fault and no more

    @covers:SO-04 @covers:SO-05
    Scenario Outline: <what> for <system>
      When <system> is sent <what>
      Then it answers with a SOAP Fault
      And <system> still answers proper messages

      Examples:
        | what                          | system       |
        | a message of 20 megabytes     | the head-end |
        | an external entity            | the head-end |
        | a billion laughs              | the MDMS     |
        | half a message                | the MDMS     |
        | a thousand elements in depth  | the head-end |
        | an unknown SOAPAction         | the MDMS     |

  Rule: A command counts once, however often it is heard

    @system:hes
    @covers:CV-01 @covers:RE-02
    Scenario: A recorded command is sent again
      Given the head-end was told to open the switch of meter "M-1"
      And the head-end was told to close the switch of meter "M-1"
      When somebody sends the recorded first command again
      Then the head-end refuses with code "7.7"
      And the switch of meter "M-1" is closed
