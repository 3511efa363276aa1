"""Which rows fall in a period."""

from datetime import date

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from explorer.analysis.periods import in_period, years_of

YEARS = st.none() | st.integers(2000, 2020).map(lambda year: date(year, 6, 1))


def spans(*pairs: tuple[date | None, date | None]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "first": pd.Series([a for a, _b in pairs], dtype=object),
            "last": pd.Series([b for _a, b in pairs], dtype=object),
        }
    )


def kept(first: date | None, last: date | None, years: tuple[int, int] | None) -> bool:
    return bool(in_period(spans((first, last)), "first", "last", years).iloc[0])


@pytest.mark.parametrize(
    ("first", "last", "inside"),
    [
        (date(2014, 1, 1), date(2016, 12, 31), True),
        (date(2010, 1, 1), date(2014, 1, 1), True),  # touches the first year on its first day
        (date(2016, 12, 31), date(2020, 1, 1), True),  # touches the last year on its last day
        (date(2010, 1, 1), date(2020, 1, 1), True),  # around it
        (date(2010, 1, 1), date(2013, 12, 31), False),
        (date(2017, 1, 1), date(2020, 1, 1), False),
        (date(2010, 1, 1), None, True),  # still going on
        (date(2017, 1, 1), None, False),
        (None, date(2014, 5, 1), True),
        (None, date(2013, 5, 1), False),
        (None, None, False),  # an unknown date is never "some year"
    ],
)
def test_a_row_is_in_the_period_that_it_touches(first: date | None, last: date | None, inside: bool) -> None:
    assert kept(first, last, (2014, 2016)) is inside


def test_without_a_period_every_row_is_in() -> None:
    assert in_period(spans((None, None), (date(2014, 1, 1), None)), "first", "last", None).tolist() == [True, True]


@pytest.mark.parametrize("years", [None, (2014, 2016)])
def test_no_rows_give_no_answers(years: tuple[int, int] | None) -> None:
    assert in_period(spans(), "first", "last", years).tolist() == []


def test_missing_dates_of_any_kind_are_unknown() -> None:
    table = pd.DataFrame({"first": [pd.NaT, float("nan")], "last": [None, pd.NaT]}, dtype=object)

    assert in_period(table, "first", "last", (1900, 2100)).tolist() == [False, False]


@given(YEARS, YEARS, st.integers(2000, 2020), st.integers(0, 5), st.integers(0, 5))
def test_a_wider_period_never_loses_a_row(
    first: date | None, last: date | None, year: int, more: int, span: int
) -> None:
    narrow = kept(first, last, (year, year + span))
    wide = kept(first, last, (year - more, year + span + more))

    assert wide or not narrow


def test_the_years_of_dates_are_the_first_and_the_last_of_all_columns() -> None:
    one = pd.Series([date(2014, 3, 1), None], dtype=object)
    other = pd.Series([date(2003, 1, 1), date(2010, 1, 1)], dtype=object)

    assert years_of(one, other) == (2003, 2014)
    assert years_of(pd.Series([None], dtype=object)) is None
    assert years_of() is None
