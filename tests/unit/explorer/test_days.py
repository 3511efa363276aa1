"""Days as numbers."""

from datetime import date

import numpy as np
import pandas as pd

from explorer.analysis.days import ordinals


def test_days_become_their_numbers_and_all_else_is_not_a_number() -> None:
    # The first of January of the year 1 is day 1; what stands for a missing date differs from table to table.
    found = ordinals([date(1, 1, 1), date(1, 2, 1), None, np.nan, pd.NaT, "2019"])

    np.testing.assert_array_equal(found, [1, 32, np.nan, np.nan, np.nan, np.nan])


def test_no_days_become_no_numbers() -> None:
    assert ordinals(pd.Series([], dtype=object)).shape == (0,)
