"""What comes from the graph as a table: what is missing is None, numbers keep NaN."""

from datetime import date

import pandas as pd

from explorer.data.graph import with_none


def test_texts_dates_and_lists_that_are_missing_are_none_and_numbers_keep_nan() -> None:
    day = date(2020, 5, 1)
    table = pd.DataFrame(
        {
            "name": ["Zeeland", None],
            "on": [None, day],
            "ids": [["a", "b"], None],
            "unknown": [None, None],
            "count": [3.0, float("nan")],
        }
    )

    found = with_none(table)

    assert list(found["name"]) == ["Zeeland", None]
    assert list(found["on"]) == [None, day]
    assert list(found["ids"]) == [["a", "b"], None]
    assert list(found["unknown"]) == [None, None]
    assert found["count"].isna().tolist() == [False, True]


def test_an_empty_list_is_a_list_and_not_missing() -> None:
    found = with_none(pd.DataFrame({"ids": [[], ["a"]]}))

    assert list(found["ids"]) == [[], ["a"]]


def test_a_table_without_rows_keeps_its_columns() -> None:
    found = with_none(pd.DataFrame([], columns=["id", "count"]))

    assert list(found.columns) == ["id", "count"]
