"""Search results: what might be meant, the best first."""

import streamlit as st

from explorer import links
from explorer.data import search
from explorer.data.search import Found
from explorer.pictures.html import Html, items, join, link, tag
from graph_store import schema
from languages.words import _, ngettext

from . import frame


def render() -> None:
    """Draw the page."""
    typed = st.query_params.get("q", "")
    found = search.search(typed)
    if not found:
        frame.title(_("Nothing found for “{typed}”").format(typed=typed))
        frame.notice(
            _(
                "Try a shorter word, or a part of the name. "
                "Names are found without accents and with a slip of the finger."
            )
        )
        return
    frame.title(
        ngettext("{count} entry might be “{typed}”", "{count} entries might be “{typed}”", len(found)).replace(
            "{typed}", typed
        )
    )
    frame.show(items((_entry(item) for item in found), "plain"))


def _entry(item: Found) -> Html:
    kind = schema.node_kind(item.label)
    words = _(kind.title)
    if item.kind:
        words = next(
            (_(o.title) for p in kind.properties if p.name == "kind" for o in p.options if o.code == item.kind), words
        )
    about = ", ".join(part for part in (words, item.place) if part)
    return join([link(item.name, links.profile(item.label, item.id)), " ", tag("span", about, class_="quiet")])
