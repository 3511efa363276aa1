"""The rows behind a number: a named query of the library with its answer, every name a link."""

import streamlit as st

from explorer import links
from explorer.data import lists
from explorer.pictures.html import link, tag
from languages.words import _, number

from . import answer_table, frame


def render() -> None:
    """Draw the page."""
    name = st.query_params.get("query", "")
    parameters = {key: st.query_params[key] for key in st.query_params if key != "query"}
    found = lists.answer(name, parameters)
    if found is None:
        frame.title(_("No such list"))
        frame.notice(_("There is no list named “{name}”. Start from the overview.").format(name=name))
        return
    frame.title(f"{_(found.title)}: {number(len(found.rows))}")
    frame.show(tag("p", _(found.description), class_="lead"))
    if found.rows.empty:
        frame.notice(_("Nothing: no row of the data answers this."))
        return
    answer_table.show(found.rows, _(found.title))
    frame.download(_("These rows as CSV"), found.rows.to_csv(index=False), f"{name}.csv")
    known = {key: value for key, value in parameters.items() if key in found.asked}
    frame.show(tag("p", link(_("Ask this with other choices"), links.question(name, **known))))
