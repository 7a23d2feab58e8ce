"""The mask of a run: made from the environment file, told of every secret that the landscape has."""

import os
from collections.abc import Iterable

from ami import names
from ami.errors import ConfigurationError
from harness import seal
from harness.environment import Environment, control_token, secret
from harness.masking import Mask
from harness.masking_rules import Rules


def mask(environment: Environment, run_key: bytes | None = None) -> Mask:
    """The mask that the environment asks for. run_key: of another process of the same run.

    Raises ConfigurationError where values are to be hashed and there is no key.
    """
    policy = environment.masking
    how = policy.resolved(all_simulated=all(environment.system(name).simulated for name in names.SYSTEMS))
    if policy.needs_key and policy.key is None:
        raise ConfigurationError('[masking] hashes values and names no key: write key = "METERGATE_MASKING_KEY" and set that variable')
    hash_key = (secret(policy.key) or "").encode() if policy.needs_key else b""
    if policy.needs_key and not hash_key:
        raise ConfigurationError(f"the environment variable {policy.key}, the key of [masking], is empty: set it to a secret")
    made = Mask(how, Rules(how, dict(policy.elements)), run_key, hash_key)
    for value in filter(None, _secrets(environment)):
        made.learn_secret(value)
    return made


def _secrets(environment: Environment) -> Iterable[str | None]:
    """The secrets of the environment: keys, and the tokens of control ports; passwords the landscape tells itself."""
    yield os.environ.get(seal.KEY_VARIABLE)
    yield os.environ.get(environment.masking.key or "")
    for name in names.SYSTEMS:
        yield control_token(environment, name)
