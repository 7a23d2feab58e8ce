@process:outage @system:oms @risk:high @needs:hes/install @needs:oms/outages
@covers:EV-04 @covers:EV-11 @covers:EV-14 @covers:EV-15
Feature: An outage is seen when it begins and when it ends
  System integration: the last gasp of a meter reaches those who send the crew.

  Background:
    Given the day is 2026-03-03

  Rule: Who is dark is known, and who is not dark any more is known as well

    @long
    Scenario: A street without supply for two hours
      Given 40 meters are installed
      And the clock reaches 14:00
      When the supply of 40 meters is lost for 2 hours
      Then the outage management has seen 40 outages begin and end
      And 40 meters measured nothing from 14:00 to 16:00

    Scenario: An outage within an outage
      Given meter "M-1" is installed
      When the supply of meter "M-1" is lost, comes back for a minute, and is lost again
      Then the outage management knows that meter "M-1" is without supply
