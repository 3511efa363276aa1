from datetime import UTC, date, datetime
from io import BytesIO
from typing import Any

import pandas as pd
import pytest
from openpyxl import load_workbook

from queries import files
from queries.files import as_parquet, as_xlsx

COLUMNS = ("name", "on", "ids", "mixed", "n", "nothing")
ROWS: list[dict[str, Any]] = [
    {"name": "=1+1", "on": date(2019, 2, 7), "ids": ["a", "b"], "mixed": 1, "n": 3, "nothing": None},
    {"name": "bell \x07", "on": None, "ids": [], "mixed": "x", "n": 0.5, "nothing": None},
    {"name": "y" * 40_000, "on": None, "ids": None, "mixed": {"id": "x"}, "n": float("nan"), "nothing": None},
]


def sheet_of(content: bytes) -> Any:
    return load_workbook(BytesIO(content)).active


def test_a_workbook_holds_numbers_and_days_as_such_and_lists_as_the_loader_reads_them() -> None:
    sheet = sheet_of(as_xlsx(COLUMNS, ROWS))

    assert [cell.value for cell in sheet[1]] == list(COLUMNS)
    assert [cell.value for cell in sheet[2]] == ["=1+1", datetime(2019, 2, 7), "a;b", 1, 3, None]
    assert sheet["E3"].value == 0.5
    assert sheet["E4"].value is None


def test_text_never_becomes_a_formula_and_loses_only_what_a_cell_cannot_hold() -> None:
    sheet = sheet_of(as_xlsx(COLUMNS, ROWS))

    assert sheet["A2"].data_type == "s"
    assert sheet["A3"].value == "bell "
    assert len(sheet["A4"].value) == files.LONGEST
    assert sheet["D4"].value == '{"id": "x"}'


def test_a_moment_with_a_time_zone_goes_into_a_workbook_without_it() -> None:
    moment = datetime(2019, 2, 7, 12, 30, tzinfo=UTC)

    assert sheet_of(as_xlsx(["at"], [{"at": moment}]))["A2"].value == datetime(2019, 2, 7, 12, 30)


def test_more_rows_than_a_sheet_holds_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "MOST_ROWS", 2)

    with pytest.raises(ValueError, match="3 rows, and a sheet holds 2: write csv or parquet"):
        as_xlsx(COLUMNS, ROWS)


def test_parquet_keeps_types_and_writes_what_is_mixed_as_text() -> None:
    table = pd.read_parquet(BytesIO(as_parquet(COLUMNS, ROWS)))

    assert list(table.columns) == list(COLUMNS)
    assert table["on"].tolist()[0] == date(2019, 2, 7)
    assert list(table["ids"][0]) == ["a", "b"]
    assert table["mixed"].tolist() == ["1", "x", '{"id": "x"}']
    assert table["n"].tolist()[:2] == [3.0, 0.5]
    assert table["nothing"].isna().all()


def test_an_answer_without_rows_keeps_its_columns() -> None:
    assert list(pd.read_parquet(BytesIO(as_parquet(COLUMNS, []))).columns) == list(COLUMNS)
    assert [cell.value for cell in sheet_of(as_xlsx(COLUMNS, []))[1]] == list(COLUMNS)
