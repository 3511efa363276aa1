"""The page Questions: the library of ready questions, and one's own Cypher beside it."""

from typing import Any

import pandas as pd
import streamlit as st

from explorer import links
from explorer.data import questions
from explorer.data.questions import Query, Shelf
from explorer.pictures.html import Html, items, join, link, sentence, tag
from languages.words import _, listing, ngettext, number

from . import answer, frame, questions_own, url
from .as_cypher import copied
from .questions_form import form

PARTS = "own"  # in the address: which part of the page


def render() -> None:
    """Draw the part of the page that the address names."""
    name = st.query_params.get("query", "")
    if name:
        found = questions.query(name)
        if found is None:
            frame.title(_("No such question"))
            frame.notice(_("The library has no question of the name “{name}”.").format(name=name))
            _back()
            return
        _one(found)
        return
    parts = {"": _("Ready questions"), "1": _("Own Cypher")}
    if not questions_own.allowed():
        _list()
        return
    now = url.one(PARTS, parts)
    if now:
        frame.title(_("Ask in Cypher"))
    else:
        _heading()
    url.choose_side(PARTS, _("How to ask"), parts, now)
    if now:
        questions_own.render()
    else:
        _list(headed=True)


def _heading() -> None:
    count = sum(len(shelf.questions) for shelf in questions.shelves())
    frame.title(
        ngettext("{count} question is ready to be asked", "{count} questions are ready to be asked", count).format(
            count=number(count)
        )
    )


def _list(*, headed: bool = False) -> None:
    if not headed:
        _heading()
    frame.show(
        tag("p", _("Pick one, fill in what it asks for, and read the answer as a table or a picture."), class_="lead")
    )
    url.keep("q", st.query_params.get("q", ""))
    typed = st.text_input(
        _("What do you want to know?"),
        key="q",
        placeholder=_("such as: who met, visits without result, brokers"),
        on_change=url.write,
        args=("q",),
        width=520,
    )
    if typed:
        _hits(questions.search(typed), typed)
        return
    shelves = questions.shelves()
    jumps = (link(shelf.title, f"#{shelf.subject}") for shelf in shelves if shelf.questions)
    frame.show(tag("nav", items(jumps, "jumps"), aria_label=_("Subjects")))
    for shelf in shelves:
        if shelf.questions:
            frame.show(_shelf(shelf))
    whole = [item for shelf in shelves for item in shelf.whole]
    summary = tag("summary", _("{count} whole lists that the pages are made from").format(count=number(len(whole))))
    frame.show(tag("details", join([summary, items(map(_linked, whole), "questions")])))


def _shelf(shelf: Shelf) -> Html:
    head = tag("h2", shelf.title, id=shelf.subject)
    return tag("section", join([head, items(map(_linked, shelf.questions), "questions")]))


def _linked(query: Query) -> Html:
    return link(_(query.title), links.question(query.name))


def _entry(query: Query) -> Html:
    """A question with the first sentence of what it tells."""
    return join([_linked(query), tag("p", _first_sentence(_(query.description))[0], class_="quiet")])


def _first_sentence(text: str) -> tuple[str, str]:
    first, _point, rest = text.partition(". ")
    return first.rstrip(".") + ".", rest


def _hits(found: list[Query], typed: str) -> None:
    if not found:
        frame.notice(
            _(
                "No ready question holds “{typed}”. Looked through are the words of the questions, not names "
                "such as those of regions. Try other words, or look through all of them."
            ).format(typed=typed)
        )
        _back()
        return
    words = ngettext("{count} question fits", "{count} questions fit", len(found))
    frame.show(tag("h2", words.format(count=number(len(found)))))
    frame.show(items(map(_entry, found), "questions"))


def _back() -> None:
    frame.show(tag("p", link(_("All questions"), links.address(links.QUESTIONS))))


def _one(query: Query) -> None:
    given, faults = questions.values(query, {key: st.query_params.get_all(key) for key in st.query_params})
    lacking = questions.missing(query, given)
    place = st.container()
    first, rest = _first_sentence(_(query.description))
    frame.show(tag("p", first, class_="lead"))
    if rest:
        frame.show(tag("details", join([tag("summary", _("How it is counted")), tag("p", rest)])))
    form(query, given)
    faults += questions.unknown(query, given)
    for fault in faults:
        frame.notice(fault)
    kicker = link(_("All questions"), links.address(links.QUESTIONS))
    with place:
        if lacking or faults:
            frame.title(_(query.title), kicker)
            if not faults:
                words = [_(query.asked[name].words) for name in lacking]
                frame.notice(_("Choose to see the answer: {words}.").format(words=listing(words)))
            return
        rows = questions.answer(query.name, given)
        frame.title(_headed(query, given, rows), kicker)
    _answered(query, given, rows)


def _headed(query: Query, given: dict[str, Any], rows: pd.DataFrame) -> str:
    """The question and how many answers it has; a list and how long it is."""
    most = given.get("limit", next((item.default for item in query.params if item.name == "limit"), None))
    count = number(len(rows))
    if not query.is_question:
        return f"{_(query.title)}: {count}"
    if most is not None and len(rows) == most and most > 1:
        return _("{question} The first {count} answers").format(question=_(query.title), count=count)
    words = ngettext("{question} {count} answer", "{question} {count} answers", len(rows))
    return words.format(question=_(query.title), count=count)


def _wider(query: Query, given: dict[str, Any]) -> None:
    """Where a small region has no answer, the regions around it may: they are one click away."""
    around = questions.wider(query, given)
    if around:
        changed = (link(name, links.question(query.name, **(given | {key: area}))) for key, area, name in around)
        frame.show(tag("p", sentence(_("Try a wider region instead: {regions}."), regions=join(changed, ", "))))


def _answered(query: Query, given: dict[str, Any], rows: pd.DataFrame) -> None:
    if rows.empty:
        frame.notice(_("Nothing in the data answers this with what was chosen."))
        _wider(query, given)
    else:
        answer.show(rows, query.looks, _(query.title))
        answer.saves(rows, query.name)
    cypher = questions.cypher(query.name, given)
    parts = [copied(_("As Cypher"), cypher), copied(_("In Python"), questions.python(query.name, given))]
    if questions_own.allowed():
        address = links.address(links.QUESTIONS, own="1", cypher=cypher)
        parts.append(tag("p", link(_("Change it in the Cypher editor"), address)))
    summary = tag("summary", _("Copy as Cypher, or for a notebook"))
    frame.show(tag("details", join([summary, *parts]), class_="as-cypher"))
