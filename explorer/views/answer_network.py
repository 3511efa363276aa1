"""An answer as a network: who is tied to whom by its rows."""

import pandas as pd
import streamlit as st

from explorer.analysis.layouts import radius
from explorer.data import questions
from explorer.data.questions import Look
from explorer.pictures.html import legend, tag
from explorer.pictures.network import NodeClass, classes, network_option
from languages.words import ngettext, number

from . import answer_table, frame

HEIGHT = 620  # pixels, that names at the edge have room for


def draw_network(rows: pd.DataFrame, look: Look, caption: str) -> bool:
    """Draw the network with its legend; False where the rows tie nothing to anything."""
    drawn = questions.network_of(rows, look)
    if drawn.ties.empty:
        return False
    sorts = drawn.nodes["label"].value_counts()
    groups = {item.code: item for item in classes([(code, questions.title_of_label(code)) for code in sorts.index])}
    nodes = drawn.nodes.assign(
        radius=[radius(degree) for degree in drawn.nodes["degree"]],
        colour=[groups[label].colour for label in drawn.nodes["label"]],
        symbol=[groups[label].symbol for label in drawn.nodes["label"]],
        said=[
            _said(str(name), int(degree))
            for name, degree in zip(drawn.nodes["name"], drawn.nodes["degree"], strict=True)
        ],
    )
    _legend(list(groups.values()))
    unit = answer_table.heading(look.columns["weight"]) if "weight" in look.columns else ""
    st.echarts_chart(
        network_option(nodes, drawn.ties, drawn.frame, unit=unit), height=HEIGHT, key="answer-network", alt=caption
    )
    if drawn.left_out:
        words = ngettext(
            "{count} more is left out of the picture, with the weakest ties; the table has all rows.",
            "{count} more are left out of the picture, with the weakest ties; the table has all rows.",
            drawn.left_out,
        )
        frame.show(tag("p", words.format(count=number(drawn.left_out)), class_="quiet"))
    return True


def _legend(groups: list[NodeClass]) -> None:
    if len(groups) > 1:
        frame.show(legend((item.colour, item.symbol, item.words) for item in groups))


def _said(name: str, degree: int) -> str:
    words = ngettext("{name}: tied to {count}", "{name}: tied to {count}", degree)
    return words.format(name=name, count=number(degree))
