"""Meter data management: keeps every version of every reading, validates, estimates, edits, and says what may be billed."""

from simulators.mdms.meter_data_management import MeterDataManagement

__all__ = ["MeterDataManagement"]
