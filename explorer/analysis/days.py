"""Days as numbers, so that arrays can hold and compare them."""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

DAYS_PER_MONTH = 30.4375  # 365.25 / 12


def ordinals(days: Iterable[object]) -> NDArray[np.float64]:
    """Each day as its number (``date.toordinal``), NaN for what is no day; the same length."""
    # one by one: numpy's own conversion of a column of dates takes ten times as long
    numbers = [day.toordinal() if isinstance(day, date) and not pd.isna(day) else np.nan for day in days]
    return np.array(numbers, dtype=np.float64)
