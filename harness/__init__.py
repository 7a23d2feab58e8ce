"""One test landscape: who is simulated and who is real, what went over every wire, what was truly measured, whose fault."""
