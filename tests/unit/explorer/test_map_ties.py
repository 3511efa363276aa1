"""Ties between regions for the map: rolled up, counted, dated, graded; on a small land whose answers are plain.

The land: Netherlands with province Gelderland, in it labour-market region
Midden, in it the city Arnhem; labour-market region Noord; Germany with Bochum.
"""

from collections.abc import Callable
from datetime import date
from itertools import count
from types import SimpleNamespace
from typing import Any

import pandas as pd
import pytest

from explorer.analysis.spread.tree import Candidate, Learner, LearningTree
from explorer.analysis.territories import Territories
from explorer.data import map as regions_map
from explorer.data.map import Asked

NONE = float("nan")
REGIONS = pd.DataFrame(
    [
        ("nl", "Netherlands", "country", "NL", None, 52.1, 5.3),
        ("gld", "Gelderland", "province", "NL", "nl", NONE, NONE),
        ("midden", "Midden", "labour-market region", "NL", "gld", 52.0, 5.9),
        ("arnhem", "Arnhem", "city", "NL", "midden", 51.9, 5.8),
        ("noord", "Noord", "labour-market region", "NL", "nl", 53.2, 6.6),
        ("de", "Germany", "country", "DE", None, 51.1, 10.4),
        ("bochum", "Bochum", "city", "DE", "de", 51.5, 7.2),
    ],
    columns=["id", "name", "kind", "country", "parent_id", "latitude", "longitude"],
)
ORGANISATIONS = pd.DataFrame(
    [("o-arnhem", "arnhem"), ("o-midden", "midden"), ("o-noord", "noord"), ("o-bochum", "bochum"), ("o-nowhere", None)],
    columns=["id", "region_id"],
)


def presence(visit: str, part: str, region: str | None, day: date | None) -> dict[str, Any]:
    return {"visit_id": visit, "part": part, "region_id": region, "id": visit, "on_from": day, "on_to": day}


def part_of(organisation: str, project: str, first: date | None = None) -> dict[str, Any]:
    return {"organisation_id": organisation, "project_id": project, "date_from": first, "date_to": first}


Given = Callable[..., None]
_version = count()


@pytest.fixture
def given(monkeypatch: pytest.MonkeyPatch) -> Given:
    """Sets what is on record."""

    def records(
        *,
        visits: list[dict[str, Any]] | None = None,
        projects: list[dict[str, Any]] | None = None,
        learners: dict[str, list[Learner]] | None = None,
        themes: dict[str, list[str]] | None = None,
    ) -> None:
        there = pd.DataFrame(visits or [presence("v0", "hosted", "nl", None)])
        answers = {
            "regions": REGIONS,
            "organisations": ORGANISATIONS,
            "visit_presence": there[["visit_id", "part", "region_id"]],
            "visits": there[["id", "on_from", "on_to"]].drop_duplicates().assign(on="2015"),
            "visit_themes": pd.DataFrame([("v1", "work")], columns=["visit_id", "theme_id"]),
            "participations": pd.DataFrame(projects or [part_of("o-noord", "p0")]),
            "project_themes": pd.DataFrame([("p1", "work")], columns=["project_id", "theme_id"]),
            "adoption_steps": pd.DataFrame([("s1", "2015")], columns=["adoption_id", "on"]),
            "projects": pd.DataFrame([("p1", "2014")], columns=["id", "started"]),
        }
        trees = {code: LearningTree(code, None, tuple(found), (), (), ()) for code, found in (learners or {}).items()}
        version = f"map-{next(_version)}"
        monkeypatch.setattr(regions_map, "ask", lambda name, **_more: answers[name].copy())
        monkeypatch.setattr(regions_map, "state", lambda: SimpleNamespace(version=version))
        monkeypatch.setattr(regions_map, "territories", lambda: Territories(REGIONS))
        monkeypatch.setattr(regions_map, "trees", lambda: trees)
        monkeypatch.setattr(regions_map, "names", lambda: {"v1": ("First visit", "Visit"), "a": ("A", "Approach")})
        monkeypatch.setattr("explorer.data.map.spread.approach_themes", lambda: themes or {})

    return records


def learnt(region: str, source: str, grade: str, *, step: str = "s1", year: int | None = 2015) -> Learner:
    span = (date(year, 1, 1), date(year, 12, 31)) if year else None
    parent = Candidate(grade, source, "v1" if grade == "consistent" else "", True, None) if source else None
    return Learner(region, step, span, None, parent, "only" if parent else "nobody")


def told(asked: Asked) -> list[tuple[str, str, str, int]]:
    table = regions_map.shown(asked).ties[["a", "b", "grade", "strength"]]
    return list(table.itertuples(index=False, name=None))


def visit(number: int, host: str, *guests: str, day: date | None = date(2015, 5, 1)) -> list[dict[str, Any]]:
    return [
        presence(f"v{number}", "hosted", host, day),
        *(presence(f"v{number}", "attended", guest, day) for guest in guests),
    ]


def test_a_visit_ties_the_host_to_each_guest_and_no_guest_to_another(given: Given) -> None:
    given(visits=visit(1, "noord", "midden", "bochum"))

    assert sorted(told(Asked("visits"))) == [("noord", "bochum", "", 1), ("noord", "midden", "", 1)]


def test_a_city_counts_for_its_labour_market_region_and_a_country_only_for_itself(given: Given) -> None:
    given(visits=[*visit(1, "noord", "arnhem", "midden"), *visit(2, "noord", "nl"), *visit(3, "noord", "arnhem")])

    # visit 1 brought two bodies of Midden: it is one visit; the ministry's is the country's alone
    assert told(Asked("visits")) == [("noord", "midden", "", 2), ("noord", "nl", "", 1)]


def test_a_visit_within_one_region_is_no_tie_and_is_counted_apart(given: Given) -> None:
    given(visits=[*visit(1, "arnhem", "midden"), *visit(2, "noord", "midden")])
    shown = regions_map.shown(Asked("visits"))

    assert (shown.units, shown.inside) == (1, 1)
    assert set(shown.places.index) == {"noord", "midden"}


def test_ties_between_countries_roll_everything_up(given: Given) -> None:
    given(visits=[*visit(1, "noord", "midden"), *visit(2, "bochum", "arnhem"), *visit(3, "bochum", "nl")])

    assert told(Asked("visits", by="country")) == [("de", "nl", "", 2)]
    assert regions_map.shown(Asked("visits", by="country")).inside == 1


def test_projects_tie_without_direction_and_count_once_for_each_pair(given: Given) -> None:
    inside, outside = [part_of(f"o-{name}", "p1") for name in ("arnhem", "midden", "noord")], part_of("o-bochum", "p2")
    given(projects=[*inside, part_of("o-noord", "p2"), outside])
    shown = regions_map.shown(Asked("projects"))

    assert sorted(told(Asked("projects"))) == [("bochum", "noord", "", 1), ("midden", "noord", "", 1)]
    assert shown.units == 2
    assert shown.places.loc["noord", "given"] == 2  # whichever of the two names comes first
    assert shown.places.loc["noord", "taken"] == 2


def test_a_body_without_a_region_is_left_out_and_its_project_counted(given: Given) -> None:
    given(projects=[part_of("o-nowhere", "p1"), part_of("o-noord", "p1"), part_of("o-midden", "p1")])

    shown = regions_map.shown(Asked("projects"))
    assert (len(shown.ties), shown.homeless) == (1, 1)


def test_takings_over_are_lines_by_grade_and_those_inferred_are_off_at_first(given: Given) -> None:
    given(
        learners={
            "a": [learnt("midden", "noord", "stated"), learnt("bochum", "noord", "inferred", step="s2")],
            "b": [learnt("midden", "noord", "consistent", step="s3"), learnt("nl", "", "", step="s4")],
        }
    )
    shown = regions_map.shown(Asked())

    assert sorted(told(Asked())) == [("noord", "midden", "consistent", 1), ("noord", "midden", "stated", 1)]
    assert shown.by_grade == {"stated": 1, "consistent": 1, "from above": 0, "inferred": 1}
    assert shown.sourceless == 1
    assert told(Asked(grades=("inferred",))) == [("noord", "bochum", "inferred", 1)]


def test_a_period_keeps_what_may_lie_in_it_and_says_what_has_no_date(given: Given) -> None:
    given(visits=[*visit(1, "noord", "midden"), *visit(2, "noord", "bochum", day=None)])
    shown = regions_map.shown(Asked("visits", years=(2015, 2016)))

    assert list(shown.ties["b"]) == ["midden"]
    assert shown.undated == 1
    assert regions_map.shown(Asked("visits")).undated == 0
    assert regions_map.shown(Asked("visits", years=(2016, 2017))).ties.empty


def test_a_theme_keeps_what_is_about_it(given: Given) -> None:
    given(
        visits=[*visit(1, "noord", "midden"), *visit(2, "noord", "bochum")],
        learners={"a": [learnt("midden", "noord", "stated")], "b": [learnt("bochum", "noord", "stated", step="s2")]},
        themes={"a": ["work"], "b": []},
    )

    assert told(Asked("visits", themes=("work",))) == [("noord", "midden", "", 1)]
    assert told(Asked(themes=("work",))) == [("noord", "midden", "stated", 1)]


def test_a_region_leaves_its_own_ties_and_those_of_what_lies_in_it(given: Given) -> None:
    given(visits=[*visit(1, "noord", "midden"), *visit(2, "noord", "bochum")])

    assert told(Asked("visits", regions=("gld",))) == [("noord", "midden", "", 1)]
    assert told(Asked("visits", regions=("de",))) == [("noord", "bochum", "", 1)]
    assert told(Asked("visits", regions=("arnhem",))) == [("noord", "midden", "", 1)]  # the region that it counts for


def test_a_zoom_keeps_ties_with_an_end_in_it_and_counts_those_that_lead_out(given: Given) -> None:
    given(visits=[*visit(1, "noord", "midden"), *visit(2, "noord", "bochum"), *visit(3, "bochum", "de")])
    shown = regions_map.shown(Asked("visits", zoom="nl"))

    assert sorted(told(Asked("visits", zoom="nl"))) == [("noord", "bochum", "", 1), ("noord", "midden", "", 1)]
    assert shown.leading_out == 1


def test_what_a_zoom_offers_is_counted_by_the_regions_with_ties(given: Given) -> None:
    given(visits=[*visit(1, "noord", "midden"), *visit(2, "noord", "bochum")])

    offered = [(item.name, item.count) for item in regions_map.zooms(Asked("visits"))]
    assert offered == [("Netherlands", 2), ("Germany", 1)]  # a province with one region tied is no zoom


def test_least_strength_leaves_the_strong_ones(given: Given) -> None:
    given(visits=[*visit(1, "noord", "midden"), *visit(2, "noord", "midden"), *visit(3, "noord", "bochum")])
    shown = regions_map.shown(Asked("visits", least=2))

    assert told(Asked("visits", least=2)) == [("noord", "midden", "", 2)]
    assert (shown.strongest, shown.units) == (2, 2)
    assert list(shown.places.index) == ["midden", "noord"] or list(shown.places.index) == ["noord", "midden"]


def test_the_strongest_come_first_and_among_equals_those_of_the_best_tied(given: Given) -> None:
    given(visits=[*visit(1, "bochum", "de"), *visit(2, "noord", "midden", "nl"), *visit(3, "noord", "nl")])

    assert [row[:2] for row in told(Asked("visits"))] == [("noord", "nl"), ("noord", "midden"), ("bochum", "de")]


def test_a_region_without_a_position_stands_in_the_middle_of_those_in_it(given: Given) -> None:
    given(visits=visit(1, "noord", "gld"))
    places = regions_map.shown(Asked("visits")).places

    assert places.loc["gld", "reckoned"]
    assert not places.loc["noord", "reckoned"]
    assert places.loc["gld", "latitude"] == pytest.approx((52.0 + 51.9) / 2)


def test_what_a_tie_rests_on_is_told_with_date_and_visit(given: Given) -> None:
    given(visits=visit(1, "noord", "midden"), learners={"a": [learnt("midden", "noord", "consistent")]})

    (row,) = regions_map.behind(Asked(), "noord", "midden")
    assert (row["name"], row["on"], row["grade"], row["visit_name"]) == ("A", "2015", "consistent", "First visit")
    (row,) = regions_map.behind(Asked("visits"), "noord", "midden")
    assert (row["name"], row["on"]) == ("First visit", "2015")
    assert regions_map.behind(Asked("visits"), "midden", "noord") == []  # the other way nobody went


def test_projects_between_two_regions_are_found_in_either_order(given: Given) -> None:
    given(projects=[part_of("o-noord", "p1"), part_of("o-midden", "p1")])

    there = regions_map.behind(Asked("projects"), "noord", "midden")
    assert there == regions_map.behind(Asked("projects"), "midden", "noord")
    assert [(row["id"], row["on"]) for row in there] == [("p1", "2014")]


def test_nothing_on_record_is_no_fault(given: Given) -> None:
    given()

    for tie in ("adoptions", "visits", "projects"):
        shown = regions_map.shown(Asked(tie))
        assert shown.ties.empty
        assert shown.places.empty
        assert regions_map.zooms(Asked(tie)) == []
