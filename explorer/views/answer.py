"""An answer in its looks: as bars, a line, a map, a network or a matrix, with the table of all rows beneath."""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from explorer.analysis.records import records
from explorer.data import questions
from explorer.data.questions import BAR, FORMS, GRAPH, LINE, MAP, MATRIX, TABLE, Look
from explorer.pictures import answers
from explorer.pictures.html import Html, tag, text
from languages.words import _, number

from . import answer_table, frame, url
from .answer_map import draw_map
from .answer_network import draw_network

BARS, CROSSED, LINES = 40, 40, 12  # of each that are drawn


def show(rows: pd.DataFrame, looks: Sequence[Look], caption: str) -> None:
    """Draw the answer in the look that the address names, else in its best one; the table is always there.

    Parameters
    ----------
    rows
        At least one.
    looks
        Those that the rows can have, the best first.
    """
    by_code = _coded(looks)
    titles = {code: _titled(look, looks) for code, look in by_code.items()}
    now = url.one("look", titles, next(iter(titles)))
    if len(titles) > 1:
        url.choose_side("look", _("Show as"), titles, now)
    look = by_code[now]
    if look.form != TABLE and not _DRAWERS[look.form](rows, look, caption):
        frame.notice(_("These rows make no such picture; here they are as a table."))
    answer_table.show(rows, caption)


def _coded(looks: Sequence[Look]) -> dict[str, Look]:
    """Looks by what the address calls them: their form, with a number where there are several of one."""
    found: dict[str, Look] = {}
    for look in looks:
        several = sum(other.form == look.form for other in found.values())
        found[f"{look.form}-{several + 1}" if several else look.form] = look
    return found


def _titled(look: Look, looks: Sequence[Look]) -> str:
    title = _(FORMS[look.form].title)
    alone = sum(other.form == look.form for other in looks) == 1
    counted = look.columns.get("value") or look.columns.get("cell")
    return title if alone or not counted else f"{title}: {answer_table.heading(counted)}"


def saves(rows: pd.DataFrame, file: str) -> None:
    """Buttons that save all rows: for a spreadsheet, for Excel, for a program."""
    with st.container(horizontal=True):
        frame.download(_("CSV"), lambda: rows.to_csv(index=False), f"{file}.csv")
        frame.download(_("Excel"), lambda: questions.as_xlsx(rows), f"{file}.xlsx")
        frame.download(_("JSON"), lambda: questions.as_json(rows), f"{file}.json")
    button = tag("button", _("Copy the link to this answer"), type="button", data_copy=_("Copied"))
    frame.show(tag("div", button, class_="saves"))


def _bars(rows: pd.DataFrame, look: Look, caption: str) -> bool:
    label, value = look.columns["label"], look.columns["value"]
    known = rows[rows[value].notna()]
    if known.empty:
        return False
    entries = [
        (text(answer_table.cell(row, label)), float(row[value])) for row in records(known.head(BARS)) if row[value] >= 0
    ]
    frame.show(answers.bars(entries, (answer_table.heading(label), answer_table.heading(value)), caption))
    _left_out(BARS, len(known))
    return True


def _line(rows: pd.DataFrame, look: Look, caption: str) -> bool:
    along, value, name = look.columns["along"], look.columns["value"], look.columns.get("series")
    known = rows[rows[along].notna() & rows[value].notna()]
    if known.empty:
        return False
    drawn: dict[str, list[tuple[str, float]]] = {}
    for row in records(known):
        of = answer_table.in_short(row, name) if name else ""
        drawn.setdefault(of, []).append((str(row[along]), float(row[value])))
    kept = sorted(drawn, key=lambda of: -sum(point for _where, point in drawn[of]))[:LINES]
    option = answers.line_option(
        {of: drawn[of] for of in kept}, (answer_table.heading(along), answer_table.heading(value))
    )
    st.echarts_chart(option, height=360, key="answer-line", alt=caption)
    _left_out(LINES, len(drawn))
    return True


def _matrix(rows: pd.DataFrame, look: Look, caption: str) -> bool:
    row_of, column_of, cell_of = (look.columns[part] for part in ("row", "column", "cell"))
    cells: dict[tuple[str, str], Html] = {}
    lines, heads = Counter[str](), Counter[str]()
    for row in records(rows):
        line, head = (answer_table.in_short(row, name) for name in (row_of, column_of))
        if line and head:
            lines[line] += 1
            heads[head] += 1
            cells[line, head] = text(answer_table.cell(row, cell_of))
    if not cells:
        return False
    kept = [name for name, _many in lines.most_common(CROSSED)], [name for name, _many in heads.most_common(CROSSED)]
    corner = f"{answer_table.heading(row_of)} × {answer_table.heading(column_of)}"
    frame.show(answers.crosstab(*kept, cells, corner, caption))
    _left_out(CROSSED, max(len(lines), len(heads)))
    return True


def _left_out(most: int, count: int) -> None:
    if count > most:
        words = _("The picture shows the first {shown} of {count}; the table has all.")
        frame.show(tag("p", words.format(shown=number(most), count=number(count)), class_="quiet"))


_DRAWERS: dict[str, Callable[[pd.DataFrame, Look, str], Any]] = {
    BAR: _bars,
    LINE: _line,
    MATRIX: _matrix,
    MAP: draw_map,
    GRAPH: draw_network,
}
