import json
from datetime import date
from typing import Any

from queries.written import Format, written

COLUMNS = ("name", "on", "ids", "hosts", "open", "n")
ROWS: list[dict[str, Any]] = [
    {"name": "Practice, day", "on": date(2019, 2, 7), "ids": ["a", "b"], "hosts": [{"id": "x"}], "open": True, "n": 3},
    {"name": "x" * 80 + "\n", "on": None, "ids": [], "hosts": None, "open": False, "n": 0.5},
]


def test_json_keeps_lists_and_maps_and_writes_dates_as_text() -> None:
    first, second = json.loads(written(COLUMNS, ROWS, Format.JSON))

    assert first == {**ROWS[0], "on": "2019-02-07"}
    assert second["on"] is None


def test_csv_joins_lists_as_the_loader_reads_them_and_leaves_the_unknown_empty() -> None:
    lines = written(COLUMNS, ROWS[:1], Format.CSV).splitlines()

    assert lines == ["name,on,ids,hosts,open,n", '"Practice, day",2019-02-07,a;b,"[{""id"": ""x""}]",true,3']


def test_a_table_is_aligned_and_cuts_what_is_too_wide() -> None:
    header, line, first, second = written(COLUMNS, ROWS, Format.TABLE).splitlines()

    assert header.startswith("name" + " " * 58 + "on")
    assert line.startswith("-" * 60 + "  ")
    assert first.startswith("Practice, day ")
    assert second.startswith("x" * 59 + "…")


def test_no_rows_are_said_in_a_table_and_leave_the_header_in_csv() -> None:
    assert written(COLUMNS, [], Format.TABLE) == "No rows."
    assert written(COLUMNS, [], Format.CSV) == "name,on,ids,hosts,open,n"
    assert written(COLUMNS, [], Format.JSON) == "[]"
