"""Segments between looks at a register, and the stays of a meter."""

from simulators.mdms.linkage import Part
from simulators.mdms.segments import Point, Segment, presence, segments


def test_segments_reach_out_to_the_nearest_looks() -> None:
    """One before, one within, one after: everything is bound."""
    looks = [Point(5, 100), Point(15, 300), Point(40, 900), Point(90, 1_000)]

    assert list(segments(looks, 10, 30, 5)) == [Segment(5, 15, 200), Segment(15, 40, 600)]


def test_segment_without_a_look_is_open() -> None:
    """On either side, or on both."""
    assert list(segments([], 10, 30, 5)) == [Segment(10, 30, None)]
    assert list(segments([Point(20, 100)], 10, 30, 5)) == [Segment(10, 20, None), Segment(20, 30, None)]


def test_register_that_went_backwards_binds_nothing() -> None:
    """Its segment is there, its advance is not."""
    assert list(segments([Point(10, 500), Point(30, 100)], 10, 30, 5)) == [Segment(10, 30, None)]


def test_moves_without_a_pause_make_one_stay() -> None:
    """From one usage point to the next; a pause makes two stays."""
    parts = [Part("M", "U-1", 0, 10), Part("M", "U-2", 10, 20), Part("M", "U-3", 30, None)]

    assert presence(parts, 50) == [(0, 20), (30, 50)]


def test_link_of_the_future_is_no_stay_yet() -> None:
    """Nothing is missed before it begins."""
    assert presence([Part("M", "U-1", 60, None)], 50) == []
