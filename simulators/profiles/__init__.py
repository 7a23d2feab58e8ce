"""Consumption over time: whole days of Wh per interval, read from a file or made from a seed."""

from simulators.profiles.profile import Profile, Scaled

__all__ = ["Profile", "Scaled"]
