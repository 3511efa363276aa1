"""From dates to periods: times of adoption as arrays."""

from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.analysis.spread.periods import Adoptions, Periods, times_of_adoption
from graph_store.dates import interval

NAN = float("nan")
YEARS = Periods(date(2015, 1, 1), 12, 5)  # 2015 to 2019
DAYS = st.dates(date(2014, 1, 1), date(2021, 12, 31))


def takings(*rows: tuple[str, str, str | None] | tuple[str, str, str | None, str | None]) -> pd.DataFrame:
    """Approach, region, date of taking over and of giving up, as written in a record."""
    found = []
    for approach, region, on, *rest in rows:
        gave_up = rest[0] if rest else None
        spans = [interval(text) if text else (None, None) for text in (on, gave_up)]
        found.append([approach, region, f"{approach}-{region}", "full", *spans[0], *spans[1]])
    columns = ["approach_id", "region_id", "step_id", "stage", "on_from", "on_to", "gave_up_from", "gave_up_to"]
    return pd.DataFrame(found, columns=columns, dtype=object)


def began(*rows: tuple[str, str | None, str | None]) -> pd.DataFrame:
    found = [[approach, origin, *(interval(on) if on else (None, None))] for approach, origin, on in rows]
    return pd.DataFrame(found, columns=["approach_id", "origin", "started_from", "started_to"], dtype=object)


def of_one(*dates: str | None, periods: Periods = YEARS) -> Adoptions:
    """One approach, and a region for each date."""
    names = [f"r{number}" for number in range(len(dates))]
    return times_of_adoption(
        takings(*[("a", name, on) for name, on in zip(names, dates, strict=True)]), names, ["a"], periods
    )


def column(table: np.ndarray) -> list[float]:
    found: list[float] = table[:, 0].tolist()
    return found


@pytest.mark.parametrize(
    ("months", "first", "count", "labels"),
    [
        (12, date(2015, 1, 1), 3, ("2015", "2016", "2017")),
        (24, date(2015, 1, 1), 2, ("2015–2016", "2017–2018")),
        (3, date(2015, 4, 1), 8, ("2015-04–2015-06", "2015-07–2015-09")),
        (1, date(2015, 5, 1), 23, ("2015-05", "2015-06")),
    ],
)
def test_periods_cover_the_days_and_begin_where_the_calendar_does(
    months: int, first: date, count: int, labels: tuple[str, ...]
) -> None:
    found = Periods.covering([date(2017, 3, 31), None], [date(2015, 5, 20)], months=months)

    assert found == Periods(first, months, count)
    assert len(found.labels()) == count
    assert found.labels()[: len(labels)] == labels


def test_periods_end_with_the_last_day_of_the_records() -> None:
    days = [date(2015, 5, 20), date(2017, 3, 31)]

    assert Periods.covering(days, until=date(2020, 12, 31)).count == 6
    assert Periods.covering(days, until=date(2016, 12, 31)).count == 2  # what came later is not in them
    assert Periods.covering(days, until=date(2014, 6, 30)) == Periods(date(2014, 1, 1), 12, 1)


def test_a_period_across_new_year_names_both_ends() -> None:
    assert Periods(date(2015, 7, 1), 12, 2).labels() == ("2015-07–2016-06", "2016-07–2017-06")


@given(st.lists(DAYS, min_size=1), st.sampled_from([1, 2, 3, 4, 6, 12, 24]))
def test_every_day_covered_is_in_a_period(days: list[date], months: int) -> None:
    found = Periods.covering(days, months=months)
    places = [found.index(day) for day in days]

    assert min(places) == 0
    assert max(places) == found.count - 1
    np.testing.assert_array_equal(found.indices(np.array(days, dtype="datetime64[D]")), places)


@given(DAYS, st.sampled_from([1, 3, 12]))
def test_a_day_before_the_first_period_has_a_number_below_0(day: date, months: int) -> None:
    found = Periods(date(2016, 1, 1), months, 1)

    assert (found.index(day) < 0) == (day < date(2016, 1, 1))


@pytest.mark.parametrize("months", [0, 5, 18, -12])
def test_periods_that_do_not_fit_the_calendar_are_refused(months: int) -> None:
    with pytest.raises(ValueError, match="divisor of 12 months"):
        Periods.covering([date(2015, 1, 1)], months=months)


def test_periods_of_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="no period to cover"):
        Periods.covering([None], [])
    with pytest.raises(ValueError, match="at least one period"):
        Periods(date(2015, 1, 1), 12, 0)
    with pytest.raises(ValueError, match="first day of a month"):
        Periods(date(2015, 1, 2), 12, 1)


def test_adoptions_fall_in_the_period_of_their_day() -> None:
    found = of_one("2015-01-01", "2015-12-31", "2017-06", "2019", None)

    assert column(found.toa) == pytest.approx([0, 0, 2, 4, NAN], nan_ok=True)
    assert not found.uncertain.any()
    assert found.undated.tolist() == [1]
    assert column(found.without_date) == [False] * 4 + [True]


def test_what_came_after_the_last_period_has_not_happened_yet() -> None:
    found = of_one("2019-12-31", "2020-01-01")

    assert column(found.toa) == pytest.approx([4, NAN], nan_ok=True)
    assert found.undated.tolist() == [0]


def test_what_came_before_the_first_period_is_marked_and_stands_in_the_first() -> None:
    found = of_one("2014-12-31", "2009", "2015-01-01")

    assert column(found.toa) == [0, 0, 0]
    assert column(found.left_censored) == [True, True, False]


def test_a_year_falls_in_the_month_of_its_middle_and_is_uncertain() -> None:
    # The middle of 2016 is 1 July (day 183 of 366, counted from 0 as 182); of February 2016 in February.
    found = of_one("2016", "2016-02", "2016-02-10", periods=Periods(date(2016, 1, 1), 1, 12))

    assert column(found.toa) == [6, 1, 1]
    assert column(found.uncertain) == [True, False, False]


def test_a_date_that_reaches_over_an_end_of_the_records_is_uncertain() -> None:
    middle = Periods(date(2016, 8, 1), 1, 3)  # August to October

    found = of_one("2016", "2016-07", "2015", "2017", periods=middle)
    # 2016 may lie within them or not, its middle lies before; July 2016 and 2015 lie before, 2017 after.
    assert column(found.toa) == pytest.approx([0, 0, 0, NAN], nan_ok=True)
    assert column(found.left_censored) == [True, True, True, False]
    assert column(found.uncertain) == [True, False, False, False]

    found = of_one("2016", periods=Periods(date(2016, 3, 1), 1, 3))  # March to May: the middle lies after
    assert column(found.toa) == pytest.approx([NAN], nan_ok=True)
    assert column(found.uncertain) == [True]


def test_giving_up_is_placed_like_taking_over_and_never_before_it() -> None:
    rows = takings(
        ("a", "r0", "2015", "2017-05"),
        ("a", "r1", "2016-11", "2016"),  # the middle of the year lies before November
        ("a", "r2", "2015", None),
        ("a", "r3", "2015", "2020"),  # after the last period
        ("a", "r4", None, "2017"),
        ("a", "r5", "2010", "2012"),
        ("a", "r6", "2021", "2022"),
    )
    names = [f"r{number}" for number in range(7)]

    by_year = times_of_adoption(rows, names, ["a"], YEARS)
    assert column(by_year.gave_up) == pytest.approx([2, 1, NAN, NAN, NAN, 0, NAN], nan_ok=True)
    by_month = times_of_adoption(rows, ["r1"], ["a"], Periods(date(2016, 1, 1), 1, 12))
    assert column(by_month.toa) == column(by_month.gave_up) == [10]


def test_where_it_began_is_no_adoption_and_not_at_risk() -> None:
    table = takings(("a", "r1", "2016"), ("b", "r0", None))
    origins = began(
        ("a", "r0", "2013"), ("b", "r1", "2017"), ("c", "r1", None), ("d", None, "2016"), ("e", "r0", "2016")
    )

    found = times_of_adoption(table, ["r0", "r1"], ["a", "b", "c", "d"], YEARS, origins=origins)

    np.testing.assert_array_equal(found.origin, [[1, 0, 0, 0], [0, 1, 1, 0]])
    np.testing.assert_array_equal(found.began, [[0, NAN, NAN, NAN], [NAN, 2, NAN, NAN]])
    np.testing.assert_array_equal(found.toa, [[NAN, NAN, NAN, NAN], [1, NAN, NAN, NAN]])
    np.testing.assert_array_equal(found.left_out, [[1, 1, 0, 0], [0, 1, 1, 0]])


def test_rows_and_columns_are_as_asked_and_others_stay_out() -> None:
    table = takings(("a", "r", "2016"), ("a", "s", "2017"), ("b", "r", "2018"))

    found = times_of_adoption(table, ["t", "s", "r"], ["b", "c"], YEARS)

    assert (found.regions, found.approaches) == (("t", "s", "r"), ("b", "c"))
    np.testing.assert_array_equal(found.toa, [[NAN, NAN], [NAN, NAN], [3, NAN]])


@pytest.mark.parametrize(("regions", "approaches"), [([], []), (["r"], []), ([], ["a"]), (["r"], ["a"])])
def test_an_empty_table_gives_empty_arrays(regions: list[str], approaches: list[str]) -> None:
    found = times_of_adoption(takings(), regions, approaches, YEARS, origins=began())

    assert found.toa.shape == found.gave_up.shape == found.uncertain.shape == (len(regions), len(approaches))
    assert np.isnan(found.toa).all()
    assert found.undated.tolist() == [0] * len(approaches)


def test_missing_dates_of_any_kind_are_unknown() -> None:
    table = takings(("a", "r", None), ("a", "s", None))
    table["on_from"] = pd.Series([pd.NaT, NAN], dtype=object)
    table["on_to"] = pd.Series([date(2016, 1, 1), None], dtype=object)

    found = times_of_adoption(table, ["r", "s"], ["a"], YEARS)

    assert np.isnan(found.toa).all()
    assert found.undated.tolist() == [2]


def test_what_is_named_twice_is_refused() -> None:
    with pytest.raises(ValueError, match="named once"):
        times_of_adoption(takings(), ["r", "r"], ["a"], YEARS)
    with pytest.raises(ValueError, match="takes an approach over once"):
        times_of_adoption(takings(("a", "r", "2016"), ("a", "r", "2017")), ["r"], ["a"], YEARS)


CELLS = st.dictionaries(
    st.tuples(st.sampled_from("ab"), st.sampled_from("rst")),
    st.sampled_from([None, "2014", "2016", "2016-05", "2017-12-31", "2020"]),
)


@given(CELLS, st.permutations(["r", "s", "t"]))
def test_the_order_of_regions_and_rows_plays_no_part(
    cells: dict[tuple[str, str], str | None], order: list[str]
) -> None:
    rows = [(approach, region, on) for (approach, region), on in cells.items()]
    one = times_of_adoption(takings(*rows), ["r", "s", "t"], ["a", "b"], YEARS)
    other = times_of_adoption(takings(*rows[::-1]), order, ["a", "b"], YEARS)

    places = [one.regions.index(region) for region in order]
    np.testing.assert_array_equal(other.toa, one.toa[places])
    np.testing.assert_array_equal(other.uncertain, one.uncertain[places])
    np.testing.assert_array_equal(other.undated, one.undated)


@given(CELLS, st.integers(1, 3))
def test_periods_that_begin_earlier_shift_the_result(cells: dict[tuple[str, str], str | None], by: int) -> None:
    table = takings(*[(approach, region, on) for (approach, region), on in cells.items()])
    now = times_of_adoption(table, ["r", "s", "t"], ["a", "b"], YEARS)
    earlier = Periods(date(2015 - by, 1, 1), 12, 5 + by)
    later = times_of_adoption(table, ["r", "s", "t"], ["a", "b"], earlier)

    np.testing.assert_array_equal(later.toa[~now.left_censored], now.toa[~now.left_censored] + by)


@given(st.lists(DAYS, min_size=1, max_size=8), st.sampled_from([1, 3, 12]))
def test_a_day_is_never_uncertain(days: list[date], months: int) -> None:
    periods = Periods.covering([min(days) + timedelta(days=200)], months=months)

    assert not of_one(*[day.isoformat() for day in days], periods=periods).uncertain.any()
