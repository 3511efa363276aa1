"""The network picture: positions, colours and names to an ECharts option."""

from dataclasses import dataclass
from typing import Any

import pandas as pd

from graph_store.schema import GREYS, PALETTE

from .labels import FONT, Spot, placed

QUIET = "#D5D9DD"  # ties between groups
INK = "#1F2A33"
SMALL_SCREEN = 560  # pixels of the picture below which only the largest names stay
NAMED_ON_A_PHONE = 6
Frame = tuple[float, float, float, float]
PICTURE = (765.0, 620.0)  # pixels of the picture on a laptop
MARGIN = 18  # pixels above and below
ROOM = 76  # pixels left and right, for names at the edge


@dataclass(frozen=True)
class NodeClass:
    """One class of nodes in the picture: a colour, a symbol and its words."""

    code: str
    words: str
    colour: str
    symbol: str


def classes(codes: list[tuple[str, str]], symbols: dict[str, str] | None = None) -> list[NodeClass]:
    """Colours for classes in order of size: six that colour-blind readers tell apart, then greys.

    Parameters
    ----------
    codes
        (code, words), the largest class first.
    symbols
        Symbol of a code, where it is not a circle.
    """
    colours = [*PALETTE, *([GREYS[2]] * len(codes))]
    return [
        NodeClass(code, words, colours[place], (symbols or {}).get(code, "circle"))
        for place, (code, words) in enumerate(codes)
    ]


def network_option(
    nodes: pd.DataFrame, ties: pd.DataFrame, frame: Frame, *, selected: str = "", unit: str = ""
) -> dict[str, Any]:
    """The picture of a network.

    Parameters
    ----------
    nodes
        Index ids; columns name, x, y, radius (pixels), colour, symbol, said (words for the pointer).
    ties
        Columns a, b, strength.
    frame
        Left, top, right and bottom of what the picture is fitted to, whether or
        not nodes lie there: the same for a network and its filtered parts.
    selected
        Id of the node that is picked out; its ties are drawn dark.
    unit
        What the strength counts, for the pointer.

    Returns
    -------
    dict
        An ECharts option; node i of the series is row i of `nodes`; two unseen nodes after them hold the frame.
    """
    order = nodes.sort_values("radius", ascending=False)
    sides = _sides(order, frame)
    corners = [_corner(*frame[:2]), _corner(*frame[2:])]
    touching = set(ties.loc[ties["a"] == selected, "b"]) | set(ties.loc[ties["b"] == selected, "a"])
    lit = touching | {selected} if selected in nodes.index else set(nodes.index)
    data = [_node(row, sides.get(str(row["id"])), selected, lit) for row in _rows(nodes)]
    leading = set(order.index[:NAMED_ON_A_PHONE])
    small = [_smaller(item, key in leading or key == selected) for key, item in zip(nodes.index, data, strict=True)]
    return {
        "animation": False,
        "tooltip": {"formatter": "{b}", "confine": True, "textStyle": {"color": INK}},
        "series": [_series([*data, *corners], _links(nodes, ties, selected, unit))],
        "media": [
            {
                "query": {"maxWidth": SMALL_SCREEN},
                "option": {"series": [{"data": [*small, *corners], "left": 18, "right": 18}]},
            },
        ],
    }


def _links(nodes: pd.DataFrame, ties: pd.DataFrame, selected: str, unit: str) -> list[dict[str, Any]]:
    colour = nodes["colour"].to_dict()
    place = {node: index for index, node in enumerate(nodes.index)}
    return [
        {
            "source": place[a],
            "target": place[b],
            "value": f"{strength} {unit}".strip(),
            "lineStyle": _line(colour[a], colour[b], strength, selected, a, b),
        }
        for a, b, strength in ties[["a", "b", "strength"]].itertuples(index=False)
    ]


def _rows(nodes: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(key): value for key, value in row.items()}
        for row in nodes.rename_axis("id").reset_index().to_dict("records")
    ]


def _corner(x: float, y: float) -> dict[str, Any]:
    unseen = {"show": False}
    return {
        "id": f"corner {x} {y}",
        "name": "",
        "x": round(x, 1),
        "y": round(y, 1),
        "symbolSize": 0,
        "silent": True,
        "label": unseen,
    }


def _sides(nodes: pd.DataFrame, frame: Frame) -> dict[str, str]:
    """Where the names go, in the pixels of a picture on a laptop: ECharts fits the frame into it, less its margins."""
    wide, high = frame[2] - frame[0], frame[3] - frame[1]
    scale = min((PICTURE[0] - 2 * ROOM) / wide, (PICTURE[1] - 2 * MARGIN) / high)
    left, top = (PICTURE[0] - scale * wide) / 2, (PICTURE[1] - scale * high) / 2
    spots = [
        Spot(left + scale * (row["x"] - frame[0]), top + scale * (row["y"] - frame[1]), row["radius"], row["name"])
        for row in _rows(nodes)
    ]
    return {str(nodes.index[place]): side for place, side in placed(spots, *PICTURE).items()}


def _series(data: list[dict[str, Any]], links: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "type": "graph",
        "layout": "none",
        "preserveAspect": True,
        "roam": True,
        "scaleLimit": {"min": 0.6, "max": 8},
        "selectedMode": "single",
        "data": data,
        "links": links,
        "labelLayout": {"hideOverlap": True},
        "emphasis": {"focus": "adjacency", "label": {"show": True, "fontWeight": "bold"}},
        "select": {"itemStyle": {"borderColor": INK, "borderWidth": 2.5}},
        "left": ROOM,
        "right": ROOM,
        "top": MARGIN,
        "bottom": MARGIN,
    }


def _node(row: dict[str, Any], side: str | None, selected: str, lit: set[str]) -> dict[str, Any]:
    chosen = row["id"] == selected
    return {
        "id": row["id"],  # names may be alike, and ECharts would take them for one node
        "name": row["said"],
        "x": round(row["x"], 1),
        "y": round(row["y"], 1),
        "symbol": row["symbol"],
        "symbolSize": round(2 * row["radius"], 1),
        "itemStyle": {
            "color": row["colour"],
            "opacity": 1 if row["id"] in lit else 0.25,
            "borderColor": INK if chosen else "#FFFFFF",
            "borderWidth": 2.5 if chosen else 1,
        },
        "label": {
            "show": chosen or (side is not None and row["id"] in lit),
            "formatter": row["name"].replace("{", "(").replace("}", ")"),
            "position": side or "right",
            "fontSize": FONT,
            "fontWeight": "bold" if chosen else "normal",
            "color": INK,
            "textBorderColor": "#FFFFFF",
            "textBorderWidth": 2,
        },
    }


def _smaller(item: dict[str, Any], named: bool) -> dict[str, Any]:
    """The same node on a phone: half the size, and a name only for the leading ones."""
    label = {**item["label"], "show": named, "fontSize": FONT - 1}
    return {**item, "symbolSize": round(item["symbolSize"] * 0.5, 1), "label": label}


def _line(one: str, other: str, strength: int, selected: str, a: str, b: str) -> dict[str, Any]:
    wide = min(0.8 + 0.7 * (strength - 1), 5)
    if selected and selected in (a, b):
        return {"color": INK, "width": wide + 0.6, "opacity": 0.8}
    if selected:
        return {"color": QUIET, "width": wide, "opacity": 0.35}
    return {"color": one if one == other else QUIET, "width": wide, "opacity": 0.45 if one == other else 0.6}
