"""The steps by which the tables of a history came to be what they are; alembic takes them in order."""
