"""Dates of day, month or year precision: what each may mean, and which comes before which."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph_store.dates import EARLIEST, LATEST, certainly_before, interval, possibly_before

DAYS = st.dates(date(EARLIEST, 1, 1), date(LATEST, 12, 31))
DATES = DAYS.flatmap(lambda day: st.sampled_from([f"{day:%Y}", f"{day:%Y-%m}", f"{day:%Y-%m-%d}"]))
NO_DATES = (
    "", "19", "2019-", "2019-1", "2019-13", "2019-00", "2019-02-30", "2019-02-00", "2019/02/01", "1-2-2019",
    " 2019", "2019 ", "2019-02-01T10:00", "-2019", "1799", "2201", "२०१९x", "nan",
)  # fmt: skip


@given(DAYS)
def test_a_day_means_itself_and_its_month_and_year_contain_it(day: date) -> None:
    for text in (f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}"):
        first, last = interval(text)
        assert first <= day <= last
    assert interval(f"{day:%Y-%m-%d}") == (day, day)


@given(DAYS)
def test_a_more_exact_date_lies_inside_the_less_exact_one(day: date) -> None:
    exact, month, year = (interval(text) for text in (f"{day:%Y-%m-%d}", f"{day:%Y-%m}", f"{day:%Y}"))

    assert year[0] <= month[0] <= exact[0]
    assert exact[1] <= month[1] <= year[1]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2019", date(2019, 1, 1), date(2019, 12, 31)),
        ("2019-02", date(2019, 2, 1), date(2019, 2, 28)),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29)),  # a leap year
        ("1900-02", date(1900, 2, 1), date(1900, 2, 28)),  # divisible by 100 and not by 400: no leap year
        ("2019-12", date(2019, 12, 1), date(2019, 12, 31)),
    ],
)
def test_months_and_years_begin_and_end_where_the_calendar_says(text: str, first: date, last: date) -> None:
    assert interval(text) == (first, last)


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_refused_with_the_way_to_write_one(text: str) -> None:
    with pytest.raises(ValueError, match="write 2019-12-31, 2019-12 or 2019"):
        interval(text)


@given(DATES)
def test_no_date_is_certainly_before_itself_and_each_is_possibly_so(text: str) -> None:
    assert not certainly_before(text, text)
    assert possibly_before(text, text)


@given(DATES, DATES)
def test_before_for_certain_is_the_opposite_of_possibly_after(one: str, other: str) -> None:
    # Every day of one precedes every day of the other exactly when no day of the other can be on or before one.
    assert certainly_before(one, other) == (not possibly_before(other, one))
    if certainly_before(one, other):
        assert possibly_before(one, other)
        assert not certainly_before(other, one)


@given(DATES, DATES, DATES)
def test_before_for_certain_carries_on(one: str, other: str, third: str) -> None:
    if certainly_before(one, other) and certainly_before(other, third):
        assert certainly_before(one, third)


def test_a_visit_and_a_step_of_the_same_year_may_have_come_in_either_order() -> None:
    assert possibly_before("2019-10", "2019")
    assert possibly_before("2019", "2019-10")
    assert not certainly_before("2019", "2019-10")
    assert certainly_before("2018", "2019-10")
