"""All mutations, family by family, and the demands that no mutation of them can break."""

from typing import Any, Final

from tests.conformance.mutation.mutation import Mutation
from tests.conformance.mutation.oracle import (
    around,
    bytes_of_messages,
    called,
    configuration,
    controls,
    conversations,
    events,
    header,
    linkage,
    master_data,
    neutral,
    orders,
    reading_types,
    readings,
    replies,
    security,
    stories,
    values,
    wsdl,
)

MUTATIONS: Final[tuple[Mutation[Any], ...]] = (
    *header.MUTATIONS,
    *readings.MUTATIONS,
    *reading_types.MUTATIONS,
    *values.MUTATIONS,
    *events.MUTATIONS,
    *controls.MUTATIONS,
    *orders.MUTATIONS,
    *linkage.MUTATIONS,
    *configuration.MUTATIONS,
    *called.MUTATIONS,
    *around.MUTATIONS,
    *security.MUTATIONS,
    *replies.MUTATIONS,
    *conversations.MUTATIONS,
    *bytes_of_messages.MUTATIONS,
    *master_data.MUTATIONS,
    *stories.MUTATIONS,
    *wsdl.MUTATIONS,
    *neutral.MUTATIONS,
)
