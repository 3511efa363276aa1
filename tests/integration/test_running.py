"""One's own statement on every engine: its answer, its limits, and that a stop reaches the engine."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest
from neo4j.exceptions import CypherSyntaxError

from graph_store import running
from graph_store.cypher.plan_in_words import plan_of
from graph_store.errors import EngineAway
from graph_store.running import Ended, Limits, Running, TooManyRunning
from graph_store.store import Store

CHECKOUT = Path(__file__).parents[2]
LONG = "UNWIND range(1, 60000) AS i UNWIND range(1, 60000) AS j WITH i + j AS s RETURN max(s) AS largest"
WIDE = "UNWIND range(1, 3000) AS i UNWIND range(1, 3000) AS j RETURN i, j"
NETWORK = "CREATE (a:Region {id: 'a', name: 'Arnhem'})-[:PART_OF {key: 'ab'}]->(:Region {id: 'b', name: 'Gelderland'})"


@pytest.fixture
def nothing_left(writer_store: Store) -> Iterator[Store]:
    """The store; afterwards nothing of ours may be running, in this process or in the engine."""
    yield writer_store
    ended = time.monotonic() + 20
    while at_work() and time.monotonic() < ended:
        time.sleep(0.05)
    assert at_work() == []
    assert listed(writer_store) == []


def at_work() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name == "own-cypher"]


def listed(store: Store) -> list[str]:
    return [str(row["currentQuery"]) for row in store.read("SHOW TRANSACTIONS") if "explorer-" in str(row)]


def seen_in_engine(store: Store) -> bool:
    ended = time.monotonic() + 20
    while not listed(store) and time.monotonic() < ended:
        time.sleep(0.02)
    return bool(listed(store))


def test_the_answer_holds_columns_rows_and_what_can_be_drawn(nothing_left: Store) -> None:
    nothing_left.write(lambda writer: writer.run(NETWORK))

    answer = Running(
        nothing_left,
        "MATCH p = (a:Region {id: $id})-[:PART_OF]->() RETURN a.name AS name, {way: [p]} AS way",
        {"id": "a"},
    ).answer()

    assert answer.columns == ("name", "way")
    assert [row["name"] for row in answer.rows] == ["Arnhem"]
    assert (answer.cut, answer.drawn.unseen) == ("", frozenset())
    assert {(node.label, node.id, node.name) for node in answer.drawn.nodes} == {
        ("Region", "a", "Arnhem"),
        ("Region", "b", "Gelderland"),
    }
    keys = {node.id: node.key for node in answer.drawn.nodes}
    assert [(item.type, item.start, item.end) for item in answer.drawn.relationships] == [
        ("PART_OF", keys["a"], keys["b"])
    ]


def test_a_relationship_without_its_nodes_names_the_ends_that_are_not_there(nothing_left: Store) -> None:
    nothing_left.write(lambda writer: writer.run(NETWORK))

    drawn = Running(nothing_left, "MATCH (:Region)-[r:PART_OF]->() RETURN r").answer().drawn

    assert (len(drawn.nodes), len(drawn.relationships), len(drawn.unseen)) == (0, 1, 2)


def test_no_rows_have_columns_all_the_same(nothing_left: Store) -> None:
    answer = Running(nothing_left, "MATCH (r:Region) RETURN r.name AS name, count(*) AS n ORDER BY n // none").answer()

    assert (answer.columns, answer.rows) == (("name", "n"), [])


def test_rows_are_cut_at_the_limit_and_the_engine_works_no_further(nothing_left: Store) -> None:
    answer = Running(nothing_left, WIDE, limits=Limits(rows=1500)).answer()

    assert (len(answer.rows), answer.cut) == (1500, "rows")
    assert listed(nothing_left) == []


def test_as_many_rows_as_the_limit_are_not_cut(nothing_left: Store) -> None:
    answer = Running(nothing_left, "UNWIND range(1, 7) AS i RETURN i", limits=Limits(rows=7)).answer()

    assert (len(answer.rows), answer.cut) == (7, "")


def test_rows_are_cut_where_they_take_too_much_room(nothing_left: Store) -> None:
    heavy = "UNWIND range(1, 5000) AS i RETURN i, [j IN range(1, 100) | 'a text of some length ' + j] AS texts"

    answer = Running(nothing_left, heavy, limits=Limits(megabytes=1)).answer()

    assert answer.cut == "megabytes"
    assert 10 < len(answer.rows) < 500


def test_a_stop_ends_it_in_the_engine(nothing_left: Store) -> None:
    running_one = Running(nothing_left, LONG)
    assert seen_in_engine(nothing_left)

    assert running_one.stop(patience=20)

    assert listed(nothing_left) == []
    with pytest.raises(Ended, match="Stopped") as caught:
        running_one.answer()
    assert (caught.value.why, caught.value.confirmed) == ("stopped", True)


def test_a_stop_in_the_first_moment_is_not_lost(nothing_left: Store) -> None:
    running_one = Running(nothing_left, LONG)

    assert running_one.stop(patience=20)


def test_time_is_up_before_the_first_row(nothing_left: Store) -> None:
    with pytest.raises(Ended, match=r"after 0\.5 seconds") as caught:
        Running(nothing_left, LONG, limits=Limits(seconds=0.5)).answer()

    assert (caught.value.why, caught.value.confirmed) == ("seconds", True)
    assert listed(nothing_left) == []


def test_time_is_up_among_the_rows(nothing_left: Store) -> None:
    answer = Running(nothing_left, WIDE, limits=Limits(rows=10**8, seconds=0.7, megabytes=10**4)).answer()

    assert answer.cut == "seconds"
    assert answer.rows[0] == {"i": 1, "j": 1}


def test_what_nobody_looks_at_is_ended(nothing_left: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LOOKED_AT", 0.6)
    left_alone = Running(nothing_left, LONG)
    assert seen_in_engine(nothing_left)

    ended = time.monotonic() + 20
    while at_work() and time.monotonic() < ended:
        time.sleep(0.05)

    with pytest.raises(Ended) as caught:
        left_alone.answer()
    assert caught.value.why == "unattended"


def test_only_a_few_run_at_once_and_the_next_is_told_so(nothing_left: Store) -> None:
    some = [Running(nothing_left, LONG) for _one in range(running.AT_ONCE)]

    with pytest.raises(TooManyRunning, match="4 statements are running"):
        Running(nothing_left, "RETURN 1 AS one")

    assert [one.stop(patience=20) for one in some] == [True] * running.AT_ONCE
    assert Running(nothing_left, "RETURN 1 AS one").answer().rows == [{"one": 1}]


def test_a_wrong_statement_is_the_engines_error_with_the_place_it_had(nothing_left: Store) -> None:
    with pytest.raises(CypherSyntaxError, match=r"line 2"):
        Running(nothing_left, "MATCH (r:Region)\nRETURM r").answer()


def test_an_engine_that_is_away_is_told(nothing_left: Store) -> None:
    nowhere = "bolt://127.0.0.1:1"

    with (
        neo4j.GraphDatabase.driver(nowhere, auth=("ada", "no")) as driver,
        pytest.raises(EngineAway, match="No graph database answers"),
    ):
        Running(Store(driver, nowhere), "RETURN 1 AS one").answer()


def test_another_small_question_is_answered_meanwhile(nothing_left: Store) -> None:
    running_one = Running(nothing_left, LONG)
    assert seen_in_engine(nothing_left)

    assert nothing_left.read("RETURN 1 AS one") == [{"one": 1}]
    assert not running_one.wait(0)

    running_one.stop(patience=20)


def test_the_plan_is_told_in_words_and_nothing_is_run(nothing_left: Store) -> None:
    cypher = "MATCH (a:Region {id: $id})<-[:LOCATED_IN]-(o:Organisation) RETURN o.name AS name ORDER BY name"

    plan = plan_of(nothing_left, cypher, {"id": "a"})

    assert any("LOCATED_IN" in step.words for step in plan.steps)


def test_a_plan_of_a_wrong_statement_is_the_engines_error(nothing_left: Store) -> None:
    with pytest.raises(CypherSyntaxError):
        plan_of(nothing_left, "MATCH (a:Region RETURN a")


def test_what_the_engine_does_not_end_is_told_and_keeps_its_place(
    nothing_left: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as deaf:
        deaf.setattr(running, "LATE", 0.3)
        deaf.setattr(Running, "_tell_engine", lambda self: None)
        going_on = Running(nothing_left, LONG)
        assert seen_in_engine(nothing_left)

        assert not going_on.stop(patience=0.1)
        assert going_on.stopping
        with pytest.raises(Ended, match="does not end this statement from outside") as caught:
            going_on.answer()

        assert not caught.value.confirmed
        assert listed(nothing_left) != []
    assert going_on.stop(patience=20)


def test_what_has_ended_by_itself_when_it_is_stopped_is_an_answer(nothing_left: Store) -> None:
    done = Running(nothing_left, "RETURN 1 AS one")
    done.answer()

    assert done.stop()
    assert done.answer().rows == [{"one": 1}]


def as_in_a_terminal() -> None:
    """Let Ctrl-C reach the command also where these tests run in the background, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.skipif(os.name == "nt", reason="Windows sends Ctrl-C to a whole console")
def test_ctrl_c_in_the_command_ends_the_statement_in_the_engine(nothing_left: Store, cli_env: dict[str, str]) -> None:
    words = [sys.executable, "-m", "queries.cli", "cypher", "-"]
    with subprocess.Popen(
        words,
        cwd=CHECKOUT,
        env=cli_env,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=as_in_a_terminal,  # noqa: PLW1509 (no thread of ours forks)
    ) as command:
        assert command.stdin
        command.stdin.write(LONG)
        command.stdin.close()
        command.stdin = None  # all is said
        assert seen_in_engine(nothing_left)

        command.send_signal(signal.SIGINT)
        out, complaint = command.communicate(timeout=40)

    assert (command.returncode, out) == (1, "")
    assert "Stopped; the engine no longer works on it." in complaint
    assert listed(nothing_left) == []
