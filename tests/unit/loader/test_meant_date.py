"""A text that is no date is answered with the form to write."""

import pytest
from loader_examples import checked

from graph_loader.meant_date import meant_date, readings


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
    assert meant_date(text) == meant


def test_both_readings_are_given_where_day_and_month_cannot_be_told_apart() -> None:
    assert readings("03-04-2024") == ("2024-04-03", "2024-03-04")


@pytest.mark.parametrize("text", ["soon", "2019-13", "31-02-2024", "15-01-24", "15-01-0024", "15-Foo-2024", ""])
def test_nothing_is_guessed_where_nothing_can_be_told(text: str) -> None:
    assert meant_date(text) == ""


def test_the_fault_gives_the_form_to_write() -> None:
    (fault,) = checked(visits="id,name,on,kind\na,A,12-01-2024,work visit").faults

    assert str(fault) == 'visits.csv, row 2, column on: "12-01-2024" is not a date (write 2024-01-12 or 2024-12-01)'


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
