"""Copy as Cypher: the questions that a page is made from, as anyone can ask them."""

from explorer import links
from explorer.data import asked
from explorer.pictures.html import Html, join, link, tag
from languages.words import _, ngettext, number

from . import frame


def show(noted: asked.Questions) -> None:
    """Draw the fold at the foot of a page; nothing where the page asked nothing."""
    every = asked.told(noted)
    if not every:
        return
    words = ngettext("Copy as Cypher: {count} question", "Copy as Cypher: {count} questions", len(every))
    lead = _(
        "What this page is made from. Each can be pasted into the Cypher editor here, into Neo4j Browser or a file."
    )
    entries = (copied(link(_(item.title), links.question(item.name, **item.given)), item.cypher) for item in every)
    summary = tag("summary", words.format(count=number(len(every))))
    frame.show(tag("details", join([summary, tag("p", lead), *entries]), class_="as-cypher"))


def copied(title: str | Html, code: str) -> Html:
    """Some code under its title, with a button that copies it; the page's script does it."""
    button = tag("button", _("Copy"), type="button", data_copy=_("Copied"))
    head = tag("div", join([tag("span", title), button]), class_="code-head")
    return tag("div", join([head, tag("pre", tag("code", code), tabindex="0")]), class_="code")
