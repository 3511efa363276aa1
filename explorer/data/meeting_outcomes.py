"""What came of each meeting for each region that attended: by the steps on record, and by what visitors answered."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from explorer.analysis.records import records
from explorer.analysis.spread.evidence import DAYS_PER_MONTH, dated, takings
from graph_store.schema import ENDED

from .evidence import evidence
from .graph import ask
from .network import names
from .programme import programme

KNOWN = ("taken over", "reported", "dropped", "adapting", "considering")
"""Outcomes that say what came of a meeting; the others say that nobody knows, or that it cannot be told."""
ANSWERS = ("taken over", "adapting", "considering", "declined", "none")  # of several, the first counts


@dataclass(frozen=True)
class CameOf:
    """What came of a meeting for one region that attended and one approach that was shown.

    `outcome` is a code of `outcomes.OUTCOMES`; `on` the date of the step that
    says so, as written; `months` from the meeting to the taking-over (below 0: it
    came first), NaN where there is none or a date is missing; `certain` is False where the dates leave open which
    came first; `stated` is whether a source credits this meeting in words; `why` is
    what a source says of what was dropped.
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
    rows = _with_dates(programme().funnel.meetings)
    land, known = evidence().land.names, names()
    order = {code: rank for rank, code in enumerate([*KNOWN, "order unknown", "impossible", "before", "nothing"])}
    rows = _with_answers(rows)
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
    """The outcomes with what visitors answered: a refusal ends an interest, and an answer has its own date."""
    told = said()
    answers = [told.get(key, ("", "")) for key in zip(rows["visit_id"], rows["region_id"], strict=True)]
    answer, since = ([one[place] for one in answers] for place in (0, 1))
    rows = rows.assign(answer=answer, since=since)
    refused = (rows["answer"] == "declined") & rows["outcome"].isin(["adapting", "considering", "before", "nothing"])
    rows["outcome"] = rows["outcome"].where(~refused, "dropped")
    matching = {"reported": "taken over", "dropped": "declined", "adapting": "adapting", "considering": "considering"}
    own = (rows["answer"] == rows["outcome"].map(matching)) & (rows["on"].isna() | refused)
    rows["on"] = rows["on"].where(~own, rows["since"])
    return rows


def said() -> dict[tuple[str, str], tuple[str, str]]:
    """By visit and region what its visitors answered, the furthest of several, and since when (empty if unknown)."""
    known = evidence()
    presence = ask("visit_presence")
    told = presence[(presence["part"] == "attended") & presence["outcome"].notna()]
    told = told[["visit_id", "body_id", "outcome", "outcome_on"]].rename(columns={"body_id": "attendee_id"})
    own = known.attended.loc[known.attended["how"] != "from above", ["visit_id", "region_id", "attendee_id"]]
    told = own.merge(told, on=["visit_id", "attendee_id"])
    told = told.assign(rank=told["outcome"].map({code: rank for rank, code in enumerate(ANSWERS)}))
    told = told.sort_values("rank").drop_duplicates(["visit_id", "region_id"])
    keys = zip(told["visit_id"], told["region_id"], strict=True)
    answers = zip(told["outcome"], [day or "" for day in told["outcome_on"]], strict=True)
    return {(str(v), str(r)): (str(code), str(day)) for (v, r), (code, day) in zip(keys, answers, strict=True)}


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
        why=rows["why"].where((rows["outcome"] == "dropped") & rows["why"].notna(), ""),
        certain=~(rows["on_from"] <= rows["on_to_visit"]),
    )
