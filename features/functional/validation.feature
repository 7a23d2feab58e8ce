@process:reading @system:mdms @risk:high @needs:hes/install
@covers:QU-01 @covers:QU-02
Feature: The MDMS believes no reading without a check
  Functional test of validation, estimation and editing.

  Background:
    Given the day is 2026-03-17
    And meter "M-1" is installed with intervals of 30 minutes and uses 1 kWh an hour
    And 14 days have been collected before

  Rule: A value that cannot be is replaced by an estimate that can

    @needs:mdms/validate
    Scenario Outline: <flaw>
      Given meter "M-1" delivers <flaw> from 12:00 to 12:30
      When the day's readings are collected and validated
      Then the MDMS has 1 estimated reading of meter "M-1"
      And the day of meter "M-1" comes to 24 kWh at the MDMS

      Examples:
        | flaw             |
        | a spike          |
        | a negative value |

  Rule: A gap is estimated so that the day still comes to what the register says

    @needs:mdms/validate
    Scenario Outline: A silence of <spell>
      Given meter "M-1" was silent from 12:00 to <until>
      When the day's readings are collected and validated
      Then the MDMS has <estimated> estimated readings of meter "M-1"
      And the day of meter "M-1" comes to 24 kWh at the MDMS

      Examples:
        | spell       | until | estimated |
        | one reading | 12:30 | 1         |
        | three hours | 15:00 | 6         |

  Rule: What a person changes keeps its history

    @needs:mdms/edit
    Scenario: An operator corrects an interval
      Given the day's readings are collected and validated
      When "Ada" changes the interval at 12:30 of meter "M-1" to 0.7 kWh because "the meter was tested"
      Then the MDMS shows that "Ada" changed it from 0.5 to 0.7 kWh because "the meter was tested"
