"""What a reader sees while stewards load, and in another language."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, cast

import pytest
from babel import Locale
from page_words import body, drawn, pieces, title, words
from streamlit.testing.v1 import AppTest
from visiting import Open

from explorer import links
from explorer.analysis.networks import MEASURES
from explorer.data import graph
from explorer.pages import PAGES
from graph_loader import api, lock
from graph_store.errors import EngineAway
from graph_store.store import Store
from languages import words as language_words
from queries import library

REGIONS = "id,name,kind,country,part_of\nnl,Netherlands,country,NL,\nzeeland,Zeeland,province,NL,nl\n"
BODIES = "id,name,kind,region\nvl,Vlissingen,municipality,zeeland\nmb,Middelburg,municipality,zeeland\n"
PROJECTS = "id,name\nharbour,Harbour jobs\n"
TAKING_PART = "organisation,project\nvl,harbour\nmb,harbour\n"


def load(store: Store, folder: Path, **tables: str) -> str:
    """Load tables, written as CSV, and return the version of the data."""
    folder.mkdir(exist_ok=True)
    for table, text in {"data_set": "id,name,kind\nmine,My own,recorded\n", **tables}.items():
        (folder / f"{table}.csv").write_text(text, encoding="utf-8")
    report = api.load(folder, "", store)
    assert report.loaded, [str(fault) for fault in report.report.faults]
    return report.version


@pytest.fixture
def small(empty: Open, writer: Store, tmp_path: Path) -> Open:
    """Opens a page on a graph of two municipalities that share a project."""
    load(
        writer, tmp_path / "mine", regions=REGIONS, organisations=BODIES, projects=PROJECTS, participations=TAKING_PART
    )
    return empty


def test_the_first_load_fills_the_page_that_was_empty(empty: Open, writer: Store, tmp_path: Path) -> None:
    app = empty("network")
    assert title(app) == "The graph is empty"

    load(
        writer, tmp_path / "mine", regions=REGIONS, organisations=BODIES, projects=PROJECTS, participations=TAKING_PART
    )
    app.button(key="again").click().run()

    assert title(app).startswith("2 organisations")


def test_a_load_between_two_runs_is_seen_by_the_next(small: Open, writer: Store, tmp_path: Path) -> None:
    app = small("overview")
    assert "2 organisations in 2 regions" in title(app)

    more = BODIES + "ve,Veere,municipality,zeeland\n"
    load(writer, tmp_path / "mine", regions=REGIONS, organisations=more, projects=PROJECTS, participations=TAKING_PART)
    app.run()

    assert "3 organisations in 2 regions" in title(app)


@pytest.mark.parametrize(
    "page", ["overview", "network", "spread", "organisation?id=vl", "rows?query=organisations", "search?q=veere"]
)
def test_a_load_that_commits_while_a_page_is_made_starts_the_page_again(
    small: Open, writer: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    asked: list[str] = []
    run = library.run

    def run_and_load(name: str, **more: Any) -> Any:
        answer = run(name, **more)
        asked.append(name)
        if len(asked) == 2:  # in the midst of a page: its first answer is of the version before
            new = BODIES.replace("Vlissingen", "Flushing") + "ve,Veere,municipality,zeeland\n"
            load(
                writer,
                tmp_path / "mine",
                regions=REGIONS,
                organisations=new,
                projects=PROJECTS,
                participations=TAKING_PART,
            )
        return answer

    monkeypatch.setattr(library, "run", run_and_load)
    app = small(page)

    assert len(asked) > 2
    assert title(app)
    assert "Vlissingen" not in body(app) + title(app)  # nothing of the old version is left on the page
    assert len([item for item in app.text_input if item.key == "search"]) == 1


def test_data_that_move_all_the_time_end_in_a_helpful_page(small: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def moved(name: str, **_more: Any) -> Any:
        raise graph.DataMoved

    monkeypatch.setattr("explorer.data.overview.ask", moved)
    app = small("overview")

    assert title(app) == "The data are being refreshed"
    assert [button.label for button in app.button] == ["Try again"]


def test_during_a_commit_a_page_that_is_not_ready_waits_and_then_says_so(
    small: Open, writer: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(graph, "PATIENCE", 0.2)
    lock.mark_loading(writer, "another-load")  # by this very process, so it is going on

    app = small("spread")

    assert title(app) == "The data are being refreshed"
    assert " | " not in words(app)  # who loads is told in words, not by the mark of the process


def test_a_page_that_is_ready_is_shown_during_a_commit(small: Open, writer: Store) -> None:
    ready = title(small("network"))
    lock.mark_loading(writer, "another-load")

    assert title(small("network")) == ready


@pytest.fixture
def died(writer: Store) -> str:
    """The mark of a load whose process has ended without clearing it."""
    here = lock.Holder.here("load-of-yesterday")
    mark = replace(here, started=here.started - 9).mark
    writer.write(lambda one: one.run("MERGE (s:GraphState {id: 'state'}) SET s.loading = $mark", mark=mark))
    return mark


@pytest.mark.parametrize("page", ["overview", "network", "spread", "region?id=nl"])
def test_a_load_that_stopped_half_way_is_told_above_the_page(small: Open, died: str, page: str) -> None:
    app = small(page)

    assert title(app) != "The data are being refreshed"
    assert "stopped before its end" in words(app)
    assert died not in words(app)


def test_a_first_load_that_stopped_half_way_is_told_on_the_empty_page(empty: Open, died: str) -> None:
    app = empty("overview")

    assert title(app) == "The graph is empty"
    assert died not in words(app)


def test_a_graph_without_projects_approaches_or_dates_is_drawn_on_every_page(
    empty: Open, writer: Store, tmp_path: Path
) -> None:
    load(writer, tmp_path / "mine", regions="id,name,kind,country\nnl,Netherlands,country,NL\n")

    for entry in PAGES:
        assert title(empty(entry.address))
    assert title(empty("region?id=nl")) == "Netherlands"
    assert "No tie of this kind is on record yet." in words(empty("network"))
    for tie in ("visits", "memberships", "all"):
        assert title(empty(f"network?tie={tie}")).startswith("0 ")


def test_names_that_are_code_stay_names(empty: Open, writer: Store, tmp_path: Path) -> None:
    name = '<script>alert(1)</script> {count} & "Sons"'
    quoted = '"' + name.replace('"', '""') + '"'
    bodies = f"id,name,kind,region,website\nx,{quoted},company,nl,https://example.org/?a=1&b=2\ny,Other,company,nl,\n"
    load(
        writer, tmp_path / "mine", regions=REGIONS, organisations=bodies, projects=f"id,name\np,{quoted}\n",
        participations="organisation,project\nx,p\ny,p\n",
    )  # fmt: skip

    for page in ("organisation?id=x", "organisation?id=y", "project?id=p", "network?select=x", "network?ego=x&tie=all",
                 "rows?query=organisations", "rows?query=projects", "search?q=script", "overview"):  # fmt: skip
        app = empty(page)
        assert title(app)
        assert "<script>alert" not in body(app)
    assert name in [node["name"].split("\n")[0] for node in drawn(empty("network"))]
    assert name in words(empty("rows?query=organisations"))


# Another language: each message comes back between marks, so what has none was never a message.

SHOWN = [entry.address for entry in PAGES if entry.address not in links.PROFILES.values()]
PSEUDO = "nl"  # numbers and dates as in Dutch
MONTHS = "|".join(Locale.parse(PSEUDO).months["format"]["abbreviated"].values())


class _Both(tuple[str, str]):
    """A translation that serves as singular, as plural and as plain text."""

    __slots__ = ()

    def __str__(self) -> str:
        return self[0]


class _Message:
    def __init__(self, text: str) -> None:
        self.string = _Both((f"⟦{text}⟧", f"⟦{text}⟧"))


class _Catalogue:
    def get(self, message: str) -> _Message:
        return _Message(message)


@pytest.fixture
def pseudo(demo: Open, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Opens a page of the demo in a language in which every message stands between ⟦ and ⟧."""
    monkeypatch.setattr(language_words, "languages", lambda: ("en", PSEUDO))
    monkeypatch.setattr(language_words, "_catalogue", lambda _code: _Catalogue())

    def opened(address: str) -> AppTest:
        return demo(address + ("&" if "?" in address else "?") + f"language={PSEUDO}")

    yield opened
    language_words.use("en")


class _Texts(HTMLParser):
    """The texts of a piece of HTML, each with the elements that it stands in; what links say apart."""

    def __init__(self, piece: str) -> None:
        super().__init__()
        self.found: list[tuple[tuple[str, ...], str]] = []
        self._open: list[str] = []
        self._inside = 0  # messages that are open: a sentence goes on behind the links in it
        self.labels: list[str] = []
        self.feed(re.sub(r"<(style|script)\b.*?</\1>", "", piece, flags=re.DOTALL))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self._open.append(f"{tag}.{own.get('class') or ''}")
        self.labels += [own["aria-label"]] if own.get("aria-label") and tag != "a" else []  # type: ignore[list-item]

    def handle_endtag(self, _tag: str) -> None:
        self._open.pop()

    def handle_data(self, data: str) -> None:
        outside = ""
        for letter in data:
            self._inside += letter == "⟦"
            outside += letter if not self._inside else " "
            self._inside -= letter == "⟧"
        if data.strip():
            self.found.append((tuple(self._open), outside))


def unmarked(text: str) -> str:
    """What is left of a text without messages, figures and signs."""
    bare = "".join(text for _stand, text in _Texts(text.replace("<", "‹")).found)
    return re.sub(r"[\W\d_]+", " ", bare).strip()


@pytest.fixture
def known(demo: Open) -> set[str]:
    """What is data: all that the graph itself holds, the names of countries, and citations."""
    demo("overview")
    rows = graph.store().read(
        "MATCH (n) WHERE NOT labels(n)[0] IN ['Load', 'LoadedTable', 'GraphState'] RETURN properties(n) AS own"
    )
    rows += graph.store().read("MATCH ()-[r]->() RETURN properties(r) AS own")
    values = [value for row in rows for value in row["own"].values()]
    texts = [str(item) for value in values for item in (value if isinstance(value, list) else [value])]
    dutch = Locale.parse(PSEUDO)
    texts += [*dutch.territories.values(), *(item.source for item in MEASURES)]
    texts += [file.name for file in api.demo_path().iterdir()]
    return {unmarked(text) for text in texts} | {"", "mln"}


def is_data(text: str, known: set[str]) -> bool:
    """Whether a text is data as a whole, or several data joined by signs."""
    undated = re.sub(rf"\b(?:\d+ )?(?:{MONTHS}) \d{{4}}\b", "", text)
    return unmarked(undated) in known or all(
        unmarked(part) in known for part in re.split(r"[,;:()·–→]|https?://|\ben\b", undated)
    )


def begins_a_name(text: str, known: set[str]) -> bool:
    """Whether a text is the beginning of data: the narrow headings of the matrix shorten long names."""
    return len(unmarked(text)) > 9 and any(item.startswith(unmarked(text)) for item in known)


def of_each_kind(store: Store) -> list[str]:
    """The profile of one node of each kind, the one with most around it."""
    found = []
    for label in links.PROFILES:
        rows = store.read(
            f"MATCH (n:{label}) OPTIONAL MATCH (n)-[r]-() "
            "RETURN n.id AS id, count(r) AS many ORDER BY many DESC, id LIMIT 1"
        )
        found.append(links.profile(label, rows[0]["id"]))
    return found


def visible(app: AppTest) -> list[tuple[str, str]]:
    """Texts of the page that the house wrote: where each stands, and what it says."""
    found = [("title", str(item.value)) for item in app.title]
    for element in app.main:
        for part in ("label", "placeholder"):
            text = getattr(cast(Any, element), part, None)
            if isinstance(text, str) and text:
                found.append((f"{element.type} {part}", text))
    for piece in pieces(app):
        if piece.startswith(("MATCH", "CALL", "//", "graph-loader")):
            continue  # a question in Cypher or a command is not translated
        told = re.sub(r"<pre .*?</pre>", "", piece, flags=re.DOTALL)
        if "⟦Rows that state this entry⟧" in piece:
            told = re.sub(r"<tbody>.*?</tbody>", "", told)  # the tables' own names stay English
        texts = _Texts(told)
        found += [(" ".join(stand), text) for stand, text in texts.found]
        found += [("aria-label", text) for text in texts.labels]
    return found


def test_every_visible_text_is_a_message_or_data(pseudo: Open, demo: Open, known: set[str]) -> None:
    demo("overview")
    bare: dict[str, set[str]] = {}
    lists = ("taken", "interested", "dropped", "came", "took", "stalled", "visits", "told", "visited", "elsewhere")
    parts = ("calendar", "changes", "activities", "coverage", "scores", "carriers")
    also = (
        *(f"spread?view=rows&of={of}" for of in lists),
        *(f"plans?part={part}" for part in parts),
        *(f"meetings?part={part}" for part in ("coming", "ask", "show")),
        *(f"map?tie={tie}" for tie in ("visits", "projects")),
        *(f"rows?query={query}" for query in ("visit_presence", "region_attendance", "plan_projects", "element_fates")),
        "spread?view=matrix",
        "spread?theme=theme-none&from=2010&to=2012",
        "map?by=country",
        "regions?country=BE&kind=city",
        "approach?id=barnahus&region=city-no-bergen&year=2018",
        "rows?query=visits",
        "rows?query=approaches_by_reach",
        "questions?q=visits",
        "questions?query=shared_projects&limit=many",
        "questions?query=adoption_steps&approach=barnahus",
        "questions?query=nonsense",
        "network?tie=all&from=2014&to=2018",
        "organisation?id=none",
        "briefing?kind=approach&id=barnahus",
        "briefing?kind=region&id=lv",
        "briefing?kind=visit&id=t-v27",
        "briefing?kind=visit&id=none",
    )
    nothing = ("network?kind=union&kind=school&least=3", "search?q=groningen", "search?q=xyzzyqux", "rows?query=none")
    pages = [*SHOWN, *of_each_kind(graph.store()), *also, *nothing]

    for page in pages:
        app = pseudo(page)
        assert "⟦" in title(app) or page.split("?")[0] in links.PROFILES.values()
        for where, text in visible(app):
            if not is_data(text, known) and not (
                ("rungs" in where or "to-save" in where) and begins_a_name(text, known)
            ):
                bare.setdefault(f"{where}: {text[:90]}", set()).add(page)

    assert not bare, "\n".join(f"{text} — {', '.join(sorted(pages))}" for text, pages in sorted(bare.items()))


@pytest.mark.parametrize("page", ["overview", "network"])
def test_the_helpful_pages_are_messages_too(
    pseudo: Open, empty: Open, page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = empty(f"{page}?language={PSEUDO}")

    assert "⟦" in title(app)
    assert [text for _where, text in visible(app) if unmarked(text)] == []


def test_the_words_of_the_picture_are_messages(pseudo: Open) -> None:
    (chart_of,) = [item for item in pseudo("network").main if getattr(item, "key", None) == "picture"]

    proto = cast(Any, chart_of).proto
    assert proto.alt.startswith("⟦")
    assert all("⟦" in node["name"].split("\n")[1] for node in drawn(pseudo("network")))


def test_an_engine_that_goes_away_in_the_midst_of_a_page_leaves_one_helpful_page(
    small: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(*_any: Any, **_more: Any) -> Any:
        raise EngineAway("Nothing answers at bolt://somewhere.")

    monkeypatch.setattr("explorer.data.overview.lacking", gone)  # asked for when most of the page is drawn
    app = small("overview")

    assert title(app) == "The graph cannot be reached"
    assert "Nothing answers at bolt://somewhere." in words(app)
