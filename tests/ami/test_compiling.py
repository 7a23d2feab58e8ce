"""Schemas are whole, however many threads ask for them at once."""

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from lxml import etree

from ami.errors import HarnessError
from ami.schemas.compiling import compiled, first_error

THREADS = 8
ROOTS = [f"{{urn:{number}}}a" for number in range(40)]
ENTRY = b"""<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">%s</xs:schema>""" % b"".join(
    b'<xs:import namespace="urn:%d" schemaLocation="%d.xsd"/>' % (number, number) for number in range(40)
)


class Parts(etree.Resolver):
    """Forty schemas of one element each."""

    def resolve(self, system_url: str | None, public_id: str | None, context: Any) -> Any:  # noqa: ARG002 - the signature is lxml's
        """The schema that was asked for."""
        number = (system_url or "").rsplit("/", 1)[-1].removesuffix(".xsd")
        part = f'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:{number}"><xs:element name="a"/></xs:schema>'
        return self.resolve_string(part, context, base_url=f"{number}.xsd")


def _document() -> etree._Element:
    parser = etree.XMLParser()
    parser.resolvers.add(Parts())
    return etree.fromstring(ENTRY, parser, base_url="entry.xsd")


def test_compilations_at_once_do_not_take_imports_from_each_other() -> None:
    """Each knows all of its forty parts."""
    together = threading.Barrier(THREADS)

    def unknown(_: int) -> list[str]:
        together.wait(10)
        schema = compiled(_document(), ROOTS)
        return [root for root in ROOTS if not schema.validate(etree.Element(root))]

    with ThreadPoolExecutor(THREADS) as pool:
        assert list(pool.map(unknown, range(THREADS))) == [[]] * THREADS


def test_schema_that_lacks_an_import_is_made_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """As when another thread's parser ends in the midst of it."""
    documents = iter([etree.fromstring(b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"/>'), _document()])
    whole = etree.XMLSchema
    monkeypatch.setattr("ami.schemas.compiling.etree.XMLSchema", lambda _: whole(next(documents)))

    assert compiled(_document(), ROOTS).validate(etree.Element(ROOTS[0]))
    assert next(documents, None) is None


def test_schema_that_never_becomes_whole_is_a_fault_of_ours() -> None:
    """And not a message's."""
    with pytest.raises(HarnessError, match="never compiled with all that they import"):
        compiled(_document(), [*ROOTS, "{urn:none}a"])


def test_wrong_schema_is_told() -> None:
    """For good, after all attempts."""
    wrong = etree.fromstring(b'<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"><xs:element name="a" type="none"/></xs:schema>')
    with pytest.raises(etree.XMLSchemaParseError):
        compiled(wrong, [])


def test_errors_of_threads_do_not_mix() -> None:
    """Each hears what is wrong with its own element, and nothing about one that is valid."""
    schema = compiled(_document(), ROOTS)
    together = threading.Barrier(THREADS)

    def said(number: int) -> set[tuple[bool, str]]:
        root = etree.Element("{urn:none}b" if number % 2 else ROOTS[number])
        together.wait(10)
        return {(number % 2 == 1, first_error(schema, root)) for _ in range(300)}

    with ThreadPoolExecutor(THREADS) as pool:
        heard = set().union(*pool.map(said, range(THREADS)))
    assert {text for is_wrong, text in heard if not is_wrong} == {""}
    assert len([text for is_wrong, text in heard if is_wrong]) == 1
