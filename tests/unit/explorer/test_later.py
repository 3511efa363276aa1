"""Work beside the page: in lines, its failures raised where the answer is asked for, never in the way of the end."""

import subprocess
import sys
from contextvars import ContextVar
from functools import partial
from threading import Event

import pytest

from explorer.data.later import Later

SECONDS = 30.0  # that a test waits for another thread before it gives up
NEVER_DONE = """
from threading import Event
from explorer.data.later import Later
begun = Event()
Later(lambda: (begun.set(), Event().wait()))
begun.wait()
"""


def test_an_answer_is_ready_once_its_work_is_done() -> None:
    go_on = Event()
    pending = Later(lambda: go_on.wait(SECONDS) and 7)

    assert not pending.ready()
    go_on.set()

    assert pending.ready(SECONDS)
    assert pending.answer() == 7
    assert not pending.failed


def test_what_goes_wrong_is_raised_where_the_answer_is_asked_for_and_the_line_goes_on() -> None:
    broken, next_one = Later(lambda: 1 // 0), Later(lambda: "done")

    with pytest.raises(ZeroDivisionError):
        broken.answer()

    assert broken.failed
    assert next_one.answer() == "done"


def test_works_of_one_line_are_done_in_their_order() -> None:
    done: list[int] = []
    pending = [Later(partial(done.append, place), "in order") for place in range(20)]

    pending[-1].answer()

    assert done == list(range(20))


def test_works_of_another_line_do_not_wait() -> None:
    go_on = Event()
    waits = Later(lambda: go_on.wait(SECONDS), "one line")
    frees = Later(go_on.set, "another line")

    frees.answer()

    assert waits.answer() is True


def test_the_work_speaks_of_what_the_page_that_asked_spoke_of() -> None:
    network: ContextVar[str] = ContextVar("network", default="nothing")
    network.set("simulated")
    pending = Later(network.get)
    network.set("recorded")

    assert pending.answer() == "simulated"


def test_the_end_of_the_app_waits_for_no_work() -> None:
    ended = subprocess.run([sys.executable, "-c", NEVER_DONE], timeout=SECONDS, check=False)

    assert ended.returncode == 0
