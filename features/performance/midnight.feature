@process:reading @system:mdms @risk:high
Feature: A crowd of meters at midnight
  Performance: Locust plays the head-end of a whole town; the gate looks at errors, at the slow end, and at whether enough was asked.

  Background:
    Given the day is 2026-03-03

  Rule: The day of a thousand meters is taken in while the town sleeps

    @needs:mdms/holdings
    Scenario: A thousand meters deliver their day
      Given 1000 meters are known to the MDMS
      When Locust delivers the day of 1000 meters to the MDMS, 10 meters a message, and the gate asks for:
        | requests at least | failed at most | 95 % answered within |
        | 100               | 0 %            | 5000 ms              |
      Then the gate opens
      And the MDMS holds every interval that was delivered

  Rule: Who reads on demand does not wait

    @system:hes @needs:hes/install
    Scenario: Two hundred readings on demand
      Given 20 meters are installed
      And the clock reaches 09:00
      When Locust reads 20 meters on demand, 10 times each, and the gate asks for:
        | requests at least | failed at most | 95 % answered within |
        | 200               | 0 %            | 2000 ms              |
      Then the gate opens

  Rule: Whoever asks too little has measured nothing

    @system:hes @risk:medium @needs:hes/install
    Scenario: The gate does not open for a handful of requests
      Given 2 meters are installed
      When Locust reads 2 meters on demand, 1 times each, and the gate asks for:
        | requests at least | failed at most | 95 % answered within |
        | 100               | 0 %            | 2000 ms              |
      Then the gate says that too little was asked
