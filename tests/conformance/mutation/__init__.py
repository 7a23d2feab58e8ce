"""A mutation run: sound messages are broken in known ways, and an oracle that does not know the rules says what has to be found.

`oracle/` has the tables: kind of mutation and place -> what must be reported, and what may be besides. `run` asks the judge.
"""
