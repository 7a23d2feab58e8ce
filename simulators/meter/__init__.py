"""Meters in the field: what they measure, what they store, what they are told, and what they answer."""

from simulators.meter.meter import Meter, Order
from simulators.meter.network import MeterNetwork
from simulators.meter.readout import FlowReadout, Readout
from simulators.meter.switch import Switch

__all__ = ["FlowReadout", "Meter", "MeterNetwork", "Order", "Readout", "Switch"]
