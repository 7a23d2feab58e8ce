"""Stand-ins for the systems of a utility: logic without I/O."""
