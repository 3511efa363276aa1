"""What came of a visit, for each region that attended it and each approach that it showed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from languages.words import N_

from .attendance import attendances
from .evidence import Evidence, dated, takings
from .ladder import ladders


@dataclass(frozen=True)
class Outcome:
    """What came of a visit for one region and approach: code, words, and by its place how far it went."""

    code: str
    title: str
    explained: str


OUTCOMES = (
    Outcome("taken over", N_("Took it over"), N_("The region took it over after a visit, as far as dates can tell.")),
    Outcome(
        "reported",
        N_("Is said to have taken it over"),
        N_("The visitor said so; no step of taking it over is on record."),
    ),
    Outcome("order unknown", N_("Took it over, order unknown"), N_("It is not known whether the visit came first.")),
    Outcome(
        "impossible",
        N_("Impossible order"),
        N_("It had taken it over before it came, or no host is on record as having it by then."),
    ),
    Outcome("dropped", N_("Decided against it"), N_("A source says that it was dropped or declined.")),
    Outcome("adapting", N_("Is adapting it"), N_("A step of adapting it is on record, not before the visit.")),
    Outcome("considering", N_("Considers it"), N_("A step of considering it is on record, not before the visit.")),
    Outcome("before", N_("Was interested before"), N_("It considered or adapted it before it came, nothing since.")),
    Outcome("nothing", N_("Nothing on record"), N_("Nobody wrote down what came of it; that is not a no.")),
)

_PAIR = ["region_id", "approach_id"]
_KEYS = ["visit_id", *_PAIR]


def meetings(evidence: Evidence, verdicts: pd.DataFrame, regions: set[str]) -> pd.DataFrame:
    """What came of each visit for each of the regions and each approach; not where the approach began.

    Parameters
    ----------
    verdicts
        What the learning tree says of a visit: visit_id, region_id, approach_id, verdict
        ("fits", "impossible", "undated"), grade (where the tree chose it, else empty). Where
        it says nothing, the dates do.
    regions
        Ids of the regions that count.

    Returns
    -------
    DataFrame
        visit_id, region_id, approach_id, visit_to (its last day as a number, NaN where
        unknown), outcome (code of `OUTCOMES`), grade; one row per visit, region and
        approach, in that order.
    """
    took = takings(evidence)
    rows = attendances(evidence, took)
    rows = rows[rows["region_id"].isin(regions)]
    began = evidence.approaches[["approach_id", "origin"]]
    rows = rows.merge(began, on="approach_id", how="left")
    rows = rows[rows["region_id"] != rows["origin"]].merge(verdicts, on=_KEYS, how="left")
    first = dated(took).rename(columns={"on_from": "taken_from", "on_to": "taken_to"})
    rows = rows.merge(first[[*_PAIR, "step_id", "taken_from", "taken_to"]], on=_PAIR, how="left")
    rows = _with_interest(rows, evidence).merge(_said(evidence), on=["visit_id", "region_id"], how="left")
    took_it, said, dropped = rows["step_id"].notna(), rows["said"], rows["present"] == "dropped"
    late = rows["taken_to"] < rows["visit_from"]
    undated = rows["taken_to"].isna() | rows["visit_from"].isna()
    tests = [
        took_it & ((rows["verdict"] == "impossible") | (rows["verdict"].isna() & late)),
        took_it & ((rows["verdict"] == "undated") | (rows["verdict"].isna() & undated)),
        took_it,
        said == "taken over",
        dropped,
        rows["adapting"] | (said == "adapting"),
        rows["considering"] | (said == "considering"),
        said == "declined",
        rows["before"],
    ]
    codes = ["impossible", "order unknown", "taken over", "reported", "dropped", "adapting", "considering", "dropped"]
    outcome = np.select([test.to_numpy(dtype=bool) for test in tests], [*codes, "before"], "nothing")
    rows = rows.assign(outcome=outcome.astype(object), grade=rows["grade"].fillna(""))
    return rows[[*_KEYS, "visit_to", "outcome", "grade"]].sort_values(_KEYS, ignore_index=True)


def _with_interest(rows: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """With the stage that each region is at, and whether its interest came after the visit or before it."""
    steps = dated(evidence.steps)
    for stage in ("considering", "adapting"):
        own = steps[steps["stage"] == stage].assign(on_to=lambda table: table["on_to"].fillna(np.inf))
        latest = own.groupby(_PAIR)["on_to"].max().rename(f"{stage}_to").reset_index()
        rows = rows.merge(latest, on=_PAIR, how="left")
        rows[stage] = rows[f"{stage}_to"].notna() & ~(rows[f"{stage}_to"] < rows["visit_from"])
    rows["before"] = rows["considering_to"].notna() | rows["adapting_to"].notna()
    return rows.merge(ladders(evidence.steps)[[*_PAIR, "present"]], on=_PAIR, how="left")


def _said(evidence: Evidence) -> pd.DataFrame:
    """What was said to have come of a visit, for all its approaches; of several visitors the one that went furthest."""
    if "outcome" not in evidence.attended:
        return pd.DataFrame(columns=["visit_id", "region_id", "said"])
    order = ["taken over", "adapting", "considering", "declined"]
    told = evidence.attended[evidence.attended["outcome"].isin(order) & (evidence.attended["how"] != "from above")]
    told = told.assign(rank=told["outcome"].map({code: rank for rank, code in enumerate(order)}).astype(float))
    told = told.sort_values("rank").drop_duplicates(["visit_id", "region_id"])
    return told[["visit_id", "region_id", "outcome"]].rename(columns={"outcome": "said"})
