"""What the page opens only when asked."""

import json
import re
from base64 import b64decode
from gzip import decompress

from reports.site.parcels import PARCEL_SIZE, Parcels, Place


def unpacked(parcels: Parcels) -> list[list[object]]:
    """What a browser finds."""
    handed = [re.fullmatch(r'meterGate\("some-(\d+)","([A-Za-z0-9+/=]*)"\)\n', script) for script in parcels.files().values()]
    assert [f"some-{each[1]}.js" for each in handed if each] == list(parcels.files())
    return [json.loads(decompress(b64decode(each[2]))) for each in handed if each]


def test_values_come_back_from_their_places() -> None:
    """Hostile ones too."""
    values = [["</script>", "\x00", "é😀"], {"a": None}]
    parcels = Parcels("some")
    places = [parcels.put(value) for value in values]

    assert [unpacked(parcels)[place.parcel][place.item] for place in places] == values


def test_same_value_is_kept_once() -> None:
    """A reply that every scenario has."""
    parcels = Parcels("some")

    assert parcels.put(["a"]) == parcels.put(["a"]) == Place(0, 0)
    assert unpacked(parcels) == [[["a"]]]


def test_full_parcel_is_closed() -> None:
    """The next value lies in the next one; the same value is found in the first."""
    parcels = Parcels("some")
    places = [parcels.put("x" * PARCEL_SIZE), parcels.put("y"), parcels.put("x" * PARCEL_SIZE)]

    assert places == [Place(0, 0), Place(1, 0), Place(0, 0)]
    assert len(unpacked(parcels)) == 2


def test_same_values_make_the_same_parcels() -> None:
    """No clock in it."""
    first, second = Parcels("some"), Parcels("some")
    for parcels in (first, second):
        parcels.put({"a": 1})

    assert first.files() == second.files()


def test_nothing_makes_no_parcel() -> None:
    """An empty run."""
    assert Parcels("some").files() == {}
