"""Validation, estimation and editing: each check a file of pure functions over plain values."""
