"""Demands that no mutation of a sound message breaks, and why; each has tests of its own."""

from typing import Final

OUT_OF_REACH: Final[dict[str, str]] = {
    "IN-01": "asks of the files that messages are taken from; see tests/conformance/inputs",
    "IN-02": "asks of the archives that messages are taken from; see tests/conformance/inputs",
    "XML-03": "only tens of megabytes break it; see tests/conformance/test_hostile.py",
    "XS-02": "messages are made from schemas, so there is one for each of them; see tests/conformance/test_layers.py",
    "PA-02": "only a bomb breaks it; see tests/conformance/test_compressed.py",
}
"""Id of a demand -> the reason."""
