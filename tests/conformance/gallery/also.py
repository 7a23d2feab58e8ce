"""What else is wrong where something is wrong: faults that cannot be had alone."""

from typing import Final

ALSO: Final[dict[str, frozenset[str]]] = {
    "ME-02_1": frozenset({"XS-01"}),
    "XS-02_1": frozenset({"HE-04"}),
    "RE-02_2": frozenset({"RE-06"}),
    "RE-03_2": frozenset({"RE-08"}),
    "RE-04_1": frozenset({"RE-09"}),
    "RE-09_1": frozenset({"RE-04"}),
    "HE-03_1": frozenset({"MR-43"}),
    "HE-08_1": frozenset({"MR-19"}),
    "MR-07_2": frozenset({"MR-08"}),
    "MR-08": frozenset({"MR-07"}),
    "WD-12_1": frozenset({"WD-15"}),
    "MR-09_2": frozenset({"MR-19"}),
    "RT-03_2": frozenset({"RT-07"}),
    "RT-03_3": frozenset({"RT-18"}),
    "RT-05_1": frozenset({"RT-09"}),
    "QU-03_1": frozenset({"QU-04"}),
    "GM-01_1": frozenset({"GM-04"}),
    "EV-09_1": frozenset({"EV-15"}),
    "CO-19_1": frozenset({"EV-16"}),
    "CV-05_2": frozenset({"CV-01"}),
    "CV-12_1": frozenset({"ME-02"}),
    "CV-15_1": frozenset({"MR-45"}),
    "CH-04_1": frozenset({"CH-05"}),
    "SO-10": frozenset({"SO-03"}),
    "WA-02": frozenset({"WA-03"}),
    "WS-08_1": frozenset({"WS-09"}),
    "WS-09": frozenset({"WS-08"}),
    "HE-18": frozenset({"HE-04"}),
}
"""Rule, or rule and place of its example -> the rules that are broken with it."""
