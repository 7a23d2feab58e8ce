"""The environment file: which systems there are, where they are, and how time runs."""

import os
from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, PrivateAttr, ValidationError, field_validator, model_validator

from ami import dialect as dialects
from ami import names, toml_file
from ami.dialect import Dialect
from ami.errors import ConfigurationError
from ami.names import Wire
from harness.masking_policy import Policy
from harness.protection import Demands, OAuth, Tls
from harness.stores import checked_url


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
    try:
        return dialects.dialect(text).name
    except ConfigurationError as error:
        raise ValueError(str(error)) from None


Address = Annotated[str, AfterValidator(_is_http_address)]
DialectName = Annotated[str, AfterValidator(_is_dialect)]
Store = Annotated[str, AfterValidator(checked_url)]


class System(BaseModel):
    """One system: where it takes SOAP, whether it runs here, and how to reach its control port.

    A simulated system listens on `address` (a free port if it is absent); one that runs elsewhere is called there.
    dialect: what it speaks, that of the landscape by default. patience_s: how long a message of a system without a
    control port is waited for once it has heard one. control_plugin: the entry point of the site's own control.
    clock: in a landscape with a virtual one, where a system that nobody leads takes the time from. store: the
    database of a stand-in that keeps data (memory, if it is absent). demands: what whoever sends it a message has to bring.
    control_token, password, store_password: the names of environment variables, so that no secret stands in the file.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    address: Address | None = None
    run: Literal["here", "elsewhere"] = "here"
    dialect: DialectName | None = None
    control: Address | None = None
    control_token: str | None = None
    control_plugin: str | None = None
    password: str | None = None
    clock: Literal["messages", "person"] = "messages"
    patience_s: float = Field(default=2.0, ge=0, le=60)
    store: Store | None = None
    store_password: str | None = None
    demands: Demands = ("basic",)
    oauth: OAuth | None = None
    tls: Tls | None = None

    @model_validator(mode="after")
    def _elsewhere_needs_an_address(self) -> "System":
        if self.run == "elsewhere" and self.address is None:
            raise ValueError('a system with run = "elsewhere" needs an address')
        if self.control_plugin is not None and (self.run == "here" or self.control is not None):
            raise ValueError("a control_plugin stands in for the control port of a system elsewhere: leave control out")
        return self

    @property
    def simulated(self) -> bool:
        """Whether a stand-in of this run plays the system."""
        return self.run == "here"


class Settings(BaseModel):
    """What holds for the landscape as a whole.

    listen: the wiretap's address, a free port if it is absent. tester_password: the name of an environment variable.
    timeout_s: how long a system may take for a reply.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)
    name: str = "built-in"
    dialect: DialectName = "2011"
    clock: Literal["virtual", "real"] = "virtual"
    seed: int = 1
    timezone: Annotated[str, AfterValidator(_is_zone)] = "Europe/London"
    currency: str = Field(default="EUR", pattern="^[A-Z]{3}$")
    listen: Address | None = None
    schemas: Path | None = None
    profile: Path | None = None
    tester_password: str | None = None
    tls: Tls | None = None
    timeout_s: float = Field(default=30.0, gt=0, le=600)


STORED = (names.MDMS, names.CIS)
"""The stand-ins that keep data: a store of their own can be named for them."""


class Environment(BaseModel):
    """A whole environment file; without one, all systems are simulated on free ports."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    environment: Settings = Settings()
    systems: dict[Literal["hes", "mdms", "cis", "oms"], System] = Field(default_factory=dict)
    masking: Policy = Policy()
    _folder: Path = PrivateAttr(default=Path())

    @field_validator("systems")
    @classmethod
    def _stores_are_for_those_who_keep_data(cls, systems: dict[str, System]) -> dict[str, System]:
        for name, system in systems.items():
            if system.store is not None and name not in STORED:
                raise ValueError(f"{name} has no store of ours: only the stand-ins for {' and '.join(STORED)} keep data")
        return systems

    def system(self, name: str) -> System:
        """The system of that name, as the file says or by default."""
        return self.systems.get(name, System())  # type: ignore[call-overload,no-any-return]  # the keys are names.SYSTEMS

    def dialect_on(self, wire: Wire) -> Dialect:
        """How messages are wrapped on a wire: as a real system on it speaks; else as its target says, or its source."""
        ends = sorted((wire.target, wire.source), key=lambda name: self.system(name).simulated)
        named = (self.system(name).dialect for name in ends)
        return dialects.dialect(next((name for name in named if name), self.environment.dialect))

    @property
    def is_in_world_time(self) -> bool:
        """Whether messages are stamped with the time of the world."""
        return self.environment.clock == "real"

    @property
    def dialects(self) -> tuple[Dialect, ...]:
        """All that are spoken on any wire."""
        wires = (Wire(source, target) for source in (*names.SYSTEMS, names.TESTER) for target in names.SYSTEMS)
        return tuple({spoken.name: spoken for spoken in map(self.dialect_on, wires)}.values())

    @property
    def zone(self) -> ZoneInfo:
        """The zone in which the utility counts its days."""
        return ZoneInfo(self.environment.timezone)

    def beside(self, file: Path) -> Self:
        """The environment of a file: what it names without an absolute way to it stands beside the file."""
        settings = self.environment
        found = self.model_copy() if settings.profile is None else self.weighed_by(file.parent / settings.profile)
        placed = found if settings.schemas is None else found.judged_by(file.parent / settings.schemas)
        placed._folder = file.parent
        return placed

    @property
    def folder(self) -> Path:
        """Where the file stands, and what it names without an absolute way to it."""
        return self._folder

    def judged_by(self, schemas: Path) -> Self:
        """The same environment, with a folder of schemas in the place of ours."""
        return self.model_copy(update={"environment": self.environment.model_copy(update={"schemas": schemas})})

    def weighed_by(self, profile: Path) -> Self:
        """The same environment, with a profile that changes the severity of rules."""
        return self.model_copy(update={"environment": self.environment.model_copy(update={"profile": profile})})

    def described(self) -> dict[str, dict[str, str | bool | None]]:
        """Who is simulated and who is real, for the record."""
        return {name: {"address": self.system(name).address, "simulated": self.system(name).simulated} for name in names.SYSTEMS}


def load(path: Path | None) -> Environment:
    """The environment in the file, or the built-in one. Raises ConfigurationError with one line that says what to mend."""
    if path is None:
        return Environment()
    table = toml_file.read(path, "an environment file")
    try:
        return Environment.model_validate(table).beside(path)
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


def control_token(environment: Environment, name: str) -> str | None:
    """The token of a system's control port, where its environment variable is set.

    Raises ConfigurationError where the file names a variable that is not.
    """
    named = environment.system(name).control_token
    return secret(named) if named is not None else os.environ.get(control_token_variable(environment, name))


def control_token_variable(environment: Environment, name: str) -> str:
    """The environment variable that holds it: the one that the file names, or one after the system."""
    return environment.system(name).control_token or f"METERGATE_{name.upper()}_CONTROL_TOKEN"


def password(environment: Environment, name: str) -> str | None:
    """The password by which a system or the tester is known to all others; None where the file names no variable."""
    return secret(environment.environment.tester_password if name == names.TESTER else environment.system(name).password)


def _said(text: str, kind: str) -> str:
    if kind == "extra_forbidden":
        return "is no setting that there is"
    return text.removeprefix("Value error, ")
