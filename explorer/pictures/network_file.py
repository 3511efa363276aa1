"""The network as one HTML file to mail around: opens offline and calls nobody."""

import re

import pandas as pd
from pyvis.network import Network

from languages.words import language

from .html import text

_OUTSIDE = re.compile(
    r"<(?:script|link)\b[^>]*(?:src|href)\s*=\s*[\"'](?:https?:)?//[^>]*>(?:\s*</script>)?", re.IGNORECASE
)
_EMPTY = re.compile(r"<!--.*?-->|<center>\s*<h1>\s*</h1>\s*</center>", re.DOTALL)
_SHAPES = {"circle": "dot", "rect": "square", "diamond": "diamond", "triangle": "triangle"}


def network_file(nodes: pd.DataFrame, ties: pd.DataFrame, *, title: str, foot: str) -> str:
    """A self-contained page with the picture, drawn by vis.js through pyvis.

    Parameters
    ----------
    nodes
        As for `network.network_option`.
    ties
        Columns a, b, strength.
    title, foot
        Written above and below the picture.

    Returns
    -------
    str
        HTML. pyvis asks two content networks for Bootstrap even with its
        scripts in line; those elements are taken out.
    """
    import networkx as nx

    graph: nx.Graph[str] = nx.Graph()
    for key, row in zip(nodes.index, nodes.to_dict("records"), strict=True):
        graph.add_node(
            key,
            label=row["name"],
            title=row["said"],
            x=float(row["x"]) * 1.6,
            y=float(row["y"]) * 1.6,
            size=float(row["radius"]) * 1.3,
            color=row["colour"],
            shape=_SHAPES.get(row["symbol"], "dot"),
            physics=False,
        )
    for a, b, strength in ties[["a", "b", "strength"]].itertuples(index=False):
        graph.add_edge(a, b, value=int(strength), title=str(strength), color="#C8CDD2")
    drawing = Network(height="86vh", width="100%", cdn_resources="in_line", bgcolor="#FFFFFF", font_color="#1F2A33")
    drawing.from_nx(graph)
    drawing.toggle_physics(False)
    page = _OUTSIDE.sub("", drawing.generate_html(notebook=False))
    page = _EMPTY.sub("", page)
    page = page.replace("<html>", f'<!doctype html>\n<html lang="{language()}">', 1)
    head = f'<title>{text(title)}</title><meta name="viewport" content="width=device-width, initial-scale=1">'
    style = "<style>body{font:16px/1.5 sans-serif;color:#1F2A33;margin:1rem}h1{font-size:1.4rem}.card{border:0}</style>"
    page = page.replace("<head>", f"<head>{head}{style}", 1)
    page = page.replace("<body>", f"<body><h1>{text(title)}</h1>", 1)
    return page.replace("</body>", f"<p>{text(foot)}</p></body>", 1)
