"""Which messages oblige a system to say something more than its answer; whoever hears another may well stay silent."""

import re
from typing import Final

from ami import names

_VERB = re.compile(rb"Verb>\s*([A-Za-z]+)\s*<")
_NOUN = re.compile(rb"Noun>\s*([A-Za-z]+)\s*<")
_LATER = re.compile(rb"AsyncReplyFlag>\s*(?:true|1)\s*<")

HEAD_BYTES: Final = 4096
"""The header of a message stands within so much."""

SETTLED_BY_THE_ANSWER: Final = frozenset({names.METER_READINGS, names.MASTER_DATA_LINKAGE_CONFIG})
"""Nouns that are taken or refused, and that is all: readings that are delivered, meters that are made known."""


def obliges(message: bytes) -> bool:
    """Whether more has to follow than the answer: a reply that comes later, an order to be carried out, an event to be passed on."""
    head = message[:HEAD_BYTES]
    if _LATER.search(head):
        return True
    verb, noun = (found[1].decode() if (found := pattern.search(head)) else "" for pattern in (_VERB, _NOUN))
    if verb in ("", names.GET):
        return False
    return verb == names.REPLY or noun not in SETTLED_BY_THE_ANSWER
