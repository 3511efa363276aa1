"""The list of those to ask goes out as a workbook, is filled in, and comes back through the loader."""

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import openpyxl
import pytest
import streamlit as st

from explorer.data import graph, meetings
from explorer.data.meetings import OUTCOMES, Filters
from explorer.views.meeting_ask import form
from graph_loader import api
from graph_store.store import Store

ANSWERS = ("taken over", "declined", "none", "considering")


@pytest.fixture
def demo(writer_store: Store) -> Iterator[Store]:
    """The demo network in the graph of the engine, and an app that has seen nothing yet."""
    _forget()
    assert api.load(api.demo_path(), "", writer_store).loaded
    yield writer_store
    _forget()


def _forget() -> None:
    graph.forget()
    st.cache_data.clear()
    st.cache_resource.clear()
    graph._state.set(None)


@pytest.fixture
def cli_env_of_demo(demo: Store, engine: dict[str, str]) -> dict[str, str]:
    """Environment for commands run as processes, on the demo."""
    return {**os.environ, **engine}


def look_again() -> list[meetings.Waiting]:
    """Those gone quiet, as a page that starts now sees them."""
    graph.begin()
    return meetings.waiting(Filters())


def load(env: dict[str, str], file: Path) -> subprocess.CompletedProcess[str]:
    """Load a workbook as the page says."""
    return subprocess.run(
        [sys.executable, "-m", "graph_loader.cli", "load", str(file), "--data-set", OUTCOMES],
        env=env,
        capture_output=True,
        text=True,
        check=False,
        cwd=Path(__file__).parents[2],
    )


def saved(file: Path, asked: list[meetings.Waiting]) -> openpyxl.Workbook:
    file.write_bytes(form([item for item in asked if item.said != "none"], date.today()))
    return openpyxl.load_workbook(file)


def outcomes(store: Store) -> dict[tuple[str, str], tuple[str, str]]:
    found = store.read(
        "MATCH (b)-[a:ATTENDED]->(v:Visit) WHERE a.outcome IS NOT NULL "
        "RETURN b.id AS body, v.id AS visit, a.outcome AS outcome, a.outcome_on AS day ORDER BY body, visit"
    )
    return {(row["body"], row["visit"]): (row["outcome"], row["day"]) for row in found}


def test_answers_come_back_into_the_graph_and_leave_the_list(
    demo: Store, cli_env_of_demo: dict[str, str], tmp_path: Path
) -> None:
    before = look_again()
    file = tmp_path / "what-came-of-it.xlsx"
    book = saved(file, before)
    sheet = book["attendances"]
    asked = {row: (sheet.cell(row, 1).value, sheet.cell(row, 2).value) for row in range(2, 6)}
    for row, answer in zip(asked, ANSWERS, strict=True):
        sheet.cell(row, 4).value, sheet.cell(row, 5).value = answer, "2024-02"
    book.save(file)

    done = load(cli_env_of_demo, file)

    assert done.returncode == 0, done.stdout + done.stderr
    assert outcomes(demo) == {pair: (answer, "2024-02") for pair, answer in zip(asked.values(), ANSWERS, strict=True)}
    after = look_again()
    gone = {(item.region_id, item.approach_id) for item in before} - {(i.region_id, i.approach_id) for i in after}
    answered = {(body["id"], item.meeting.id): item for item in before for body in item.bodies}
    settled = [answered[str(a), str(v)] for a, v in list(asked.values())[:2]]
    assert gone == {(item.region_id, item.approach_id) for item in settled}
    assert [item.said for item in after if item.said] == ["none", "considering"]
    assert meetings.until() == "2024-01-31"  # as before: the answers do not stretch what was looked for


def test_a_second_round_loses_no_answer_of_the_first(
    demo: Store, cli_env_of_demo: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "what-came-of-it.xlsx"
    book = saved(file, look_again())
    sheet = book["attendances"]
    sheet.cell(2, 4).value, sheet.cell(2, 7).value = "declined", "told by telephone"
    book.save(file)
    assert load(cli_env_of_demo, file).returncode == 0
    first = outcomes(demo)

    book = saved(file, look_again())
    sheet = book["attendances"]
    rows = list(sheet.iter_rows(min_row=2, values_only=True))
    assert (*next(iter(first)), None, "declined", None, None, "told by telephone") == rows[-1]
    sheet.cell(2, 4).value = "taken over"
    book.save(file)
    assert load(cli_env_of_demo, file).returncode == 0

    second = outcomes(demo)
    assert first.items() <= second.items()
    assert len(second) == len(first) + 1


def test_a_wrong_answer_is_refused_and_named_and_changes_nothing(
    demo: Store, cli_env_of_demo: dict[str, str], tmp_path: Path
) -> None:
    file = tmp_path / "what-came-of-it.xlsx"
    book = saved(file, look_again())
    book["attendances"].cell(2, 4).value = "perhaps"
    book.save(file)

    done = load(cli_env_of_demo, file)

    assert done.returncode == 1
    assert "attendances, row 2, column outcome" in " ".join(done.stdout.split())
    assert outcomes(demo) == {}


def test_a_list_that_nobody_filled_in_says_nothing_new(
    demo: Store, cli_env_of_demo: dict[str, str], tmp_path: Path
) -> None:
    before = look_again()
    file = tmp_path / "what-came-of-it.xlsx"
    saved(file, before)

    assert load(cli_env_of_demo, file).returncode == 0

    assert outcomes(demo) == {}
    after = look_again()
    assert [(i.region_id, i.approach_id) for i in after] == [(i.region_id, i.approach_id) for i in before]
    assert meetings.answered() == []
