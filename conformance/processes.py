"""Processes that work side by side, of which none is left behind, however the work ends."""

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import active_children, get_all_start_methods, get_context, parent_process
from multiprocessing.connection import wait
from signal import SIG_DFL, SIG_IGN, SIGHUP, SIGINT, SIGTERM, signal
from threading import Thread
from typing import Final, TypeVar

from ami.errors import HarnessError

_START: Final = "fork" if "fork" in get_all_start_methods() else "spawn"
"""A process that is forked has the schemas already; where there is no fork, each compiles its own."""

Part = TypeVar("Part")
Done = TypeVar("Done")


def side_by_side(work: Callable[..., Done], parts: Sequence[Part], *arguments: object, jobs: int) -> Iterator[Done]:
    """What comes of each part of the work, in their order.

    work: is handed a part and the arguments. Raises HarnessError where a process was ended by something else.
    """
    others = active_children()
    with ProcessPoolExecutor(jobs, get_context(_START), _begin) as pool:
        try:
            # Not by `map`, which cancels what is left when it is interrupted: the pool stumbles over that once its processes are ended.
            for begun in [pool.submit(work, part, *arguments) for part in parts]:
                yield begun.result()
        except BrokenProcessPool:
            raise HarnessError("a process that judges was ended, perhaps for want of memory: try again with a smaller --jobs") from None
        except BaseException:
            for process in set(active_children()).difference(others):
                process.kill()
            raise


def _begin() -> None:
    """Whoever interrupts the process that made us has often interrupted us as well: that one ends us, and has the word."""
    signal(SIGINT, SIG_IGN)
    signal(SIGHUP, SIG_IGN)
    signal(SIGTERM, SIG_DFL)
    Thread(target=_end_with_maker, daemon=True).start()


def _end_with_maker() -> None:
    """It may be killed in such a way that it cannot end anybody."""
    maker = parent_process()
    if maker is not None:
        wait([maker.sentinel])
        os._exit(1)
