"""What is new since a run or a day: in a headline, by place, and property by property with who says it."""

from io import StringIO
from typing import Any

import pandas as pd
import streamlit as st

from explorer import links
from explorer.analysis.news import ADDED, CHANGED, REMOVED, Entry, Item, News, Node
from explorer.data import loads
from explorer.data.loads import Difference
from explorer.data.network import source_names
from explorer.pictures.html import Column, Html, items, join, link, sentence, table, tag, text
from explorer.pictures.rows_file import rows_workbook
from graph_store.errors import WrongUse
from graph_store.schema import node_kind, relationship_kind
from languages.words import N_, NP_, _, in_words, listing, ngettext, number

from . import frame

SHOWN = 25  # items of a kind
FEW = 3  # kinds, above which there is a way to each
PLACES = 12
MOST_NAMED = 4  # in the headline
_BESIDE = ("name", "id")  # told by the first column
_IN_ITS_NAME = ("TOOK_UP", "OF")  # ties of a step that its name tells

SORTS = {
    ADDED: NP_("{count} {what} added", "{count} {what} added"),
    CHANGED: NP_("{count} {what} changed", "{count} {what} changed"),
    REMOVED: NP_("{count} {what} removed", "{count} {what} removed"),
}


def render(since: str, of: str) -> None:
    """Draw the page."""
    way_back = link(_("Data"), links.DATA)
    try:
        found = loads.news(since, of)
    except WrongUse as error:
        frame.title(_("What is new cannot be told"), way_back)
        frame.notice(join([error.plain, " ", link(_("Choose another day or refresh."), links.DATA + "#new")]))
        return
    frame.title(_title(found, since), way_back)
    _lead(found)
    if not found.rows:
        frame.notice(_("No fact was added, changed or removed."))
        return
    kept = _about()
    shown = [item for item in found.news.items if kept is None or kept in {node.id for node in item.about}]
    news = News(tuple(shown))
    if kept is None:
        frame.show(_places(found.news))
    else:
        _narrowed(found.news, kept)
    frame.show(_ways(news))
    for kind in news.kinds:
        frame.show(_section(news, kind))
    _downloads(found)


def _title(found: Difference, since: str) -> str:
    told = _told(found.news)
    if since:
        day = len(since) == len("2024-03-12")
        when = in_words(since) if day else frame.moment(found.since) if found.since else _("the beginning")
        return _("New since {when}: {news}").format(when=when, news=told)
    return _("Changed on {when}: {news}").format(when=frame.moment(found.until), news=told)


def _told(news: News) -> str:
    """Counts in words, those of nodes first: ``3 visits added, 2 steps changed``."""
    counted = news.counts()
    if not counted:
        return _("nothing")
    nodes = [_counted(kind, change, count) for kind, is_node, change, count in counted if is_node]
    ties = sum(count for _kind, is_node, _change, count in counted if not is_node)
    rest = sum(count for _kind, is_node, _change, count in [item for item in counted if item[1]][MOST_NAMED:])
    parts = nodes[:MOST_NAMED]
    parts += [ngettext("{count} more", "{count} more", rest)] if rest else []
    parts += [ngettext("{count} tie", "{count} ties", ties)] if ties else []
    return listing(parts)


def _counted(kind: str, change: str, count: int) -> str:
    words = node_kind(kind)
    what = _(words.title).lower() if count == 1 else _(words.plural)
    return ngettext(*SORTS[change], count).replace("{what}", what)


def _lead(found: Difference) -> None:
    until = _("Compared: the data as they were after the refresh of {before}, and after that of {after}.")
    before, after = frame.moment(found.since), frame.moment(found.until)
    words = (
        until
        if found.since
        else _("Before that nothing was loaded: all that was there after the refresh of {after} is new.")
    )
    lines = [tag("p", words.format(before=before, after=after), class_="lead")]
    if found.restated:
        again = ngettext(
            "Of {count} more entry the facts stayed, but other data sets or sources now say them.",
            "Of {count} more entries the facts stayed, but other data sets or sources now say them.",
            found.restated,
        )
        lines.append(tag("p", again, class_="quiet"))
    frame.show(join(lines))


def _about() -> str | None:
    return st.query_params.get("about") or None


def _here(**changes: object) -> str:
    state = {key: st.query_params.get(key) for key in ("since", "run", "about")}
    return links.address(links.DATA, **(state | changes))


def _narrowed(news: News, kept: str) -> None:
    known = [node for label in ("Region", "Approach") for node, _count in news.places(label) if node.id == kept]
    name = known[0].name if known else kept
    chip = link(_("About {name}").format(name=name), _here(about=None))
    frame.show(tag("ul", tag("li", chip), class_="chips"))


def _places(news: News) -> Html:
    """Where the news are: regions and approaches with how many."""
    parts = []
    for label, title in (("Region", _("By region")), ("Approach", _("By approach"))):
        found = news.places(label)
        entries = [join([link(node.name, _here(about=node.id)), f" {number(count)}"]) for node, count in found[:PLACES]]
        rest = len(found) - PLACES
        entries += (
            [tag("span", ngettext("and {count} more", "and {count} more", rest), class_="quiet")] if rest > 0 else []
        )
        if entries:
            parts.append(tag("section", join([tag("h2", title), items(entries, "chips-plain")]), class_="card"))
    return tag("div", join(parts), class_="cards") if parts else Html("")


def _ways(news: News) -> Html:
    """A way to each kind, where there are several."""
    if len(news.kinds) <= FEW:
        return Html("")
    ways = [join([link(_kind(kind), f"#{_place(kind)}"), f" {number(len(news.of(kind)))}"]) for kind in news.kinds]
    return tag("nav", items(ways, "jumps"), aria_label=_("On this page"))


def _kind(kind: str) -> str:
    words = loads.naming.kinds(kind)
    return words[:1].upper() + words[1:]


def _place(kind: str) -> str:
    return f"new-{kind.lower()}"


def _section(news: News, kind: str) -> Html:
    found = news.of(kind)
    rows = [
        {
            "name": _named(item),
            "change": _(_SORT_WORDS[item.change]),
            "facts": _facts(item),
            "about": join((_linked(node) for node in item.about if node != item.node), ", "),
            "said": _said(item),
        }
        for item in found[:SHOWN]
    ]
    columns = [
        Column("name", _("What")),
        Column("change", _("Was")),
        Column("facts", _("In detail")),
        Column("about", _("Region, approach")),
        Column("said", _("Who says so")),
    ]
    rest = len(found) - len(rows)
    more = _("The first {shown}; the files below have all {count}.").format(shown=SHOWN, count=number(len(found)))
    caption = _("{kind}: what was added, changed and removed").format(kind=_kind(kind))
    return join(
        [
            tag("h2", f"{_kind(kind)}: {number(len(found))}", id=_place(kind)),
            tag("div", table(rows, columns, caption), class_="news-table"),
            tag("p", more, class_="quiet") if rest else "",
        ]
    )


_SORT_WORDS = {ADDED: N_("added"), CHANGED: N_("changed"), REMOVED: N_("removed")}


def _named(item: Item) -> Html:
    if item.node:
        return _linked(item.node) if item.change != REMOVED else text(item.node.name)
    assert item.start
    assert item.end
    return sentence(
        "{start} {type} {end}",
        start=_linked(item.start),
        type=_(relationship_kind(item.kind).title),
        end=_linked(item.end),
    )


def _linked(node: Node) -> Html:
    return link(node.name, links.profile(node.label, node.id) if node.label else "")


def _facts(item: Item) -> Html:
    told = [
        entry for entry in item.facts if entry.property and (entry.property not in _BESIDE or item.change == CHANGED)
    ]
    lines = [_fact(entry) for entry in told]
    lines += [_tie(item, tie) for tie in item.ties if tie.kind not in _IN_ITS_NAME]
    return items(lines, "plain") if lines else Html("")


def _fact(entry: Entry) -> Html:
    heading = _heading(entry)
    if entry.change == ADDED:
        return sentence("{property}: {after}", property=heading, after=_value(entry, entry.after))
    if entry.change == REMOVED:
        return sentence("{property}: {before}", property=heading, before=_value(entry, entry.before))
    return sentence(
        _("{property}: {before} → {after}"),
        property=heading,
        before=_value(entry, entry.before),
        after=tag("strong", _value(entry, entry.after)),
    )


def _tie(item: Item, tie: Item) -> Html:
    """A tie as told with one of its ends."""
    assert item.node
    assert tie.start
    assert tie.end
    kind = relationship_kind(tie.kind)
    from_here = tie.start.id == item.node.id
    words, other = (kind.title, tie.end) if from_here else (kind.reverse, tie.start)
    further = [_fact(entry) for entry in tie.facts if entry.property]
    more = join([" (", join(further, ", "), ")"]) if further else ""
    said = _(words)
    return join([sentence("{type}: {other}", type=said[:1].upper() + said[1:], other=_linked(other)), more])


def _heading(entry: Entry) -> str:
    return loads.naming.heading(entry.kind, entry.property)


def _value(entry: Entry, value: Any) -> str:
    return loads.naming.value_in_words(entry.kind, entry.property, value)


def _said(item: Item) -> Html:
    """Files and rows, and the sources that they give."""
    entries = [*item.facts, *(entry for tie in item.ties if tie.kind not in _IN_ITS_NAME for entry in tie.facts)]
    places = dict.fromkeys(entry.said for entry in entries if entry.said)
    sources = dict.fromkeys(source for entry in entries for source in entry.sources)
    known = source_names()
    named = [(source, known.get(source, source)) for source in sources]
    return join([items(places, "plain"), frame.source_links(named)])


def _downloads(found: Difference) -> None:
    frame.show(tag("h2", _("All of it, property by property")))
    with st.container(horizontal=True, key="news-files"):
        frame.download(_("As CSV"), lambda: _csv(found.rows), "what-is-new.csv")
        frame.download(_("As a workbook"), lambda: rows_workbook(found.rows, _("What is new")), "what-is-new.xlsx")


def _csv(rows: list[dict[str, Any]]) -> str:
    out = StringIO()
    pd.DataFrame(rows).to_csv(out, index=False)
    return out.getvalue()
