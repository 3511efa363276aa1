"""What came of a visit, for each region that attended it and each approach that it showed."""

from dataclasses import dataclass

import numpy as np
import pandas as pd

from graph_store.schema import INTEREST
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
        N_("Cannot be from this visit"),
        N_("It had taken it over before it came, or no host is on record as having it by then."),
    ),
    Outcome("dropped", N_("Decided against it"), N_("A source says that it was dropped or declined.")),
    Outcome("adapting", N_("Is adapting it"), N_("A step of adapting it is on record, not before the visit.")),
    Outcome("considering", N_("Considers it"), N_("A step of considering it is on record, not before the visit.")),
    Outcome("before", N_("Was interested before"), N_("It considered or adapted it before it came, nothing since.")),
    Outcome("nothing", N_("Nothing on record"), N_("Nobody wrote down what came of it; that is not a no.")),
)

ANSWERS = ("taken over", "adapting", "considering", "declined", "none")
"""What a visitor may answer; of several visitors of one region the first of these counts."""

_PAIR = ["region_id", "approach_id"]
_KEYS = ["visit_id", *_PAIR]
_ANSWER = ["outcome", "outcome_on", "outcome_from", "outcome_to"]


def meetings(evidence: Evidence, verdicts: pd.DataFrame, regions: set[str]) -> pd.DataFrame:
    """What came of each visit for each of the regions and each approach; not where the approach began.

    What a visitor answered fills in where no step is on record. A refusal also
    ends an interest on record, unless a step of it certainly came after the
    refusal; it takes no taking-over back. An answer is about its own visit alone.

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
        unknown), outcome (code of `OUTCOMES`), answered (whether an answer alone says
        so, no step), grade; one row per visit, region and approach, in that order.
    """
    rows = attendances(evidence)
    rows = rows[rows["region_id"].isin(regions)]
    began = evidence.approaches[["approach_id", "origin"]]
    rows = rows.merge(began, on="approach_id", how="left")
    rows = rows[rows["region_id"] != rows["origin"]].merge(verdicts, on=_KEYS, how="left")
    first = dated(takings(evidence)).rename(columns={"on_from": "taken_from", "on_to": "taken_to"})
    rows = rows.merge(first[[*_PAIR, "step_id", "taken_from", "taken_to"]], on=_PAIR, how="left")
    rows = _with_interest(rows.merge(answers(evidence), on=["visit_id", "region_id"], how="left"), evidence)
    rows = _judged(rows).assign(grade=rows["grade"].fillna(""))
    return rows[[*_KEYS, "visit_to", "outcome", "answered", "grade"]].sort_values(_KEYS, ignore_index=True)


def _judged(rows: pd.DataFrame) -> pd.DataFrame:
    """With the outcome of each row: the first that holds; and whether an answer alone says so."""
    took_it, said, verdict = rows["step_id"].notna(), rows["said"], rows["verdict"]
    late = rows["taken_to"] < rows["visit_from"]
    undated = rows["taken_to"].isna() | rows["visit_from"].isna()
    tests = (
        ("impossible", False, took_it & ((verdict == "impossible") | (verdict.isna() & late))),
        ("order unknown", False, took_it & ((verdict == "undated") | (verdict.isna() & undated))),
        ("taken over", False, took_it),
        ("reported", True, said == "taken over"),
        ("dropped", False, rows["present"] == "dropped"),
        ("adapting", False, rows["adapting"]),
        ("adapting", True, said == "adapting"),
        ("considering", False, rows["considering"]),
        ("considering", True, said == "considering"),
        ("dropped", True, said == "declined"),
        ("before", False, rows["before"]),
        ("nothing", False, pd.Series(True, index=rows.index)),
    )
    place = np.stack([holds.to_numpy(dtype=bool) for _code, _by, holds in tests]).argmax(axis=0)
    codes, by = (np.array([test[part] for test in tests], dtype=object) for part in (0, 1))
    return rows.assign(outcome=codes[place], answered=by[place].astype(bool))


def _with_interest(rows: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """With the stage that each region is at, and whether its interest holds after the visit or was there before it.

    A refusal ends an interest, unless a step certainly came after it. Where
    either has no date nobody can say so, and the refusal stands.
    """
    steps = dated(evidence.steps)
    refused = rows["said"] == "declined"
    for stage in INTEREST:
        own = steps[steps["stage"] == stage].assign(on_to=lambda table: table["on_to"].fillna(np.inf))
        latest = own.groupby(_PAIR).agg(begun=("on_from", "max"), over=("on_to", "max"))
        rows = rows.merge(latest.add_prefix(f"{stage}_").reset_index(), on=_PAIR, how="left")
        ended = refused & ~(rows[f"{stage}_begun"] > rows["said_to"])
        rows[stage] = rows[f"{stage}_over"].notna() & ~(rows[f"{stage}_over"] < rows["visit_from"]) & ~ended
    rows["before"] = rows["considering_over"].notna() | rows["adapting_over"].notna()
    return rows.merge(ladders(evidence.steps)[[*_PAIR, "present"]], on=_PAIR, how="left")


def answers(evidence: Evidence) -> pd.DataFrame:
    """What visitors answered when they were asked what came of a visit, for all its approaches.

    Of several visitors of one region the one that went furthest counts; of
    those that say the same, the latest, an unknown day being taken for the
    latest. A body of the territory above does not speak for the region.

    Returns
    -------
    DataFrame
        visit_id, region_id, said (of `ANSWERS`), said_on (since when, as written,
        empty where unknown), said_to (the last day that this may mean, as a
        number, NaN where unknown). Empty where nobody was asked.
    """
    asked = evidence.attended.reindex(columns=["visit_id", "region_id", "how", *_ANSWER])
    told = asked[asked["outcome"].isin(ANSWERS) & (asked["how"] != "from above")]
    told = dated(told.assign(rank=told["outcome"].map(ANSWERS.index)), "outcome_from", "outcome_to")
    told = told.sort_values(["rank", "outcome_to"], ascending=[True, False], na_position="first", kind="stable")
    told = told.drop_duplicates(["visit_id", "region_id"]).astype({"outcome_on": object}).fillna({"outcome_on": ""})
    names = {"outcome": "said", "outcome_on": "said_on", "outcome_to": "said_to"}
    return told.rename(columns=names)[["visit_id", "region_id", *names.values()]].reset_index(drop=True)
