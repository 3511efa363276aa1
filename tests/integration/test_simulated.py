"""Simulations in a graph: the shipped one, kept apart from facts, and evidence that agrees with the query."""

from pathlib import Path

import pandas as pd
import pytest

from benchmarks.planted import evidence_of
from explorer.analysis.spread.inferred import inferred
from explorer.analysis.spread.learning import edges, learning_trees
from explorer.analysis.spread.odds import shares
from explorer.analysis.territories import Territories
from explorer.data.evidence import recorded
from explorer.data.graph import with_none
from graph_loader import api
from graph_loader.simulate import Settings, simulated, write_simulation
from graph_store.store import Store
from queries import library

SHIPPED = Path(__file__).resolve().parents[2] / "data" / "simulated"


def test_the_shipped_simulation_loads_and_says_what_it_is(writer_store: Store) -> None:
    done = api.load(SHIPPED, "", writer_store)

    assert done.report.faults == ()
    assert done.loaded
    status = api.status(writer_store)
    assert [item.id for item in status.data_sets] == ["simulated"]
    assert (status.nodes["Visit"], status.nodes["Approach"]) == (340, 200)
    kinds = writer_store.read("MATCH (d:DataSet) RETURN d.kind AS kind, d.name AS name")
    assert [row["kind"] for row in kinds] == ["simulated"]
    assert "SIMULATED" in kinds[0]["name"]


@pytest.mark.parametrize(("first", "second"), [(SHIPPED, api.demo_path()), (api.demo_path(), SHIPPED)])
def test_simulated_and_recorded_data_never_share_a_graph(writer_store: Store, first: Path, second: Path) -> None:
    assert api.load(first, "", writer_store).loaded

    refused = api.load(second, "", writer_store)

    assert not refused.loaded
    assert "simulated_mixed" in {fault.code for fault in refused.report.faults}


def test_evidence_from_the_tables_is_what_the_queries_find(writer_store: Store, tmp_path: Path) -> None:
    made = simulated(Settings(regions=9, approaches=8, visits=30, seed=4, from_above=0.4, coarse_dates=0.3))
    write_simulation(made, tmp_path / "made")
    assert api.load(tmp_path / "made", "", writer_store).loaded
    evidence = evidence_of(made)

    asked = library.run("region_attendance", store=writer_store)
    found = {tuple(row) for row in asked[["visit_id", "region_id", "how"]].itertuples(index=False)}
    assert {tuple(row) for row in evidence.attended.itertuples(index=False)} == found
    assert {how for _visit, _region, how in found} == {"own", "within", "from above"}

    seats = library.run("visit_presence", store=writer_store)
    hosts = seats.loc[seats["part"] == "hosted", ["visit_id", "region_id"]]
    assert set(evidence.hosts.itertuples(index=False, name=None)) == set(hosts.itertuples(index=False, name=None))

    days = library.run("visits", store=writer_store).set_index("id")
    for visit, first, last in evidence.shown[["visit_id", "on_from", "on_to"]].itertuples(index=False):
        assert (first, last) == (days.loc[visit, "on_from"], days.loc[visit, "on_to"])
    assert len(evidence.shown) == len(days) == 30


def test_the_learning_trees_of_a_loaded_simulation_are_those_of_its_tables(writer_store: Store, tmp_path: Path) -> None:
    made = simulated(Settings(regions=12, approaches=6, visits=60, seed=3, from_above=0.2, coarse_dates=0.3))
    write_simulation(made, tmp_path / "made")
    assert api.load(tmp_path / "made", "", writer_store).loaded

    def answer(name: str) -> pd.DataFrame:
        return with_none(library.run(name, store=writer_store))

    loaded, planted = recorded(answer, Territories(answer("regions"))), evidence_of(made)

    assert loaded.until == planted.until
    options = [{"shares": shares(known), "inferred": inferred(known)} for known in (loaded, planted)]
    assert learning_trees(loaded, **options[0]) == learning_trees(planted, **options[1])
    assert len(edges(learning_trees(loaded).values())) == len(made.truth)
