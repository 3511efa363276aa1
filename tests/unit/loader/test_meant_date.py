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
    (fault,) = checked(visits="id,name,on,kind\na,A,15-01-2024,work visit").faults

    assert str(fault) == 'visits.csv, row 2, column on: "15-01-2024" is not a date (write 2024-01-15)'
