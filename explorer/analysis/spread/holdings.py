"""Where each approach could be shown, and since when."""

import numpy as np
import pandas as pd

from explorer.analysis.territories import Territories

from .evidence import Evidence, dated

EVER = -np.inf  # an approach whose beginning is unknown was in use where it began as long as anyone knows

COLUMNS = ["approach_id", "holder", "since_from", "since_to"]


def holdings(evidence: Evidence, taken: pd.DataFrame) -> pd.DataFrame:
    """Which region has each approach, since when, and at which hosts it could be shown.

    What a region has, everything in it and above it can show, short of a
    country: a province shows what its city does. A region has an approach from
    its first taking-over on, also where it dropped it later.

    Parameters
    ----------
    taken
        What `takings` gives for this evidence.

    Returns
    -------
    DataFrame
        One row per region that has an approach and place that could show it:
        approach_id, holder (the region), since_from, since_to (day numbers;
        `EVER` where the approach began on an unknown day, NaN where it was
        taken over on one), host (the place, the holder itself first). Empty
        where nobody has anything.
    """
    origins = dated(evidence.approaches.dropna(subset=["origin"]), "started_from", "started_to")
    origins = origins.rename(columns={"origin": "holder", "started_from": "since_from", "started_to": "since_to"})
    origins = origins.fillna({"since_from": EVER, "since_to": EVER})
    takers = dated(taken).rename(columns={"region_id": "holder", "on_from": "since_from", "on_to": "since_to"})
    held = pd.concat([origins[COLUMNS], takers[COLUMNS]], ignore_index=True)
    places = {holder: _places(holder, evidence.land) for holder in held["holder"].unique()}
    hosts = pd.Series([places[holder] for holder in held["holder"]], index=held.index, dtype=object)
    spread = held.assign(host=hosts).explode("host", ignore_index=True)
    return spread.astype({"approach_id": object, "holder": object, "host": object})  # also where there is no row


def around(region: str, land: Territories) -> list[str]:
    """The regions that `region` lies in, nearest first, short of a country: what it shows, they show."""
    return [above for above in land.above(region) if land.kinds.get(above) != "country"]


def _places(holder: str, land: Territories) -> list[str]:
    return [holder, *sorted({*land.within(holder), *around(holder, land)} - {holder})]
