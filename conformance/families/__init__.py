"""The families of what the judge asks: one file each, so that a rule more is two lines in the file of its family."""
