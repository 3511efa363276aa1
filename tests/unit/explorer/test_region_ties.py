"""Ties between regions from tables: hand-made cases, dates, and mixes."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from explorer.analysis.spread import region_ties
from explorer.analysis.spread.region_ties import membership_ties, mixed, neighbour_ties, project_ties, visit_ties

Floats = NDArray[np.float64]
REGIONS = ("a", "b", "c")
YEARS = [(date(2019, 1, 1), date(2019, 12, 31)), (date(2020, 1, 1), date(2020, 12, 31))]
HALVES = [(date(2019, 1, 1), date(2019, 6, 30)), (date(2019, 7, 1), date(2019, 12, 31))]
Y2019, Y2020 = ("2019-01-01", "2019-12-31"), ("2020-01-01", "2020-12-31")
IDS, THINGS = st.sampled_from("abcdz"), st.sampled_from("PQR")


def table(columns: str, *rows: tuple[object, ...]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split(), dtype=object)


def day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def hosts(*rows: tuple[str, str]) -> pd.DataFrame:
    return table("visit_id region_id", *rows)


def guests(*rows: tuple[str, str] | tuple[str, str, str]) -> pd.DataFrame:
    return table("visit_id region_id how", *[(*row, "own")[:3] for row in rows])


def dates(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    return table("visit_id on_from on_to", *[(visit, day(first), day(last)) for visit, first, last in rows])


def projects(*rows: tuple[str, str] | tuple[str, str, str | None, str | None]) -> pd.DataFrame:
    full = [(*row, None, None)[:4] for row in rows]
    return table("project_id region_id first last", *[(p, r, day(f), day(t)) for p, r, f, t in full])


def members(*rows: tuple[str, str, str, str | None, str | None]) -> pd.DataFrame:
    full = [(o, body, region, day(since), day(until)) for o, body, region, since, until in rows]
    return table("organisation_id member_of_id region_id since until", *full)


def rows(ties: region_ties.RegionTies) -> list[list[float]]:
    assert not isinstance(ties, list)
    found: list[list[float]] = ties.toarray().tolist()
    return found


def layers(ties: region_ties.RegionTies) -> list[list[list[float]]]:
    assert isinstance(ties, list)
    return [rows(layer) for layer in ties]


def cell(ties: region_ties.RegionTies, i: int, j: int) -> list[float]:
    """One tie, in each period."""
    return [layer[i][j] for layer in layers(ties)]


NONE = [[0.0] * 3] * 3


def test_a_guest_looks_to_its_host_once_for_each_visit() -> None:
    # V: b and c come to a. W: b comes to a again, and its delegation stands there twice.
    found = visit_ties(
        REGIONS,
        hosts(("V", "a"), ("W", "a")),
        guests(("V", "b"), ("V", "c"), ("W", "b"), ("W", "b", "within")),
        dates(),
    )

    assert rows(found) == [[0, 0, 0], [2, 0, 0], [1, 0, 0]]


def test_two_hosts_of_one_visit_are_both_looked_to() -> None:
    found = visit_ties(REGIONS, hosts(("V", "a"), ("V", "b")), guests(("V", "c"), ("V", "a")), dates())

    assert rows(found) == [[0, 1, 0], [0, 0, 0], [1, 1, 0]]  # a is a guest of b, not of itself


def test_a_visit_by_a_body_from_above_counts_only_where_asked_for() -> None:
    there, came = hosts(("V", "a")), guests(("V", "b", "from above"), ("V", "c", "within"))

    assert rows(visit_ties(REGIONS, there, came, dates())) == [[0, 0, 0], [0, 0, 0], [1, 0, 0]]
    assert rows(visit_ties(REGIONS, there, came, dates(), from_above=True)) == [[0, 0, 0], [1, 0, 0], [1, 0, 0]]


def test_a_visit_is_in_the_period_of_its_date() -> None:
    found = visit_ties(
        REGIONS,
        hosts(("V", "a"), ("W", "a")),
        guests(("V", "b"), ("W", "b")),
        dates(("V", "2019-05-07", "2019-05-07"), ("V", "2019-05-07", "2019-05-07"), ("W", "2021-01-01", "2021-01-01")),
        periods=YEARS,
    )

    assert cell(found, 1, 0) == [1, 0]  # V said twice is one visit, W came after the last period


def test_a_date_that_may_lie_in_two_periods_is_shared_by_days() -> None:
    # The year 2019 has 181 days up to June and 184 after it.
    found = visit_ties(REGIONS, hosts(("V", "a")), guests(("V", "b")), dates(("V", *Y2019)), periods=HALVES)

    assert cell(found, 1, 0) == pytest.approx([181 / 365, 184 / 365])


def test_a_visit_is_remembered_for_as_long_as_asked() -> None:
    three = [(date(year, 1, 1), date(year, 12, 31)) for year in (2019, 2020, 2021)]

    def weights(remembered: int) -> list[float]:
        seen = dates(("V", "2019-03-01", "2019-03-01"), ("W", "2020-03-01", "2020-03-01"))
        both = hosts(("V", "a"), ("W", "a")), guests(("V", "b"), ("W", "b"))
        return cell(visit_ties(REGIONS, *both, seen, periods=three, remembered=remembered), 1, 0)

    assert weights(0) == [1, 1, 0]
    assert weights(1) == [1, 2, 1]
    assert weights(9) == [1, 2, 2]


def test_an_undated_visit_is_in_every_period_or_in_none() -> None:
    there, came = hosts(("V", "a"), ("W", "a")), guests(("V", "b"), ("W", "b"))
    seen = dates(("V", None, None))  # W stands in no table of dates at all

    every = visit_ties(REGIONS, there, came, seen, periods=YEARS)
    none = visit_ties(REGIONS, there, came, seen, periods=YEARS, undated="no period")

    assert cell(every, 1, 0) == [2, 2]
    assert layers(none) == [NONE, NONE]


def test_regions_share_the_projects_that_both_are_in() -> None:
    # P: a, b, c. Q: a, b, and b twice. R: c alone. z was not asked for.
    found = project_ties(
        REGIONS,
        projects(("P", "a"), ("P", "b"), ("P", "c"), ("Q", "a"), ("Q", "b"), ("Q", "b"), ("R", "c"), ("R", "z")),
    )

    assert rows(found) == [[0, 2, 1], [2, 0, 1], [1, 1, 0]]


def test_a_shared_project_ties_while_both_are_in_it() -> None:
    # a is in from 2019 on, b in 2020 alone, c in 2019 alone, d is undated.
    found = project_ties(
        ("a", "b", "c", "d"),
        projects(("P", "a", "2019-06-01", None), ("P", "b", *Y2020), ("P", "c", *Y2019), ("P", "d", None, None)),
        periods=YEARS,
    )

    assert layers(found) == [
        [[0, 0, 1, 1], [0, 0, 0, 0], [1, 0, 0, 1], [1, 0, 1, 0]],
        [[0, 1, 0, 1], [1, 0, 0, 1], [0, 0, 0, 0], [1, 1, 0, 0]],
    ]


def test_first_and_last_days_belong_to_a_period() -> None:
    # a leaves on the first day of 2020, b comes on the last day of 2019.
    shared = projects(("P", "a", "2018-01-01", "2020-01-01"), ("P", "b", "2019-12-31", None))

    assert cell(project_ties(REGIONS, shared, periods=YEARS), 0, 1) == [1, 1]


def test_an_undated_participation_can_be_left_out() -> None:
    shared = projects(("P", "a", *Y2019), ("P", "b", None, None))

    assert layers(project_ties(REGIONS, shared, periods=YEARS, undated="no period")) == [NONE, NONE]
    assert cell(project_ties(REGIONS, shared, periods=YEARS), 0, 1) == [1, 0]


def test_a_row_with_one_day_known_is_open_on_the_other_side() -> None:
    shared = projects(("P", "a", None, "2019-12-31"), ("P", "b", "2019-07-01", None))

    assert cell(project_ties(REGIONS, shared, periods=HALVES), 0, 1) == [0, 1]
    assert cell(project_ties(REGIONS, shared, periods=YEARS), 0, 1) == [1, 0]


def test_members_of_the_same_body_tie_their_regions() -> None:
    # u has members in a (two of them) and b, w in a, b and c from 2020.
    found = members(
        ("o1", "u", "a", None, None),
        ("o2", "u", "a", None, None),
        ("o3", "u", "b", None, None),
        ("o1", "w", "a", "2020-01-01", None),
        ("o3", "w", "b", "2020-01-01", None),
        ("o4", "w", "c", "2020-05-01", None),
    )

    assert rows(membership_ties(REGIONS, found)) == [[0, 2, 1], [2, 0, 1], [1, 1, 0]]
    assert layers(membership_ties(REGIONS, found, periods=YEARS)) == [
        [[0, 1, 0], [1, 0, 0], [0, 0, 0]],
        [[0, 2, 1], [2, 0, 1], [1, 1, 0]],
    ]


def test_neighbours_are_tied_both_ways_in_every_period() -> None:
    borders = table("region_a region_b", ("a", "b"), ("b", "a"), ("b", "c"), ("c", "z"))

    expected = [[0, 1, 0], [1, 0, 1], [0, 1, 0]]
    assert rows(neighbour_ties(REGIONS, borders)) == expected
    assert layers(neighbour_ties(REGIONS, borders, periods=YEARS)) == [expected, expected]


def test_a_mix_counts_each_kind_by_its_strongest_tie() -> None:
    visits = visit_ties(REGIONS, hosts(("V", "a"), ("W", "a")), guests(("V", "b"), ("V", "c"), ("W", "b")), dates())
    shared = project_ties(REGIONS, projects(("P", "a"), ("P", "b"), ("Q", "b"), ("Q", "c"), ("R", "b"), ("R", "c")))
    kinds = {"visits": visits, "projects": shared, "neighbours": neighbour_ties(REGIONS, table("region_a region_b"))}

    # Visits b-a 2 and c-a 1: 1 and 1/2. Projects a-b 1 and b-c 2: 1/2 and 1, times 0.5. No borders: nothing.
    assert rows(mixed(kinds, {"visits": 1.0, "projects": 0.5, "neighbours": 3.0})) == [
        [0, 0.25, 0],
        [1.25, 0, 0.5],
        [0.5, 0.5, 0],
    ]
    assert rows(mixed(kinds, {"visits": 2.0})) == [[0, 0, 0], [2, 0, 0], [1, 0, 0]]
    assert rows(mixed(kinds, {"visits": 0.0})) == NONE


def test_a_mix_with_periods_takes_ties_for_all_time_into_each() -> None:
    dated = project_ties(REGIONS, projects(("P", "a", *Y2019), ("P", "b", *Y2019)), periods=YEARS)
    borders = neighbour_ties(REGIONS, table("region_a region_b", ("a", "b")))

    found = mixed({"projects": dated, "neighbours": borders}, {"projects": 1.0, "neighbours": 0.5})

    assert cell(found, 0, 1) == [1.5, 0.5]


def test_one_largest_tie_serves_all_periods() -> None:
    # Two shared projects in 2019, one in 2020: 1 and 1/2, not 1 and 1.
    shared = projects(
        ("P", "a", *Y2019), ("P", "b", *Y2019), ("Q", "a", *Y2019), ("Q", "b", *Y2019),
        ("R", "a", *Y2020), ("R", "b", *Y2020),
    )  # fmt: skip

    found = mixed({"projects": project_ties(REGIONS, shared, periods=YEARS)}, {"projects": 1.0})

    assert cell(found, 0, 1) == [1, 0.5]


@given(st.lists(st.tuples(THINGS, IDS), max_size=12), st.lists(st.tuples(THINGS, IDS), max_size=12))
def test_ties_are_what_counting_pairs_finds(host: list[tuple[str, str]], guest: list[tuple[str, str]]) -> None:
    regions = ("a", "b", "c", "d")

    visited = rows(visit_ties(regions, hosts(*host), guests(*guest), dates()))
    shared = rows(project_ties(regions, projects(*guest)))

    for i, one in enumerate(regions):
        for j, other in enumerate(regions):
            own, there = ({thing for thing, region in guest if region == which} for which in (one, other))
            held = {thing for thing, region in host if region == other}
            assert visited[i][j] == (len(own & held) if i != j else 0)
            assert shared[i][j] == (len(own & there) if i != j else 0)


@given(st.lists(st.tuples(THINGS, IDS), max_size=12), st.permutations("abcd"))
def test_the_order_of_regions_is_the_order_of_rows(guest: list[tuple[str, str]], order: list[str]) -> None:
    there = hosts(("P", "a"), ("Q", "b"), ("R", "c"))
    place = ["abcd".index(region) for region in order]

    one = np.array(rows(visit_ties("abcd", there, guests(*guest), dates())))
    other = np.array(rows(visit_ties(order, there, guests(*guest), dates())))

    assert other.tolist() == one[place][:, place].tolist()


def test_nothing_on_record_makes_no_ties() -> None:
    assert rows(visit_ties(REGIONS, hosts(), guests(), dates())) == NONE
    assert layers(visit_ties(REGIONS, hosts(), guests(), dates(), periods=YEARS)) == [NONE, NONE]
    assert layers(project_ties(REGIONS, projects(), periods=YEARS)) == [NONE, NONE]
    assert rows(membership_ties(REGIONS, members())) == NONE
    assert rows(neighbour_ties((), table("region_a region_b", ("a", "b")))) == []
    assert layers(project_ties(REGIONS, projects(("P", "a")), periods=[])) == []


def test_arguments_that_mean_nothing_are_refused() -> None:
    one, two = project_ties(REGIONS, projects()), project_ties(("a", "b"), projects())
    dated = project_ties(REGIONS, projects(), periods=YEARS)
    with pytest.raises(ValueError, match="asked for twice"):
        project_ties(("a", "a"), projects())
    with pytest.raises(ValueError, match="without overlap"):
        project_ties(REGIONS, projects(), periods=[YEARS[1], YEARS[0]])
    with pytest.raises(ValueError, match="undated is"):
        project_ties(REGIONS, projects(), periods=YEARS, undated="never")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="remembered"):
        visit_ties(REGIONS, hosts(), guests(), dates(), periods=YEARS, remembered=-1)
    backwards = dates(("V", "2019-02-01", "2019-01-01"))
    with pytest.raises(ValueError, match="ends before it begins"):
        visit_ties(REGIONS, hosts(("V", "a")), guests(("V", "b")), backwards, periods=YEARS)
    with pytest.raises(ValueError, match="no ties of kind visits are given, only projects"):
        mixed({"projects": one}, {"visits": 1.0})
    with pytest.raises(ValueError, match="no kind of ties is named"):
        mixed({"projects": one}, {})
    with pytest.raises(ValueError, match="not negative"):
        mixed({"projects": one}, {"projects": -1.0})
    with pytest.raises(ValueError, match="number of regions"):
        mixed({"projects": one, "visits": two}, {"projects": 1.0, "visits": 1.0})
    with pytest.raises(ValueError, match="number of periods"):
        mixed({"projects": dated, "visits": dated[:1]}, {"projects": 1.0, "visits": 1.0})


def test_every_kind_has_a_title() -> None:
    assert list(region_ties.KINDS) == ["visits", "projects", "neighbours", "memberships"]
    assert all(region_ties.KINDS.values())
