"""Rows in small, and the parts that keep them in the graph."""

import base64
import json
import pickle
import zlib

import pytest
from loader_examples import NL_AND_ZEELAND, said

from graph_loader.keep import parts, unpacked
from graph_loader.rows import Place, Row

PLACE = Place("visits.csv")


def test_a_row_gives_its_cells_by_column() -> None:
    row = Row("visits", PLACE, 4, {"id": "spring", "name": "Spring visit"})

    assert dict(row.cells) == {"id": "spring", "name": "Spring visit"}
    assert (row.table, row.place, row.number, row.cells.get("on")) == ("visits", PLACE, 4, None)
    with pytest.raises(KeyError):
        row.cells["on"]


def test_rows_with_the_same_columns_share_all_but_their_cells() -> None:
    rows = [Row("visits", PLACE, number, {"id": f"visit-{number}", "kind": "work " + "visit"}) for number in (2, 3)]

    assert rows[0].head is rows[1].head
    assert rows[0].texts[1] is rows[1].texts[1]


def test_a_row_is_equal_to_its_copy_from_another_process() -> None:
    row = Row("visits", PLACE, 4, {"id": "spring"})

    assert pickle.loads(pickle.dumps(row)) == row


def test_kept_rows_come_back_as_they_were() -> None:
    rows = said(regions=NL_AND_ZEELAND, themes="id,name,kind\nwork,Work;\u00e9 \\ |,priority").rows

    kept = list(parts("load", "test", rows))

    assert [part["count"] for part in kept] == [2, 1, 1]
    assert tuple(row for part in kept for row in unpacked(part)) == rows


def test_rows_kept_by_the_first_versions_are_read() -> None:
    text = json.dumps([[2, {"id": "spring"}], [3, {"id": "autumn", "name": "Autumn visit"}]])
    packed = base64.b85encode(zlib.compress(text.encode())).decode()

    rows = list(unpacked({"table": "visits", "file": "visits.csv", "sheet": "", "text": packed}))

    assert rows == [
        Row("visits", PLACE, 2, {"id": "spring"}),
        Row("visits", PLACE, 3, {"id": "autumn", "name": "Autumn visit"}),
    ]
