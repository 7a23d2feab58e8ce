"""Whatever somebody may hand to `metergate check`, spoiled at random places, and what has to hold for all of it."""
