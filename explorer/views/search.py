"""Search results: what might be meant, the best first; and which of the words asked for were not found."""

import streamlit as st

from explorer import links
from explorer.analysis.wording import spelling
from explorer.data import search
from explorer.data.search import Found
from explorer.pictures.html import Html, items, join, link, tag
from graph_store import schema
from languages.words import _, listing, ngettext

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
    if any(item.lacks for item in found):
        _by_words(found, typed)
        return
    title = ngettext("{count} entry might be “{typed}”", "{count} entries might be “{typed}”", len(found))
    frame.title(title.replace("{typed}", typed))
    _listed(found)


def _by_words(found: list[Found], typed: str) -> None:
    """Entries that fit only some of the words: by the words that they fit, in the order of the best of each."""
    title = ngettext(
        "{count} entry fits some of the words of “{typed}”",
        "{count} entries fit some of the words of “{typed}”",
        len(found),
    )
    frame.title(title.replace("{typed}", typed))
    by_words: dict[tuple[str, ...], list[Found]] = {}
    for item in found:
        by_words.setdefault(item.holds, []).append(item)
    told = [_fits(own, typed) for own in by_words.values()]
    if len(told) == 1:
        frame.notice(_("Nothing fits all of these words. {which}.").format(which=told[0]))
        _listed(found)
        return
    frame.notice(_("Nothing fits all of these words."))
    for heading, own in zip(told, by_words.values(), strict=True):
        frame.show(tag("h2", heading))
        _listed(own)


def _fits(found: list[Found], typed: str) -> str:
    """Which of the words asked for entries fit, all of them the same, and which not."""
    spelt = spelling(typed)
    fit, not_fit = (
        listing([_("“{word}”").replace("{word}", spelt[word]) for word in words])
        for words in (found[0].holds, found[0].lacks)
    )
    text = ngettext("This one fits {fit}; it lacks {not_fit}", "These fit {fit}; they lack {not_fit}", len(found))
    return text.format(fit=fit, not_fit=not_fit)


def _listed(found: list[Found]) -> None:
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
