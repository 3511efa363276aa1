"""Pairs of region and approach: which visit counts, until when each is watched, and which regions are compared."""

from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from spread_shelf import Step, Visit, story

from explorer.analysis.spread.at_risk import pairs


def test_a_visit_to_who_had_not_got_it_is_not_counted() -> None:
    # C took it over after the visit that it hosted; D had it.
    steps: list[Step] = [("C", "2019"), ("D", "2017")]
    visits: list[Visit] = [("v", "2018-06-01", ["C"], ["B"]), ("w", "2018-06-01", ["D"], ["IS"])]

    result = pairs(story(steps, visits), ["B", "C", "D", "IS"])

    assert result.visit[:, 0].tolist() == [np.inf, np.inf, np.inf, date(2018, 6, 1).toordinal()]
    assert result.not_shown == 1


def test_the_clock_starts_at_the_first_visit() -> None:
    visits: list[Visit] = [("w", "2018-10-01", ["A"], ["B"]), ("v", "2018-06-01", ["A"], ["B"])]

    assert pairs(story((), visits), ["B"]).visit[0, 0] == date(2018, 6, 1).toordinal()


def test_without_a_stated_end_the_last_day_on_record_counts_and_is_told() -> None:
    named, unnamed = (pairs(story([("B", "2018-03-01")], until=until), ["B"]) for until in ("2020", ""))

    assert (named.until, named.until_stated) == (date(2020, 12, 31).toordinal(), True)
    assert (unnamed.until, unnamed.until_stated) == (date(2018, 3, 1).toordinal(), False)
    assert np.isnan(pairs(story([("B", "")]), ["B"]).until)


def test_a_city_that_shows_it_shows_it_for_its_province_not_for_the_country_or_a_neighbour() -> None:
    result = pairs(story((), [("v", "2018-06-01", ["C"], [])]), ["NL", "UT", "C", "D"])

    day = date(2018, 6, 1).toordinal()
    assert result.shows[:, 0].tolist() == [np.inf, day, day, np.inf]


def test_a_province_that_shows_it_does_not_show_it_for_its_cities() -> None:
    result = pairs(story((), [("v", "2018-06-01", ["UT"], [])]), ["UT", "C"])

    assert np.isfinite(result.shows[:, 0]).tolist() == [True, False]


def test_unless_told_those_are_compared_that_could_take_something_over() -> None:
    # B took a step, C came; D and IS are named nowhere. GE came, yet B in it acts: B is counted for it.
    evidence = story([("B", "2019")], [("v", "2018", ["A"], ["C", "GE"])])

    result = pairs(evidence)

    assert result.regions == ("B", "C")
    assert result.visit.tolist() == pairs(evidence, ["B", "C"]).visit.tolist()


def test_where_nobody_could_take_anything_over_there_are_no_pairs() -> None:
    result = pairs(story())

    assert result.regions == ()
    assert result.visit.shape == (0, 1)


def test_without_approaches_there_are_no_pairs() -> None:
    evidence = story()

    assert pairs(replace(evidence, approaches=evidence.approaches.iloc[:0]), ["B"]).visit.shape == (1, 0)


def test_a_region_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        pairs(story(), ["B", "B"])
