"""The head-end's stand-in: it reads the meters, delivers what it read, passes commands on and tells what happened."""

from simulators.hes.head_end import HeadEnd

__all__ = ["HeadEnd"]
