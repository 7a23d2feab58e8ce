"""Messages made from the schemas: valid ones of every noun and dialect, sound ones with which no rule finds anything, and one edit more.

`messages.valid` and `messages.sound` take a `random.Random`, a payload and a dialect: the same seed, the same bytes. `edits.EDITS` are the
edits after which a schema refuses what it allowed before.
"""
