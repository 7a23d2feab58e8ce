"""Every scenario of every phase, bound to pytest."""

from pytest_bdd import scenarios

scenarios(".")
