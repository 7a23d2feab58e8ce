"""Message ids: the same for the same seed, never the same otherwise."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from ami.identifiers import Identifiers, derived_id


def test_same_seed_says_the_same_ids() -> None:
    """A second run records the same messages."""
    first, second = Identifiers("7", "hes"), Identifiers("7", "hes")

    assert [first.fresh() for _ in range(3)] == [second.fresh() for _ in range(3)]


def test_seed_system_and_number_all_count() -> None:
    """Two systems, two seeds, two messages: no id twice."""
    said = [Identifiers(seed, system) for seed in "78" for system in ("hes", "cis")]

    assert len({ids.fresh() for ids in said for _ in range(3)}) == 12


def test_id_of_a_reply_does_not_depend_on_what_was_asked_before() -> None:
    """Replies may overtake each other without a change to the record."""
    calm, busy = Identifiers("7", "hes"), Identifiers("7", "hes")
    busy.fresh()
    busy.reply_to("another")

    assert calm.reply_to("m-1") == busy.reply_to("m-1") != calm.reply_to("m-2")


def test_reply_is_not_named_like_a_message_of_its_own() -> None:
    """An id that happens to be a number is no fresh one."""
    ids = Identifiers("7", "hes")

    assert ids.reply_to("1") != ids.fresh()


@given(st.lists(st.text()))
def test_every_id_is_a_uuid(parts: list[str]) -> None:
    """Version 5, whatever it derives from."""
    assert UUID(derived_id(*parts)).version == 5
