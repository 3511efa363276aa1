"""The knobs of a simulation do what they say, each measured on its tables."""

from collections.abc import Callable
from functools import cache

import numpy as np
import pytest

from graph_loader.simulate import Settings, Simulation, simulated
from graph_loader.simulate.rates import rates, visited_pairs

SEEDS = (1, 2, 3)


@cache
def made(seed: int, knob: str = "", value: float = 0.0) -> Simulation:
    knobs = {knob: value} if knob else {}
    return simulated(Settings(regions=40, approaches=40, visits=250, seed=seed, **knobs))  # type: ignore[arg-type]


def over_seeds(measure: Callable[[Simulation], float], knob: str, value: float) -> float:
    return float(np.mean([measure(made(seed, knob, value)) for seed in SEEDS]))


def journeys(simulation: Simulation) -> list[tuple[str, str]]:
    """Host region and guest region of every attendance by a body or municipality of a region."""
    tables = simulation.tables
    regions = tables["regions"]
    seat: dict[str, str] = dict(zip(tables["organisations"]["id"], tables["organisations"]["region"], strict=True))
    town = regions[regions["kind"] == "municipality"]
    lies_in: dict[str, str] = dict(zip(town["id"], town["part_of"], strict=True))
    hosts: dict[str, str] = dict(zip(tables["hosts"]["visit"], tables["hosts"]["host"], strict=True))
    found = []
    for guest, visit in tables["attendances"][["attendee", "visit"]].itertuples(index=False):
        there, here = seat.get(hosts[visit], hosts[visit]), seat.get(guest, guest)
        found.append((there, lies_in.get(here, here)))
    return found


def mean_distance(simulation: Simulation) -> float:
    own = simulation.tables["regions"].set_index("id")
    at = {region: np.array([float(a), float(b)]) for region, a, b in own[["latitude", "longitude"]].itertuples() if a}
    return float(np.mean([np.linalg.norm(at[a] - at[b]) for a, b in journeys(simulation)]))


def mean_likeness(simulation: Simulation) -> float:
    """Share of themes of work plans that host and guest have in common."""
    tables = simulation.tables
    covers = dict(zip(tables["plans"]["id"], tables["plans"]["region"], strict=True))
    themes: dict[str, set[str]] = {}
    for item, theme in tables["addresses"][["item", "theme"]].itertuples(index=False):
        if item in covers:
            themes.setdefault(covers[item], set()).add(theme)
    return float(np.mean([len(themes[a] & themes[b]) / len(themes[a] | themes[b]) for a, b in journeys(simulation)]))


def share_of_top_tenth(simulation: Simulation) -> float:
    """Share of the visits that the tenth of the regions with the most of them hosted."""
    seat = dict(
        zip(simulation.tables["organisations"]["id"], simulation.tables["organisations"]["region"], strict=True)
    )
    counted = simulation.tables["hosts"]["host"].map(lambda host: seat.get(host, host)).value_counts()
    return float(counted.iloc[: simulation.settings.regions // 10].sum() / counted.sum())


@pytest.mark.parametrize(
    ("measure", "knob", "direction"),
    [(mean_distance, "geography", -1), (mean_likeness, "homophily", 1), (share_of_top_tenth, "hubs", 1)],
    ids=["geography", "homophily", "hubs"],
)
def test_a_knob_moves_what_it_says_step_by_step(
    measure: Callable[[Simulation], float], knob: str, direction: int
) -> None:
    found = [over_seeds(measure, knob, value) for value in (0.0, 1.0, 2.0)]

    assert np.all(np.diff(found) * direction > 0.02)


def test_where_visits_matter_most_takings_over_follow_one_and_where_they_do_not_none_does() -> None:
    for seed in SEEDS:
        matters, not_at_all = rates(made(seed)), rates(made(seed, "visits_matter", 0.0))

        assert matters["visit"] / matters["takings_over"] > 0.7
        assert set(made(seed, "visits_matter", 0.0).truth["how"]) == {"own idea"}
        assert not_at_all["takings_over"] == pytest.approx(matters["takings_over"], rel=0.35)


def test_by_default_about_a_fifth_is_taken_over_without_a_visit() -> None:
    without = [rates(made(seed)) for seed in SEEDS]
    share = sum(r["contact"] + r["own_idea"] for r in without) / sum(r["takings_over"] for r in without)

    assert 0.12 < share < 0.28


def test_where_visits_do_not_matter_those_who_visited_take_it_over_no_more_often() -> None:
    # Pairs of a region and a shown approach: taken over within the two years after the middle of the time, by
    # whether the region came to see it in the time before that middle. Without effect both shares are alike.
    def shares(visits_matter: float) -> tuple[float, float]:
        counted = np.zeros((2, 2))
        for seed in SEEDS:
            counted += after_the_middle(made(seed, "visits_matter", visits_matter))
        return counted[1, 1] / counted[1].sum(), counted[0, 1] / counted[0].sum()

    seen, unseen = shares(0.0)
    seen_matters, unseen_matters = shares(1.0)

    assert seen == pytest.approx(unseen, abs=0.05)
    assert seen_matters > 3 * unseen_matters


def after_the_middle(simulation: Simulation) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    """Counts of pairs without the approach in the middle: came to see it before (row), took it over after (column)."""
    tables, middle, end = simulation.tables, "2016-12-31", "2018-12-31"
    early = simulation.tables["visits"]["on"] <= middle
    kept = set(tables["visits"].loc[early, "id"])
    before = {**tables, "attendances": tables["attendances"][tables["attendances"]["visit"].isin(kept)]}
    seen = visited_pairs(Simulation(before, simulation.truth, simulation.settings, simulation.land))
    days = dict(zip(tables["adoptions"]["id"], tables["adoptions"]["on"], strict=True))
    taken = {
        (a, r): days[step] for step, a, r in simulation.truth[["step_id", "approach", "region"]].itertuples(index=False)
    }
    regions = tables["regions"].loc[tables["regions"]["kind"] == "labour-market region", "id"]
    found = np.zeros((2, 2))
    for approach, origin, began in tables["approaches"][["id", "origin", "started"]].itertuples(index=False):
        for region in regions if began <= middle else ():
            day = taken.get((approach, region), "9999")
            if region != origin and day > middle:
                found[int((approach, region) in seen), int(day <= end)] += 1
    return found


def test_bodies_above_come_in_the_place_of_the_share_asked_for() -> None:
    offices = [
        simulation.tables["attendances"]["attendee"].str.startswith("office-").mean()
        for simulation in (made(1), made(1, "from_above", 0.3))
    ]

    assert offices[0] == 0
    assert 0.15 < offices[1] < 0.3  # a body comes once to a visit, whomever it stands for
    assert rates(made(1, "from_above", 0.3))["from_above"] > 0


def test_coarse_dates_change_nothing_but_the_dates_as_written() -> None:
    plain, coarse = made(1), made(1, "coarse_dates", 0.4)
    written = coarse.tables["adoptions"]["on"]

    assert (plain.tables["adoptions"]["on"].str.len() == 10).all()
    assert 0.3 < (written.str.len() < 10).mean() < 0.5
    assert set(written.str.len()) == {4, 7, 10}
    assert all(day.startswith(said) for day, said in zip(plain.tables["adoptions"]["on"], written, strict=True))
    assert coarse.truth.equals(plain.truth)


def test_only_the_share_of_approaches_asked_for_is_shown() -> None:
    shown = made(1, "shown", 0.25)
    about = shown.tables["visit_subjects"]["subject"]
    applied = dict(zip(shown.tables["projects"]["id"], shown.tables["projects"]["approach"], strict=True))

    assert about.map(lambda subject: applied.get(subject, subject)).nunique() <= 10  # a quarter of 40
