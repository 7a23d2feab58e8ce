"""Every form of output of judged files, and what is wrong with it."""

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, Final

import jsonschema
from lxml import etree

from ami.outcomes import EXIT_CODES
from cli import check_forms
from cli.check_forms import Form
from conformance.checking import Checked
from conformance.wrapping import ANY
from reports.checked.outcome import outcome
from reports.checked.text import not_judged
from tests.reports.checked.sarif_standard import standard

HOUSE: Final = Path(__file__).resolve().parents[3]

_UNSAFE: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
"""What a terminal or an editor obeys instead of showing it."""


def broken(checked: Sequence[Checked], folder: Path, *, in_full: bool) -> Iterator[tuple[str, str]]:
    """What is wrong with any form of them, and more of it. in_full: also what takes time."""
    code = EXIT_CODES[outcome(checked)]
    for form in Form:
        path = folder.with_name(f"{folder.name}.{form.value}")
        check_forms.write(form, path, checked, [str(folder)], ANY, code)
        text = path.read_text("utf-8")
        path.unlink()
        unsafe = _UNSAFE.search(text)
        if unsafe:
            yield f"a sign in {form} that a terminal obeys", repr(text[max(0, unsafe.start() - 80) : unsafe.end() + 20])
        yield from ((f"{form} is not valid", told) for told in _invalid(form, text, in_full))
        yield from ((f"{form} has not all of it", told) for told in _incomplete(form, text, checked))
    wanted = 1 if any(each.has_errors for each in checked) else 0 if any(each.is_judged for each in checked) else 2
    if code != wanted:
        yield "a wrong exit code", f"{code} and not {wanted}"


def _invalid(form: Form, text: str, in_full: bool) -> Iterator[str]:
    if form is Form.JSON and in_full:
        yield from (error.message for error in _published().iter_errors(json.loads(text)))
    elif form is Form.SARIF and in_full:
        yield from (error.message for error in standard().iter_errors(json.loads(text)))
    elif form is Form.JUNIT:
        schema = _junit()
        if not schema.validate(etree.fromstring(text.encode(), etree.XMLParser(huge_tree=True))):
            yield str(schema.error_log)
    elif form is Form.HTML and re.search(r"<script|\b(?:src|href)=[\"'](?!#)", text):
        yield "it loads something"


def _incomplete(form: Form, text: str, checked: Sequence[Checked]) -> Iterator[str]:
    """Each message and each finding has to stand in each form, once."""
    findings = sum(len(each.findings) for each in checked)
    if form is Form.JSON:
        told: Any = json.loads(text)["files"]
        if [(each["file"], len(each["findings"])) for each in told] != [(each.file, len(each.findings)) for each in checked]:
            yield f"{len(told)} messages"
    elif form is Form.SARIF:
        results = json.loads(text)["runs"][0]["results"]
        if len(results) != findings or len({json.dumps(each["partialFingerprints"]) for each in results}) != findings:
            yield f"{len(results)} results for {findings} findings"
    elif form is Form.JUNIT:
        cases = etree.fromstring(text.encode(), etree.XMLParser(huge_tree=True)).findall(".//testcase")
        if len(cases) != len(checked) or sum(case.find("failure") is not None for case in cases) != sum(e.has_errors for e in checked):
            yield f"{len(cases)} test cases for {len(checked)} messages"
    elif form is Form.LINES:
        lines = findings + sum(bool(not_judged(each)) for each in checked)
        if len(text.splitlines()) != lines:
            yield f"{len(text.splitlines())} lines for {lines}"


@cache
def _published() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(json.loads((HOUSE / "docs" / "check.schema.json").read_text("utf-8")))


@cache
def _junit() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(HOUSE / "tests" / "reports" / "junit.xsd"))
