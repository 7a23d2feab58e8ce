"""Access tokens by the client credentials of OAuth 2: asked for once, and again before they end."""

import threading
import time
from dataclasses import dataclass
from typing import Final

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from requests import RequestException

from ami.errors import ConfigurationError, UnreachableError
from transports.http_client import TIMEOUT_S, adapter
from transports.security.tls import Context

EARLY_S: Final = 10.0
"""A token is not used in its last seconds: it could end on the way."""

SHORTEST_S: Final = 60.0
"""How long a token is used whose end the server does not name."""


@dataclass(frozen=True, slots=True)
class Client:
    """Who asks where for a token. scope: what it shall be good for, or empty for what the server thinks."""

    token_url: str
    client_id: str
    secret: str
    scope: str = ""


class Tokens:
    """The tokens of all clients, for any number of threads."""

    def __init__(self) -> None:
        self._tokens: dict[Client, tuple[str, float]] = {}
        self._lock = threading.Lock()

    def bearer(self, client: Client, tls: Context | None = None, timeout_s: float = TIMEOUT_S) -> str:
        """The Authorization header of a client.

        Raises UnreachableError where the server of tokens does not answer, ConfigurationError where it refuses.
        """
        with self._lock:
            token, ends_at = self._tokens.get(client, ("", 0.0))
            if time.monotonic() >= ends_at:
                token, lasts_s = _fetched(client, tls, timeout_s)
                self._tokens[client] = token, time.monotonic() + lasts_s - min(EARLY_S, lasts_s / 2)
        return f"Bearer {token}"

    def forget(self, client: Client) -> None:
        """Ask anew next time: the token was refused."""
        with self._lock:
            self._tokens.pop(client, None)


def _fetched(client: Client, tls: Context | None, timeout_s: float) -> tuple[str, float]:
    manner = "client_secret_basic"
    session = OAuth2Session(client.client_id, client.secret, scope=client.scope or None, token_endpoint_auth_method=manner)
    session.trust_env = False
    session.mount("https://", adapter(tls))
    session.mount("http://", adapter(None))
    with session:
        try:
            answer = session.fetch_token(client.token_url, grant_type="client_credentials", timeout=timeout_s)
        except OAuthError as error:
            said = f"{error.error} {error.description or ''}".strip()
            raise ConfigurationError(f"{client.token_url} gives client {client.client_id} no token: {said}") from None
        except (RequestException, ValueError) as error:
            raise UnreachableError(f"{client.token_url} does not answer with a token: {type(error).__name__}") from None
    token = answer.get("access_token")
    if not isinstance(token, str) or not token:
        raise UnreachableError(f"{client.token_url} answers without an access_token")
    return token, float(answer.get("expires_in") or SHORTEST_S)
