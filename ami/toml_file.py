"""A TOML file that somebody wrote for us, and in one line what is wrong with it."""

import tomllib
from pathlib import Path
from typing import Any

from ami.errors import ConfigurationError


def read(path: Path, what: str) -> dict[str, Any]:
    """The file's table. what: the kind of file that is wanted. Raises ConfigurationError with one line that says what to mend."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise ConfigurationError(f"{path}: cannot be read ({error.strerror}); name {what} in TOML") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{path}: is no TOML: {error}") from None
    except (ValueError, RecursionError) as error:
        raise ConfigurationError(f"{path}: holds a number or a nesting without bounds: {error}") from None
