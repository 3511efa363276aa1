"""Curves over the years."""

from typing import Any

import pandas as pd

from graph_store.schema import BLUE, RED


def adoption_curve(years: pd.DataFrame, words: tuple[str, str]) -> dict[str, Any]:
    """Regions that had taken an approach over by the end of each year, and those new in it.

    Parameters
    ----------
    years
        Columns year (int), new, total.
    words
        What `total` and `new` are called.

    Returns
    -------
    dict
        An ECharts option.
    """
    table = years.assign(year=years["year"].astype(str))[["year", "new", "total"]]
    axis = {"splitLine": {"lineStyle": {"color": "#E5E8EB"}}, "minInterval": 1}
    return {
        "animation": False,
        "legend": {"top": 0, "left": 0, "icon": "rect", "data": [words[0], words[1]]},
        "tooltip": {"trigger": "axis", "confine": True},
        "grid": {"left": 34, "right": 12, "top": 34, "bottom": 26},
        "dataset": {"source": table},
        "xAxis": {"type": "category"},
        "yAxis": {"type": "value", **axis},
        "series": [
            {
                "type": "line",
                "name": words[0],
                "step": "end",
                "symbolSize": 7,
                "encode": {"x": "year", "y": "total"},
                "itemStyle": {"color": BLUE},
                "lineStyle": {"width": 2.5},
            },
            {
                "type": "bar",
                "name": words[1],
                "encode": {"x": "year", "y": "new"},
                "itemStyle": {"color": RED},
                "barMaxWidth": 18,
            },
        ],
    }
