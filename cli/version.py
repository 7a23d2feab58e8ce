"""`metergate version`: which MeterGate this is."""

import platform

import typer

from harness.product import product_version

EXAMPLES = ("./metergate version",)


def command() -> int:
    """Say which MeterGate this is, and on which Python it runs."""
    typer.echo(f"MeterGate {product_version()} (Python {platform.python_version()})")
    return 0
