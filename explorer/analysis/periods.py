"""Years: which rows fall in a period, with dates of day, month or year precision."""

from datetime import date

import pandas as pd


def in_period(rows: pd.DataFrame, first: str, last: str, years: tuple[int, int] | None) -> pd.Series:
    """Whether each row overlaps the years given.

    Parameters
    ----------
    rows
        Any table.
    first, last
        Columns with the first and last day (``datetime.date`` or None). A row
        without a last day goes on; a row without both is of unknown date.
    years
        First and last year, both included; None for all.

    Returns
    -------
    Series of bool
        All true where `years` is None. A row of unknown date is in no period:
        an unknown date is never "some year".
    """
    if years is None:
        return pd.Series(data=True, index=rows.index)
    begins = rows[first].map(_year)
    ends = rows[last].map(_year)
    known = begins.notna() | ends.notna()
    return known & (begins.fillna(-1) <= years[1]) & (ends.fillna(9999) >= years[0])


def years_of(*columns: pd.Series) -> tuple[int, int] | None:
    """First and last year that occurs in `columns` of dates; None where no date is known."""
    years = [year for column in columns for year in column.map(_year).dropna()]
    return (int(min(years)), int(max(years))) if years else None


def _year(day: date | None) -> float | None:
    return float(day.year) if isinstance(day, date) and not pd.isna(day) else None
