"""What `metergate check` found, in every form that somebody reads it in."""
