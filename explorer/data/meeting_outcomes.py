"""What came of each meeting for each region that attended: by the steps on record, and by what visitors answered."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from explorer.analysis.days import DAYS_PER_MONTH
from explorer.analysis.records import records
from explorer.analysis.spread.evidence import dated, takings
from explorer.analysis.spread.outcomes import answers
from graph_store.schema import ENDED

from .evidence import evidence
from .network import names
from .programme import programme

KNOWN = ("taken over", "reported", "dropped", "adapting", "considering")
"""Outcomes that say what came of a meeting; the others say that nobody knows, or that it cannot be told."""
_ANSWER = {"reported": "taken over", "dropped": "declined", "adapting": "adapting", "considering": "considering"}
"""By outcome the answer that says the same."""


@dataclass(frozen=True)
class CameOf:
    """What came of a meeting for one region that attended and one approach that was shown.

    `outcome` is a code of `outcomes.OUTCOMES`; `on` the date of the step or the
    answer that says so, as written; `months` from the meeting to the taking-over
    (below 0: it came first), NaN where there is none or a date is missing;
    `certain` is False where the dates leave open which came first; `stated` is
    whether a source credits this meeting in words; `why` is what a source says
    of what was dropped.
    """

    region_id: str
    region: str
    approach_id: str
    approach: str
    outcome: str
    on: str
    months: float
    certain: bool
    stated: bool
    why: str


def came_of() -> dict[str, list[CameOf]]:
    """By visit what came of it, furthest first; what is not known comes last."""
    rows = _with_answers(_with_dates(programme().funnel.meetings))
    land, known = evidence().land.names, names()
    order = {code: rank for rank, code in enumerate([*KNOWN, "order unknown", "impossible", "before", "nothing"])}
    rows = rows.assign(rank=rows["outcome"].map(order), region=rows["region_id"].map(land))
    found: dict[str, list[CameOf]] = {}
    for row in records(rows.sort_values(["rank", "region", "approach_id"])):
        found.setdefault(row["visit_id"], []).append(
            CameOf(
                row["region_id"],
                row["region"],
                row["approach_id"],
                known.get(row["approach_id"], (row["approach_id"], ""))[0],
                row["outcome"],
                row["on"] or "",
                float("nan") if row["months"] is None else float(row["months"]),
                bool(row["certain"]),
                row["grade"] == "stated",
                str(row["why"]),
            )
        )
    return found


def _with_answers(rows: pd.DataFrame) -> pd.DataFrame:
    """With the date that visitors gave, where their answer says what came of it and no dated step does."""
    rows = rows.merge(answers(evidence()), on=["visit_id", "region_id"], how="left")
    own = rows["answered"] | ((rows["said"] == rows["outcome"].map(_ANSWER)) & rows["on"].isna())
    return rows.assign(on=rows["on"].where(~own, rows["said_on"]))


def said() -> dict[tuple[str, str], tuple[str, str]]:
    """By visit and region what its visitors answered, the furthest of several, and since when (empty if unknown)."""
    table = answers(evidence())
    cells = table[["visit_id", "region_id", "said", "said_on"]].itertuples(index=False, name=None)
    return {(str(visit), str(region)): (str(code), str(day)) for visit, region, code, day in cells}


def _with_dates(met: pd.DataFrame) -> pd.DataFrame:
    """The outcomes with the date of the step that says so, and how long it came after the meeting."""
    known, pair = evidence(), ["region_id", "approach_id"]
    columns = ["step_id", *pair, "stage", "on", "on_from", "on_to", "dropped", "note"]
    steps = known.steps[columns]
    took = dated(takings(known))[[*pair, "step_id", "on_from", "on_to", "middle"]].merge(
        steps[["step_id", "on"]], on="step_id"
    )
    last = steps.sort_values(["on_from", "on_to"], na_position="first")
    of_stage = {
        code: last[last["stage"].isin(stages)].drop_duplicates(pair, keep="last")[[*pair, "on"]]
        for code, stages in {"dropped": ENDED, "adapting": ("adapting",), "considering": ("considering",)}.items()
    }
    rows = met.merge(took.drop(columns="step_id"), on=pair, how="left")
    when = dated(known.shown.drop_duplicates("visit_id"))[["visit_id", "on_from", "on_to", "middle"]]
    rows = rows.merge(when, on="visit_id", how="left", suffixes=("", "_visit"))
    settled = rows["outcome"].isin(["taken over", "order unknown", "impossible"])
    lasted = rows["outcome"].isin(["taken over", "impossible"])
    for code, table in of_stage.items():
        rows = rows.merge(table.rename(columns={"on": f"on_{code}"}), on=pair, how="left")
        rows["on"] = rows["on"].where(rows["outcome"] != code, rows[f"on_{code}"])
    ended = last[last["stage"].isin(ENDED)].drop_duplicates(pair, keep="last")
    rows = rows.merge(ended.assign(why=ended["dropped"].fillna(ended["note"]))[[*pair, "why"]], on=pair, how="left")
    told = settled | rows["outcome"].isin(list(of_stage))
    months = (rows["middle"] - rows["middle_visit"]) / DAYS_PER_MONTH
    return rows.assign(
        on=rows["on"].where(told & rows["on"].notna(), None),
        months=np.where(lasted, months, np.nan),
        why=rows["why"].where((rows["outcome"] == "dropped") & ~rows["answered"] & rows["why"].notna(), ""),
        certain=~(rows["on_from"] <= rows["on_to_visit"]),
    )
