"""The customer information and billing system (CIS)."""

from simulators.cis.system import CustomerInformation

__all__ = ["CustomerInformation"]
