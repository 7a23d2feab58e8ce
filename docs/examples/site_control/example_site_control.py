"""A site's own control of its outage management: it asks a small administration service that the site has beside it.

`ami.ports.SiteControl` says what such a class must have. Replace the requests by whatever your system offers: a database, a
command line, a test rig that can pull a plug.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import requests

LIMIT_S = 10.0


class AdministrationService:
    """commands: what the service can do. `outages` shows who is without supply; it cannot forget, so `reset` is not among them."""

    commands = frozenset({"outages"})

    def __init__(self, address: str) -> None:
        self._address = address

    def tell(self, command: str, arguments: Mapping[str, Any], now: datetime) -> Any:
        """What the service answers to a command, as docs/control_port.md has it."""
        answer = requests.post(f"{self._address}/{command}", json={**arguments, "now": now.isoformat()}, timeout=LIMIT_S)
        answer.raise_for_status()
        return answer.json()


def made(_system: str, address: str) -> AdministrationService:
    """The control of a system; address: as the environment file has it, for SOAP. The service stands beside it, at /administration."""
    scheme, _, rest = address.partition("://")
    return AdministrationService(f"{scheme}://{rest.partition('/')[0]}/administration")
