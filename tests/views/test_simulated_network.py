"""The simulated network: a graph of its own beside the records, opened by its address and marked on every page."""

import threading
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import streamlit as st
from page_words import addresses, body, state_of, title, words
from visiting import Open, forget

from explorer import links
from explorer.data import graph, simulated
from explorer.pages import PAGES
from explorer.views import simulated as simulated_view
from graph_loader import api
from graph_loader.lock import AnotherLoadRuns
from graph_store import embedded
from graph_store.errors import EngineAway
from graph_store.store import READER, Store, open_store

MARK = "SIMULATED network: nothing here is a fact."
RECORDED_ONES, SIMULATED_ONES = "274 organisations", "158 organisations"


pytestmark = pytest.mark.usefixtures("simulated_engine", "on_record")


def within(address: str) -> str:
    """An address, in the simulated network."""
    return address + ("&" if "?" in address else "?") + "network=simulated"


def test_the_start_page_leads_to_the_simulated_network_and_that_one_back(demo: Open) -> None:
    recorded = demo("overview")
    made_up = demo(within("overview"))

    assert "./?network=simulated" in addresses(recorded)
    assert MARK not in words(recorded)
    assert SIMULATED_ONES in title(made_up)
    assert words(made_up).startswith(f"{MARK} Back to what is on record")
    assert "./" in addresses(made_up)
    assert "./?network=simulated" not in addresses(made_up)


@pytest.mark.parametrize("page", [entry.address for entry in PAGES])
def test_every_page_of_it_is_marked_and_every_link_stays_in_it(demo: Open, page: str) -> None:
    app = demo(within(page))

    assert title(app)
    assert MARK in words(app)
    assert "This is a simulated network, not recorded facts." in words(app)
    away = [address for address in addresses(app) if not address.startswith("#")]
    leaving = [address for address in away if state_of(address).get("network") != ["simulated"]]
    assert leaving == ["./"]  # the one way back


def test_a_profile_and_the_rows_of_it_are_those_of_its_own_graph(demo: Open) -> None:
    demo("overview")
    recorded = set(graph.ask("approaches")["id"])
    app = demo(within("spread"))
    approach = state_of(addresses(app, "approach")[0])["id"][0]

    assert approach not in recorded
    assert title(demo(f"approach?id={approach}")) == "Nothing here by that name"
    assert title(demo(within(f"approach?id={approach}"))) != "Nothing here by that name"
    assert title(demo(within("rows?query=visits"))).endswith(": 340")
    assert title(demo("rows?query=visits")).endswith(": 87")


def test_two_sessions_may_be_on_different_networks_by_turns(demo: Open) -> None:
    one, other = demo("overview"), demo(within("overview"))

    for _again in range(2):
        assert RECORDED_ONES in title(one.run())
        assert SIMULATED_ONES in title(other.run())


def test_the_records_are_not_touched(demo: Open) -> None:
    demo("overview")
    before = graph.begin(), graph.store().read("MATCH (n) RETURN count(n) AS nodes")

    assert SIMULATED_ONES in title(demo(within("overview")))

    assert (graph.begin(), graph.store().read("MATCH (n) RETURN count(n) AS nodes")) == before
    assert graph.ask("data_sets")["kind"].tolist() == ["recorded"]


def test_a_search_stays_in_the_network(demo: Open) -> None:
    app = demo(within("overview"))

    app.text_input(key="search").set_value("Drenthe").run()

    assert app.query_params["network"] in ("simulated", ["simulated"])
    assert MARK in words(app)


def test_a_filter_stays_in_the_network(demo: Open) -> None:
    app = demo(within("spread"))
    theme = app.selectbox(key="theme").options[0]

    app.selectbox(key="theme").select(theme).run()

    assert set(app.query_params) == {"network", "theme"}
    assert MARK in words(app)


@pytest.mark.parametrize("name", ["nonsense", "SIMULATED", "<script>alert(1)</script>", "{name}", "simulated "])
def test_an_unknown_network_is_told_and_the_records_are_shown(demo: Open, name: str) -> None:
    app = demo(links.address("overview") + "?network=" + "".join(f"%{byte:02x}" for byte in name.encode()))

    assert RECORDED_ONES in title(app)
    assert "There is no network named" in words(app)
    assert "<script>alert" not in body(app)
    kept = [address for address in addresses(app) if "network" in parse_qs(urlsplit(address).query)]
    assert set(kept) == {"./?network=simulated"}


def test_it_is_opened_where_the_records_are_on_a_server_and_where_that_is_away(away: Open) -> None:
    app = away(within("overview"))

    assert SIMULATED_ONES in title(app)
    assert title(away("overview")) == "The graph cannot be reached"
    embedded.stop(simulated.home())


def test_what_hinders_it_is_told_with_another_way_and_tried_again(demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    forget()

    def refused(*_any: Any, **_more: Any) -> Any:
        raise EngineAway("No room for another engine.")

    with monkeypatch.context() as patch:
        patch.setattr(simulated, "open_store", refused)
        app = demo(within("spread"))
    assert title(app) == "The graph cannot be reached"
    assert "No room for another engine." in words(app)
    assert MARK in words(app)
    assert "graph-loader load" in body(app)

    app.button(key="again").click().run()

    assert "approaches were taken over elsewhere" in title(app)


def test_something_unforeseen_while_it_is_opened_is_told_too(demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    monkeypatch.setattr(api, "load_simulated", lambda *_any: 1 / 0)

    app = demo(within("overview"))

    assert title(app) == "The graph cannot be reached"
    assert "could not be opened (division by zero)" in words(app)
    forget()


def test_another_process_that_loads_it_is_waited_for(demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    forget()
    tries: list[int] = []
    load = api.load_simulated

    def busy(*given: Any) -> Any:
        tries.append(1)
        if len(tries) < 3:
            raise AnotherLoadRuns("Another load is running.")
        return load(*given)

    monkeypatch.setattr(api, "load_simulated", busy)

    assert SIMULATED_ONES in title(demo(within("overview")))
    assert len(tries) == 3


def test_a_graph_that_somebody_filled_with_records_is_left_as_it_is(
    demo: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(simulated, "home", lambda: tmp_path)
    with open_store("writer", tmp_path) as store:
        tables = tmp_path / "mine"
        tables.mkdir()
        (tables / "data_set.csv").write_text("id,name,kind\nmine,My own,recorded\n")
        (tables / "regions.csv").write_text("id,name,kind,country\nnl,Netherlands,country,NL\n")
        version = api.load(tables, "", store).version
        forget()

        app = demo(within("overview"))

        assert title(app) == "The graph cannot be reached"
        assert str(tmp_path) in words(app)
        assert api.status(store).data_version == version
    forget()
    embedded.stop(tmp_path)


def test_the_same_tables_are_not_loaded_again(demo: Open) -> None:
    demo(within("overview"))
    with open_store(READER, simulated.home()) as store:
        before = api.status(store).data_version
    forget()

    demo(within("overview"))

    with open_store(READER, simulated.home()) as store:
        assert api.status(store).data_version == before


def test_what_runs_later_speaks_of_the_network_of_its_page(demo: Open) -> None:
    demo(within("overview"))
    graph.choose(links.SIMULATED)
    later = graph.in_this_network(lambda: (len(graph.ask("approaches")), links.address("spread")))
    graph.choose(links.RECORDED)
    told: list[tuple[int, str]] = []

    thread = threading.Thread(target=lambda: told.append(later()))
    thread.start()
    thread.join()

    assert told == [(200, "spread?network=simulated")]


def test_files_that_leave_it_say_so_in_their_name(demo: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    saved: list[str] = []
    monkeypatch.setattr(st, "download_button", lambda *given, **_more: saved.append(given[2]))

    demo("spread")
    recorded = saved.copy()
    saved.clear()
    demo(within("spread"))

    assert "approaches.csv" in recorded
    assert saved == [f"simulated-{name}" for name in recorded]


def test_the_browser_tab_and_a_page_to_mail_say_so(demo: Open) -> None:
    assert simulated_view.titled("Partnership Explorer") == "Partnership Explorer"

    links.choose_network(links.SIMULATED)

    assert simulated_view.titled("Partnership Explorer") == "SIMULATED – Partnership Explorer"


def test_simulated_data_among_the_records_are_marked_as_well(empty: Open, writer: Store, tmp_path: Path) -> None:
    assert api.load(api.simulated_path(), "", writer).loaded

    app = empty("overview")

    assert SIMULATED_ONES in title(app)
    assert MARK in words(app)
    assert "Back to what is on record" not in words(app)
