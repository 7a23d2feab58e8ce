@process:reading @risk:medium @needs:hes/install
@covers:SO-01 @covers:SO-02 @covers:SO-03 @covers:HE-03 @covers:HE-04 @covers:HE-05
Feature: The services say in their WSDL all that a stranger needs
  Interoperability: a client that knows nothing but the address of the service.

  Background:
    Given the day is 2026-03-03
    And meter "M-1" is installed

  Rule: A client made from the WSDL alone can use every service

    @system:hes @smoke
    Scenario: A reading from the head-end
      Given the clock reaches 09:00
      When a client made from the WSDL of the head-end reads meter "M-1"
      Then the client receives the value on the face of meter "M-1"

    @system:hes
    Scenario: A command to the head-end
      When a client made from the WSDL of the head-end opens the switch of meter "M-1"
      Then the switch of meter "M-1" is open

    @system:mdms
    Scenario: The day from the MDMS
      Given the day's readings are collected and validated
      When a client made from the WSDL of the MDMS asks for the day of meter "M-1"
      Then the client receives every interval of the day of meter "M-1"

    @system:oms @process:outage @needs:oms/outages
    Scenario: An outage told to the outage management
      When a client made from the WSDL of the outage management tells the last gasp of meter "M-1"
      Then the outage management knows that meter "M-1" is without supply

  Rule: A service answers for every noun and verb that it offers, and for no other

    Scenario Outline: What <system> offers
      When a client reads the WSDL of <system>
      Then it finds every service that <system> takes

      Examples:
        | system                              |
        | the head-end                        |
        | the MDMS                            |
        | the customer information and billing |
        | the outage management               |
