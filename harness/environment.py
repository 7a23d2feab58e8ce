"""The environment file: which systems there are, where they are, and how time runs."""

import os
import tomllib
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from ami import dialect as dialects
from ami import names
from ami.errors import ConfigurationError


def _is_http_address(text: str) -> str:
    parts = urlsplit(text)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("expected an address such as http://127.0.0.1:9101")
    return text.rstrip("/")


def _is_zone(text: str) -> str:
    try:
        ZoneInfo(text)
    except (ZoneInfoNotFoundError, ValueError):
        raise ValueError("expected a time zone such as Europe/London") from None
    return text


def _is_dialect(text: str) -> str:
    if text not in dialects.names():
        raise ValueError(f"expected one of {', '.join(dialects.names())}")
    return text


Address = Annotated[str, AfterValidator(_is_http_address)]


class System(BaseModel):
    """One system: where it takes SOAP, whether it runs here, and how to reach its control port.

    A simulated system listens on `address` (a free port if it is absent); one that runs elsewhere is called there.
    control_token, password: the names of environment variables, so that no secret stands in the file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    address: Address | None = None
    run: Literal["here", "elsewhere"] = "here"
    control: Address | None = None
    control_token: str | None = None
    password: str | None = None

    @model_validator(mode="after")
    def _elsewhere_needs_an_address(self) -> "System":
        if self.run == "elsewhere" and self.address is None:
            raise ValueError('a system with run = "elsewhere" needs an address')
        return self

    @property
    def simulated(self) -> bool:
        """Whether a stand-in of this run plays the system."""
        return self.run == "here"


class Settings(BaseModel):
    """What holds for the landscape as a whole. listen: the wiretap's address, a free port if it is absent."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = "built-in"
    dialect: Annotated[str, AfterValidator(_is_dialect)] = "2011"
    clock: Literal["virtual", "real"] = "virtual"
    seed: int = 1
    timezone: Annotated[str, AfterValidator(_is_zone)] = "Europe/London"
    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    listen: Address | None = None


class Environment(BaseModel):
    """A whole environment file; without one, all systems are simulated on free ports."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    environment: Settings = Settings()
    systems: dict[Literal["hes", "mdms", "cis", "oms"], System] = Field(default_factory=dict)

    def system(self, name: str) -> System:
        """The system of that name, as the file says or by default."""
        return self.systems.get(name, System())  # type: ignore[call-overload,no-any-return]  # the keys are names.SYSTEMS

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the utility counts its days."""
        return ZoneInfo(self.environment.timezone)

    def described(self) -> dict[str, dict[str, str | bool | None]]:
        """Who is simulated and who is real, for the record."""
        return {name: {"address": self.system(name).address, "simulated": self.system(name).simulated} for name in names.SYSTEMS}


def load(path: Path | None) -> Environment:
    """The environment in the file, or the built-in one. Raises ConfigurationError with one line that says what to mend."""
    if path is None:
        return Environment()
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror}); name an environment file in TOML") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: is no TOML: {error}") from None
    try:
        return Environment.model_validate(table)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"] if part != "[key]") or "the file"
        raise ConfigurationError(f"{path}: {place}: {_said(first['msg'], first['type'])}") from None


def secret(variable: str | None) -> str | None:
    """The secret in an environment variable. Raises ConfigurationError where a named variable is not set."""
    if variable is None:
        return None
    value = os.environ.get(variable)
    if value is None:
        raise ConfigurationError(f"the environment variable {variable}, named in the environment file, is not set")
    return value


def _said(text: str, kind: str) -> str:
    if kind == "extra_forbidden":
        return "is no setting that there is"
    return text.removeprefix("Value error, ")
