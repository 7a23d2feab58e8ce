"""The one place where schemas are compiled, and seen to be whole."""

import threading
from collections.abc import Iterable
from typing import Final

from lxml import etree

from ami.errors import HarnessError
from ami.schemas.padding import is_only_padded

ATTEMPTS: Final = 50
_NO_DECLARATION: Final = "SCHEMAV_CVC_ELT_1"
_ONE_AT_A_TIME: Final = threading.Lock()
_VALIDATING: Final = threading.Lock()


def compiled(document: etree._Element, roots: Iterable[str]) -> etree.XMLSchema:
    """The schema in a document, whose parser finds what it imports. roots: `{namespace}name` of elements that it must know.

    libxml2 has one document loader for the whole process, and every parser that ends its work, in whatever thread, puts
    back the one that it found. A compilation meanwhile goes on without its imports, says nothing of it, and would refuse
    messages that conform. So each is looked at, and made again where it is not whole.
    Best called before there are other threads that parse: that can even end the process.
    Raises etree.XMLSchemaParseError where the schemas are wrong, HarnessError where they never became whole.
    """
    wanted = [etree.Element(root) for root in roots]
    with _ONE_AT_A_TIME:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                schema = etree.XMLSchema(document)
            except etree.XMLSchemaParseError:
                if attempt == ATTEMPTS:
                    raise
                continue
            if all(_knows(schema, root) for root in wanted):
                return schema
    raise HarnessError(f"in {ATTEMPTS} attempts the schemas were never compiled with all that they import")


def first_error(schema: etree.XMLSchema, root: etree._Element) -> str:
    """What a schema has against an element first, with its line; empty where it is valid. For any number of threads.

    A schema has one list of errors for all who use it.
    """
    with _VALIDATING:
        if schema.validate(root):
            return ""
        first = next((error for error in schema.error_log if not is_only_padded(error.message)), None)
        return "" if first is None else f"line {first.line}: {first.message}"


def _knows(schema: etree.XMLSchema, root: etree._Element) -> bool:
    return bool(schema.validate(root)) or schema.error_log[0].type_name != _NO_DECLARATION
