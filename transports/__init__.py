"""How bytes move. Nothing here decides anything."""
