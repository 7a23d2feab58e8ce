"""Runs looked back on: kept in a database, listed, and compared with each other."""
