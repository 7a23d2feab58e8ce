"""A site's own control of a real system: a Python entry point that its environment file names."""

from importlib.metadata import entry_points

from ami.errors import ConfigurationError
from ami.ports import SiteControl

GROUP = "metergate.control"


def load(plugin: str, system: str, address: str) -> SiteControl:
    """The control that an installed package offers under a name. Raises ConfigurationError where there is none, or it cannot be used."""
    offered = entry_points(group=GROUP)
    found = [entry for entry in offered if entry.name == plugin]
    if not found:
        known = ", ".join(sorted({entry.name for entry in offered})) or "none is installed"
        raise ConfigurationError(
            f"[systems.{system}] control_plugin: no installed package has an entry point {plugin!r} in {GROUP} ({known})"
        )
    try:
        made: SiteControl = found[0].load()(system, address)
    except (ImportError, AttributeError, TypeError) as error:
        raise ConfigurationError(f"[systems.{system}] control_plugin: {found[0].value} cannot be used: {error}") from None
    if not isinstance(getattr(made, "commands", None), frozenset):
        raise ConfigurationError(f"[systems.{system}] control_plugin: {found[0].value} has no frozenset of commands")
    return made
