"""The reader of a connection, fed with whatever can come over a network."""

from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from transports.http_limits import Limits
from transports.http_reader import Asked, Expecting, HttpReader, Refused

GET = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
LIMITS = Limits(body_bytes=200, head_bytes=400)

names = st.sampled_from(["Host", "host", "Content-Length", "Transfer-Encoding", "Expect", "Connection", "Upgrade", "X", "Authorization"])
values = st.sampled_from(["x", "3", "0", "250", "-1", "chunked", "gzip", "100-continue", "close", "keep-alive", "Upgrade", "h2c", "", "é"])
lines = st.sampled_from(["GET / HTTP/1.1", "POST /soap HTTP/1.1", "POST / HTTP/1.0", "CONNECT a:1 HTTP/1.1", "BREW / HTTP/1.1", "GET", ""])
fields = st.lists(st.tuples(names, values).map(lambda field: f"{field[0]}: {field[1]}\r\n"), max_size=6).map("".join)
heads = st.tuples(lines, fields).map(lambda head: f"{head[0]}\r\nHost: x\r\n{head[1]}\r\n".encode("latin-1"))
good = st.binary(max_size=60).map(lambda body: b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body))
anything = st.lists(heads | good | st.binary(max_size=80), max_size=5).map(b"".join)


def fed(data: bytes, *places: int) -> list[Asked | Refused | Expecting]:
    """What a reader finds in data that arrives in pieces, cut at these places."""
    reader = HttpReader(LIMITS)
    cuts = sorted({place % (len(data) + 1) for place in places} | {0, len(data)})
    return [found for start, end in pairwise(cuts) for found in reader.feed(data[start:end])]


@given(anything, st.lists(st.integers(0, 10_000), max_size=8))
@settings(max_examples=400)
@example(
    b"POST / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 3\r\n\r\nabcGET / HTTP/1.1\r\nHost: x\r\n\r\n",
    [3, 90],
)
def test_what_is_found_does_not_depend_on_how_it_arrives(data: bytes, places: list[int]) -> None:
    """Nothing is raised; and after a refusal or a last request there is nothing more."""
    found = fed(data, *places)

    assert found == fed(data)
    ends = [each for each in found if isinstance(each, Refused) or (isinstance(each, Asked) and not each.keep_alive)]
    assert ends in ([], found[-1:])
    assert all(len(each.request.body) <= LIMITS.body_bytes for each in found if isinstance(each, Asked))


@given(st.lists(st.binary(max_size=60), min_size=1, max_size=6), st.lists(st.integers(0, 10_000), max_size=8))
def test_good_requests_are_all_found(bodies: list[bytes], places: list[int]) -> None:
    """Each with its body, in whatever pieces they arrive."""
    data = b"".join(b"POST /soap HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)

    assert [each.request.body for each in fed(data, *places) if isinstance(each, Asked)] == bodies


@given(st.integers(1, 50), st.integers(0, 1))
def test_head_without_end_is_refused_before_it_fills_memory(step: int, has_line: int) -> None:
    """However small its pieces are."""
    reader = HttpReader(LIMITS)
    reader.feed(b"GET / HTTP/1.1\r\nX: " if has_line else b"GET /")

    for _ in range(LIMITS.head_bytes // step + 2):
        for found in reader.feed(b"x" * step):
            assert isinstance(found, Refused)
            assert found.status == 431
            return
    raise AssertionError("it was read on and on")
