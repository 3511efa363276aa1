"""Answers as pictures: bars, a line along the years, a matrix. Each stands above the table of the same rows."""

from collections.abc import Mapping, Sequence
from typing import Any

from graph_store.schema import GREYS, PALETTE

from .html import Column, Html, bar, table, tag

INK = "#1F2A33"
SERIES = 6  # lines that can be told apart; the others are drawn in one grey
SYMBOLS = ("circle", "rect", "triangle", "diamond", "pin", "arrow")
Series = Mapping[str, Sequence[tuple[str, float]]]


def bars(entries: Sequence[tuple[Html, float]], titles: tuple[str, str], caption: str) -> Html:
    """One bar a row, in the order given.

    Parameters
    ----------
    entries
        What a bar is of, and how long it is: zero or more.
    titles
        Headings of the two columns.
    """
    most = max((value for _name, value in entries), default=0)
    rows = [{"name": name, "value": bar(value, most), "value_sort": value} for name, value in entries]
    return table(rows, [Column("name", titles[0]), Column("value", titles[1])], caption)


def line_option(series: Series, titles: tuple[str, str]) -> dict[str, Any]:
    """Lines along years or days, as an ECharts option.

    Parameters
    ----------
    series
        Points by name of the line, in order: where along, and the value. One line may be called "".
    titles
        What is along, and what the value counts.
    """
    along = sorted({where for points in series.values() for where, _value in points})
    return {
        "animation": False,
        "aria": {"enabled": True},
        "grid": {"left": 12, "right": 20, "top": 40 if len(series) > 1 else 28, "bottom": 12, "containLabel": True},
        "legend": {"show": len(series) > 1, "type": "scroll", "textStyle": {"color": INK}},
        "tooltip": {"trigger": "axis", "confine": True},
        "xAxis": {"type": "category", "data": along, "name": titles[0], "nameLocation": "middle", "nameGap": 28},
        "yAxis": {"type": "value", "minInterval": 1, "name": titles[1], "nameTextStyle": {"align": "left"}},
        "series": [
            {
                "type": "line",
                "name": name or titles[1],
                "data": [dict(points).get(where) for where in along],
                "connectNulls": True,
                "symbol": SYMBOLS[place % len(SYMBOLS)],
                "symbolSize": 7,
                "color": PALETTE[place] if place < SERIES else GREYS[0],
            }
            for place, (name, points) in enumerate(series.items())
        ],
    }


def crosstab(
    rows: Sequence[str], columns: Sequence[str], cells: Mapping[tuple[str, str], object], corner: str, caption: str
) -> Html:
    """A table of one thing by another.

    Parameters
    ----------
    rows, columns
        Names, in order.
    cells
        What stands at a row and a column; empty where nothing is known.
    corner
        Heading of the first column.
    """
    named = [Column("row", corner), *(Column(f"c{place}", name) for place, name in enumerate(columns))]
    filled = [
        {"row": row} | {f"c{place}": cells.get((row, name), Html(" ")) for place, name in enumerate(columns)}
        for row in rows
    ]
    return tag("div", table(filled, named, caption, across=True), class_="crosstab")
