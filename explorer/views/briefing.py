"""The briefing: one to three pages on an approach, a region or a visit, to print, for Word, as PDF."""

from collections.abc import Callable

import streamlit as st

from explorer import links
from explorer.data import briefing as data
from explorer.data import profiles, regions
from explorer.data.profiles import Profile
from explorer.pictures.briefing.as_html import shown
from explorer.pictures.briefing.document import Document
from explorer.pictures.html import Html, join, link, tag
from languages.words import N_, _

from . import briefing_approach, briefing_region, briefing_visit, frame
from .waiting import when_ready

FORMS = {"pdf": N_("Briefing as PDF"), "docx": N_("Briefing for Word"), "html": N_("Briefing to print")}
PATIENCE = 0.3  # seconds that are waited for without a word


def render() -> None:
    """Draw the briefing that the address asks for, and the buttons that save it."""
    kind, id_ = st.query_params.get("kind", ""), st.query_params.get("id", "")
    node = profiles.profile(id_) if id_ and kind in data.KINDS else None
    if node is None or node.label != data.KINDS[kind]:
        _missing(id_)
    elif kind == data.REGION:
        _of_region(node)
    else:
        make = briefing_approach.make if kind == data.APPROACH else briefing_visit.make
        made = make(node)
        if made is None:
            _missing(id_)
        else:
            _draw(node, made)


def _of_region(node: Profile) -> None:
    """The briefing on a region waits for whom to visit next, which may take seconds."""
    pending = regions.next_visits(node.id)
    if pending.ready(PATIENCE):
        _draw(node, briefing_region.make(node, pending.answer()))
        return
    frame.title(node.name, _("Briefing on a region"))
    waiting = _("Whom to visit next is being worked out, and tried on past years: this can take some seconds …")
    when_ready(f"briefing-{node.id}", pending, lambda _found: st.rerun(), waiting)


def _draw(node: Profile, made: Document) -> None:
    frame.title(made.title, join([made.kicker, ": ", link(node.name, links.profile(node.label, node.id))]))
    with st.container(horizontal=True, key="forms"):
        for ending, words in FORMS.items():
            frame.download(_(words), _writer(ending, made), f"briefing-{node.id}.{ending}")
    frame.show(tag("div", shown(made.blocks, _as_it_is), class_="briefing"))
    frame.show(tag("p", made.foot, class_="quiet"))


def _writer(ending: str, made: Document) -> Callable[[], bytes]:
    """Writes the document in a form; called when somebody saves it, as the writers take a while to be loaded."""

    def write() -> bytes:
        if ending == "pdf":
            from explorer.pictures.briefing.as_pdf import as_pdf

            return as_pdf(made)
        if ending == "docx":
            from explorer.pictures.briefing.as_docx import as_docx

            return as_docx(made)
        from explorer.pictures.briefing.as_html import as_html

        return as_html(made)

    return write


def _as_it_is(address: str) -> str:
    """On the page a link stays in this session."""
    return address


def _missing(node: str) -> None:
    frame.title(_("No such briefing"))
    known: list[Html | str] = [
        _("There are briefings on approaches, regions and visits; none has the id “{id}”.").format(id=node),
        " ",
        _("Open one from the page of what it is to be about, or search for that above."),
    ]
    frame.notice(join(known))
