"""All mutations, family by family, and the demands that no mutation of them can break."""

from typing import Any, Final

from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.oracle import (
    around,
    configuration,
    controls,
    events,
    header,
    linkage,
    neutral,
    orders,
    reading_types,
    readings,
    replies,
    security,
    wsdl,
)

MUTATIONS: Final[tuple[Mutation[Any], ...]] = (
    *header.MUTATIONS,
    *readings.MUTATIONS,
    *reading_types.MUTATIONS,
    *events.MUTATIONS,
    *controls.MUTATIONS,
    *orders.MUTATIONS,
    *linkage.MUTATIONS,
    *configuration.MUTATIONS,
    *around.MUTATIONS,
    *security.MUTATIONS,
    *replies.MUTATIONS,
    *wsdl.MUTATIONS,
    *neutral.MUTATIONS,
)
