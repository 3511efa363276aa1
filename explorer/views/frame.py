"""What every page has: its look, the search, the title, and the line that says where the data come from."""

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st

from explorer import links
from explorer.analysis.explained import Explained
from explorer.data import graph, overview, search
from explorer.pictures.html import Html, join, link, outside_link, sentence, tag
from languages import moments
from languages.words import _, in_words, ngettext

HERE = Path(__file__).parent
Content = str | bytes
ANSWER = {"role": "status", "data_come": "yes"}
"""Attributes of what a reader's own step led to: the page's script brings it into sight, once, and it is read out."""
_MIME = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "graphml": "application/graphml+xml",
    "html": "text/html",
    "json": "application/json",
    "nwk": "text/plain",
    "pdf": "application/pdf",
    "svg": "image/svg+xml",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}


def look() -> None:
    """Put the house's style and its small script on the page."""
    st.html(f"<style>{_file('house.css')}</style>")
    st.html(f"<script>{_file('house.js')}</script>", unsafe_allow_javascript=True)


def show(content: Html) -> None:
    """Put HTML on the page; nothing for nothing."""
    if content:
        st.html(content)


_SIGNS = re.compile(r"([\\`*_\[\]$~:])")  # which Markdown would take for more than signs, in names too


def title(text: str, kicker: str | Html = "") -> None:
    """The page's heading: what is shown, with its numbers; `kicker` is a line above it."""
    if kicker:
        show(tag("p", kicker, class_="kicker"))
    st.title(_SIGNS.sub(r"\\\1", text), anchor=False)


def search_box() -> None:
    """The one place to search: Enter opens the profile that fits, or the list of those that might."""
    st.text_input(
        _("Search"),
        key="search",
        type="search",
        placeholder=_("Search an organisation, region, project …"),
        label_visibility="collapsed",
        on_change=_note_search,
        width=330,
    )
    if typed := st.session_state.pop("search_for", ""):
        found = search.search(typed)
        if found and found[0].certain:
            go_to(links.PROFILES[found[0].label], id=found[0].id)
        go_to(links.SEARCH, q=typed)


def go_to(page: str, **state: str) -> None:
    """Leave for another page of the app, in this session."""
    network = {links.IN_NETWORK: links.SIMULATED} if graph.simulated() else {}
    st.switch_page(st.session_state["pages"][page], query_params=network | state)


def source_line() -> None:
    """Where the data come from, and how fresh they are."""
    facts = overview.source_facts()
    if not facts.data_sets:
        return
    names = join((tag("span", name) for name in facts.data_sets), ", ")
    marked = [tag("strong", _("This is a simulated network, not recorded facts.")), " "] if facts.simulated else []
    line = sentence(
        _("{names}; loaded {when}, from {sources}. Organisations and roles only: no personal data."),
        names=names,
        when=day(facts.loaded_at),
        sources=link(ngettext("{count} source", "{count} sources", facts.sources), links.rows("sources")),
    )
    show(tag("p", join([*marked, line]), class_="source-line"))


def drawing(picture: Html) -> None:
    """A drawing in SVG, which the element for other HTML would strip."""
    if picture:
        st.markdown(picture, unsafe_allow_html=True)


def notice(text: str | Html, *, answers: bool = False) -> None:
    """A remark that a reader must see: what is left out, or not known.

    Parameters
    ----------
    answers
        It is what the reader's own step led to, and is brought into sight.
    """
    show(tag("p", text, class_="notice", **(ANSWER if answers else {})))


def explained(measures: Iterable[Explained], heading: str = "") -> Html:
    """Measures in words with the expert's term, span and source, one click away; nothing for none."""
    entries = [
        join(
            [
                tag("dt", join([tag("b", _(item.title)), f" ({_(item.term)})" if item.term else ""])),
                tag(
                    "dd",
                    join(
                        [
                            _(item.words) + ". ",
                            sentence(_("Values: {span}."), span=_(item.span)),
                            " ",
                            sentence(_("Undefined: {when}."), when=_(item.undefined)),
                            " ",
                            sentence(_("Source: {source}."), source=_(item.source)),
                        ]
                    ),
                ),
            ]
        )
        for item in measures
    ]
    if not entries:
        return Html("")
    summary = tag("summary", heading or _("What these words mean"))
    return tag("details", join([summary, tag("dl", join(entries), class_="explained")]))


def download(label: str, content: Content | Callable[[], Content], file: str) -> None:
    """A button that saves a file, whose name's ending says what it is; a CSV begins with the mark that Excel needs.

    What is dear to make is given as a function, called when the button is pressed. A
    file from the simulated network says so in its name. The button's key is "save-"
    and the file's name.
    """
    ending = file.rpartition(".")[2]

    def made() -> bytes:
        found = content() if callable(content) else content
        return found.encode("utf-8-sig" if ending == "csv" else "utf-8") if isinstance(found, str) else found

    data = graph.in_this_network(made) if callable(content) else made()
    named = f"{links.SIMULATED}-{file}" if graph.simulated() else file
    st.download_button(label, data, named, _MIME[ending], key=f"save-{file}", on_click="ignore")


def picture_saves(picture: str, file: str, name: str, said: str, *, legend: str = "", now: str = "") -> Html:
    """Two buttons that save a drawing as it is seen, as SVG and as PNG; the page's script does it.

    Parameters
    ----------
    picture
        Selector of what holds the drawing.
    file
        Name of the file without its ending.
    name
        What the picture is called.
    said
        The line that goes beneath it.
    legend
        Selector of the lists of signs and words that go with it; none where the drawing has its own.
    now
        Selector of a sentence on the page that says of what moment the drawing is.
    """
    return join(
        tag(
            "button",
            _("{picture} as {kind}").format(picture=name, kind=kind.upper()),
            type="button",
            data_save=kind,
            data_picture=picture,
            data_file=file,
            data_said=said,
            data_legend=legend or None,
            data_now=now or None,
        )
        for kind in ("svg", "png")
    )


def source_links(sources: list[tuple[str, str]]) -> Html:
    """Sources by id and name, as links to their profiles."""
    return join((link(name, links.profile("Source", source)) for source, name in sources), "; ")


def moment(at: str) -> str:
    """A moment of ISO text by the reader's clock, in words; empty for none.

    By the clock of this computer, and named so, where the browser does not tell of its own.
    """
    there = _by_reader(at)
    return moments.day_and_time(there) if there else moments.moment(at)


def day(at: str) -> str:
    """The day of a moment of ISO text by the reader's clock, in words; empty for none."""
    there = _by_reader(at) or (moments.local(at) if at else None)
    return in_words(there.date().isoformat()) if there else ""


def _by_reader(at: str) -> datetime | None:
    """A moment by the clock that the reader's browser tells of; None where it tells of none."""
    clock = st.context.timezone
    if not at or not clock:
        return None
    try:
        return moments.local(at).astimezone(ZoneInfo(clock))
    except (ZoneInfoNotFoundError, ValueError):  # whatever a browser may say
        return None


def website(address: str | None) -> Html:
    """A link out of the app, shortened to what a reader recognises."""
    return (
        outside_link(address.removeprefix("https://").removeprefix("http://").rstrip("/"), address)
        if address
        else Html("")
    )


def _note_search() -> None:
    st.session_state["search_for"] = st.session_state["search"]
    st.session_state["search"] = ""


@cache
def _file(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")
