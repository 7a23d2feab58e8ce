"""Choreographies: which message may follow which, as tables of states; no I/O, no message is read here twice."""
