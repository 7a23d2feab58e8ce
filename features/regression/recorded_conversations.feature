@risk:high @needs:hes/reset @needs:mdms/reset @needs:cis/reset @needs:oms/reset @needs:virtual-clock
Feature: What was answered once is answered so again
  Regression: conversations recorded with an earlier release are replayed message by message, and the answers compared.

  Rule: The same question in the same situation has the same answer

    Scenario Outline: <conversation>
      Given the situation of the recorded conversation "<conversation>"
      When its requests are replayed
      Then every answer is the one that was recorded

      Examples:
        | conversation              |
        | a day is delivered        |
        | a meter is read on demand |
        | a supply is cut off       |
        | a stranger is refused     |
