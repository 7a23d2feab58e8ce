@process:outage @system:oms @risk:high @needs:hes/install @needs:oms/outages
@covers:EV-04 @covers:EV-11 @covers:EV-14
Feature: A storm
  Performance: two hundred last gasps at once.

  Rule: 99 % of two hundred outages are known within five minutes

    Scenario: Two hundred meters lose their supply
      Given the day is 2026-03-03
      And 200 meters are known to the head-end
      And the clock reaches 03:00
      When the supply of 200 meters is lost
      Then within 5 minutes the outage management knows of at least 99 % of 200 outages

  Rule: Two hundred restorations are known within half an hour

    Scenario: The storm is over
      Given the day is 2026-03-03
      And 200 meters are known to the head-end
      And the supply of 200 meters is lost
      When the supply of 200 meters is restored
      Then within 30 minutes the outage management knows of at least 99 % of 200 restorations
