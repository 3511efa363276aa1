"""A text that is no date is answered with the form to write."""

import pytest
from loader_examples import checked

from graph_loader.meant_date import readings, wrong_date


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("15-01-2024", "2024-01-15"),
        ("01/15/2024", "2024-01-15"),
        ("4.4.2024", "2024-04-04"),
        ("2024/1/5", "2024-01-05"),
        ("1-2024", "2024-01"),
        ("20240115", "2024-01-15"),
        ("15 januari 2024", "2024-01-15"),
        ("1. März 2024", "2024-03-01"),
        ("January 5, 2024", "2024-01-05"),
        ("Mai 2023", "2023-05"),
        ("2024-01-15 10:30", "2024-01-15"),
    ],
)
def test_what_is_beyond_doubt_is_given_in_the_form_to_write(text: str, meant: str) -> None:
    assert readings(text) == (meant,)


def test_both_readings_are_given_where_day_and_month_cannot_be_told_apart() -> None:
    assert readings("03-04-2024") == ("2024-04-03", "2024-03-04")


@pytest.mark.parametrize("text", ["soon", "2019-13", "31-02-2024", "15-01-24", "15-01-0024", "15-Foo-2024", ""])
def test_nothing_is_guessed_where_nothing_can_be_told(text: str) -> None:
    assert readings(text) == ()


@pytest.mark.parametrize(
    ("text", "code", "instead"),
    [
        ("03-04-2024", "unclear_date", "2024-04-03 or 2024-03-04"),
        ("31-02-2024", "no_such_day", ""),
        ("2019-13", "no_such_day", ""),
        ("20191301", "no_such_day", ""),
        ("31 februari 2024", "no_such_day", ""),
        ("3/4/24", "short_year", ""),
        ("apr-24", "short_year", ""),
        ("3 april '24", "short_year", ""),
        ("2019-2020", "several_dates", ""),
        ("1-1-2019 t/m 3-4-2020", "several_dates", ""),
        ("voorjaar 2019", "words_around_date", "2019"),
        ("12 november 2023 (concept)", "words_around_date", "2023-11-12"),
        ("about 3-4-2024", "words_around_date", "2024-04-03 or 2024-03-04"),
        ("12 foo 2019", "words_around_date", "2019"),
        ("zomer 24", "not_a_date", ""),
        ("43503", "not_a_date", ""),
        ("soon", "not_a_date", ""),
    ],
)
def test_each_way_of_being_no_date_is_a_fault_of_its_own(text: str, code: str, instead: str) -> None:
    assert wrong_date(text) == (code, instead)


def test_the_fault_gives_the_form_to_write() -> None:
    (fault,) = checked(visits="id,name,on,kind\na,A,12-01-2024,work visit").faults

    assert str(fault) == (
        'visits.csv, row 2, column on: "12-01-2024" may mean two days, as day and month can change places '
        "(write 2024-01-12 or 2024-12-01)"
    )


def test_dates_that_are_wrong_in_different_ways_are_told_apart_each_with_a_mend_that_fits_all_its_rows() -> None:
    dates = ("03-04-2024", "31-02-2024", "05-06-2024", "soon", "30-02-2023", "later")
    rows = "\n".join(f"v{place},V,{text},work visit" for place, text in enumerate(dates))

    found = checked(visits=f"id,name,on,kind\n{rows}").faults.groups

    assert [(group.sentence, group.mend, group.spots[0].rows) for group in found] == [
        (
            '2 dates may mean two days each, as day and month can change places, such as "03-04-2024"',
            "write year, month and day: 03-04-2024 as 2024-04-03 or 2024-03-04",
            (2, 4),
        ),
        (
            '2 dates are not in the calendar, such as "31-02-2024"',
            "look up the right day; write 2019-12-31, 2019-12 or 2019",
            (3, 6),
        ),
        ('2 cells hold no date, such as "soon"', "write 2019-12-31, 2019-12 or 2019", (5, 7)),
    ]


def test_a_date_that_can_mean_one_day_only_is_read_and_said() -> None:
    visits = "id,name,on,kind\na,A,15-01-2024,work visit\nb,B,1 mei 2024,work visit\nc,C,2024,work visit"

    found = checked(visits=visits)

    assert found.faults == ()
    assert [row.cells["on"] for row in found.rows.rows if row.table == "visits"] == ["2024-01-15", "2024-05-01", "2024"]
    (said,) = found.notes
    assert said.sentence == "dates in on are read as: 15-01-2024 = 2024-01-15, 1 mei 2024 = 2024-05-01"


def test_of_many_dates_read_the_first_three_are_said() -> None:
    rows = "\n".join(f"v{day},V,{day}-01-2024,work visit" for day in range(13, 20))

    (said,) = checked(visits=f"id,name,on,kind\n{rows}").notes

    assert said.sentence == (
        "dates in on are read as: 13-01-2024 = 2024-01-13, 14-01-2024 = 2024-01-14, 15-01-2024 = 2024-01-15 …"
    )
