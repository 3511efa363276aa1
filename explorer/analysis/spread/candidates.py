"""Who could have shown an approach to whom: every credit and every visit, judged by the order of dates.

A date of month or year precision is an interval of days. One day *certainly*
comes before another where its interval ends before the other begins, it
*possibly* does where the intervals leave that open, and otherwise the order is
impossible.
"""

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd

from .evidence import Evidence, could_take_over, dated, takings
from .holdings import EVER, holdings

CERTAIN, POSSIBLE, IMPOSSIBLE, UNDATED = "certain", "possible", "impossible", "undated"

COLUMNS = [
    "approach_id", "region_id", "grade", "source", "visit_id", "host",
    "order", "problem", "lag_least", "lag_most", "visit_from", "visit_to",
]  # fmt: skip


def candidates(evidence: Evidence) -> pd.DataFrame:
    """All visits and regions that could explain each taking-over, and those that cannot.

    Returns
    -------
    DataFrame
        One row per taking-over, grade ("stated", "consistent", "from above")
        and visit or region: approach_id, region_id, grade, source (the region
        that had the approach, empty where the record does not tell), visit_id
        (empty for a credited region), host (region of the host where that is
        not the source itself, else empty), order ("certain", "possible",
        "impossible", "undated": a date that is missing), problem (code of
        `PROBLEMS`, empty where there is none), lag_least and lag_most (days
        from the visit, or from the source's own start, to the taking-over;
        NaN where unknown), visit_from, visit_to (days as ordinals, NaN where
        unknown). Empty without any taking-over.
    """
    first = takings(evidence)
    taken, held = dated(first), holdings(evidence, first)
    found = pd.concat([_attended(evidence, taken, held), _credited(evidence, taken, held)], ignore_index=True)
    grades = pd.Categorical(found["grade"], ["stated", "consistent", "from above"])
    keys = ["approach_id", "region_id", "rank", "visit_to", "visit_id", "source", "host"]
    return found.assign(rank=grades.codes).sort_values(keys, ignore_index=True)[COLUMNS]


def sightings(evidence: Evidence, end: date) -> pd.DataFrame:
    """Every visit at which a region could see an approach that it did not have, whether or not it took it over.

    Counted are regions that could take something over, see `could_take_over`.

    Returns
    -------
    DataFrame
        approach_id, region_id, visit_id, grade ("consistent", "from above"),
        seen (day of the visit), left (day of the taking-over, else `end`), took
        (bool): one row per region, approach and visit that came before, or may
        have; days as ordinals, the middle of what a date may mean. Undated
        visits and takings-over, and hosts without the approach, are left out.
    """
    first = takings(evidence)
    taken, held = dated(first), holdings(evidence, first)
    began = evidence.approaches[["approach_id", "origin"]].rename(columns={"origin": "region_id"})
    present = evidence.attended[evidence.attended["region_id"].isin(could_take_over(evidence))]
    shown = evidence.shown[["visit_id", "approach_id"]]
    came = present[["region_id", "visit_id"]].merge(shown, on="visit_id")
    known = pd.concat([taken[["approach_id", "region_id"]], began])
    others = came[["approach_id", "region_id"]].drop_duplicates().merge(known, how="left", indicator="known")
    others = others[others["known"] == "left_only"].assign(on_from=float(end.toordinal()), on_to=float(end.toordinal()))
    pairs = pd.concat([taken.assign(took=True), others.assign(took=False)], ignore_index=True)
    columns = ["approach_id", "region_id", "on_from", "on_to", "took"]
    seen = _attended(evidence, pairs[columns], held)
    seen = seen[seen["order"].isin([CERTAIN, POSSIBLE])].drop_duplicates(["approach_id", "region_id", "visit_id"])
    found = seen.merge(pairs[columns], on=["approach_id", "region_id"])
    return found.assign(
        seen=(found["visit_from"] + found["visit_to"]) / 2, left=(found["on_from"] + found["on_to"]) / 2
    )[["approach_id", "region_id", "visit_id", "grade", "seen", "left", "took"]].reset_index(drop=True)


def _attended(evidence: Evidence, taken: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Visits about the approach that the region, or a body above it, attended."""
    shown = dated(evidence.shown.drop_duplicates(["visit_id", "approach_id"]))
    shown = shown.rename(columns={"on_from": "visit_from", "on_to": "visit_to"})
    came = evidence.attended[["region_id", "visit_id", "how"]].drop_duplicates()
    came = came.assign(grade=np.where(came["how"] == "from above", "from above", "consistent"))
    came = came.sort_values("grade").drop_duplicates(["region_id", "visit_id"])  # its own presence tells more
    seen = came.merge(shown[["visit_id", "approach_id", "visit_from", "visit_to"]], on="visit_id")
    seen = taken.merge(seen, on=["approach_id", "region_id"])
    hosts = evidence.hosts[["visit_id", "region_id"]].dropna().drop_duplicates()
    seen = seen.merge(hosts.rename(columns={"region_id": "host"}), on="visit_id")
    seen = seen[seen["host"] != seen["region_id"]]
    return _judged(_with_holder(seen, held))


def _credited(evidence: Evidence, taken: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Visits and regions that a step is credited to by a source.

    A later step may be credited to a later visit: that says nothing about the taking-over.
    """
    steps = evidence.steps.explode("credited_to").dropna(subset=["credited_to"])
    steps = dated(steps).rename(columns={"on_from": "step_from"})
    credits = steps[["approach_id", "region_id", "credited_to", "step_from"]]
    credits = taken.merge(credits, on=["approach_id", "region_id"]).assign(grade="stated")
    credits = credits.sort_values("step_from").drop_duplicates(["approach_id", "region_id", "credited_to"])
    is_region = credits["credited_to"].isin(list(evidence.land.names))
    visits = dated(evidence.shown.drop_duplicates("visit_id")).set_index("visit_id")
    hosts = evidence.hosts[["visit_id", "region_id"]].dropna().drop_duplicates()
    hosts = hosts.rename(columns={"region_id": "host"})
    to_visit = credits[~is_region].rename(columns={"credited_to": "visit_id"}).merge(hosts, on="visit_id", how="left")
    to_visit["host"] = to_visit["host"].where(to_visit["host"] != to_visit["region_id"]).fillna("")
    to_region = credits[is_region].rename(columns={"credited_to": "host"}).assign(visit_id="")
    found = pd.concat([to_visit, to_region], ignore_index=True)
    for column, day in (("visit_from", "on_from"), ("visit_to", "on_to")):
        found[column] = found["visit_id"].map(visits[day]).astype(float)
    found = found[found["host"] != found["region_id"]]  # a region's own word for itself names no source
    later = (found["step_from"] > found["on_to"]) & (found["visit_from"] > found["on_to"])
    return _judged(_with_holder(found[~later], held))


def _with_holder(seen: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Each row with the region that had the approach and could show it at the host's: the best known one."""
    rows = seen.reset_index(drop=True).reset_index(names="row")
    met = rows.merge(held, on=["approach_id", "host"], how="left")
    met.loc[met["holder"] == met["region_id"], ["holder", "since_from", "since_to"]] = [np.nan, np.nan, np.nan]
    had = pd.Categorical(
        _order(met["since_from"], met["since_to"], *_shown_on(met)), [CERTAIN, POSSIBLE, UNDATED, IMPOSSIBLE]
    )
    met = met.assign(had=had, itself=met["holder"] != met["host"])
    return met.sort_values(["row", "had", "itself", "since_from", "holder"]).drop_duplicates("row")


def _shown_on(rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The days of the visit; of a region credited without a visit, those of the taking-over."""
    without = rows["visit_id"] == ""
    return (
        rows["visit_from"].where(~without, rows["on_from"]),
        rows["visit_to"].where(~without, rows["on_to"]),
    )


def _judged(rows: pd.DataFrame) -> pd.DataFrame:
    """Order, problem and lag of each row."""
    shown_from, shown_to = _shown_on(rows)
    in_time = np.where(rows["visit_id"] == "", CERTAIN, _order(shown_from, shown_to, rows["on_from"], rows["on_to"]))
    known = rows["holder"].notna()
    stated = rows["grade"] == "stated"
    had = np.where(known, rows["had"].astype(object), np.where(stated, POSSIBLE, IMPOSSIBLE))
    elsewhere = (
        stated & (rows["visit_id"] != "") & (had == IMPOSSIBLE)
    )  # shown there by someone else: the source says so
    known, had = known & ~elsewhere, np.where(elsewhere, POSSIBLE, had)
    order = _weakest(in_time, had)
    problem = np.select([in_time == IMPOSSIBLE, had == IMPOSSIBLE], ["after", "host"], "")
    began = shown_from.where(rows["visit_id"] != "", rows["since_from"]).replace(EVER, np.nan)
    ended = shown_to.where(rows["visit_id"] != "", rows["since_to"]).replace(EVER, np.nan)
    source = rows["holder"].where(known, rows["host"]).fillna("")
    return rows.assign(
        source=source,
        host=rows["host"].where(rows["host"] != source, ""),
        order=order,
        problem=problem,
        lag_least=(rows["on_from"] - ended).clip(lower=0).where(order != IMPOSSIBLE),
        lag_most=(rows["on_to"] - began).where(order != IMPOSSIBLE),
    )[COLUMNS]


def _order(
    earlier_from: pd.Series, earlier_to: pd.Series, later_from: pd.Series, later_to: pd.Series
) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """Whether the first came before the second: certain, possible, impossible, or undated."""
    undated = earlier_from.isna() | earlier_to.isna() | later_from.isna() | later_to.isna()
    forever = (earlier_from == EVER).to_numpy()
    found = np.select(
        [forever, undated, earlier_to < later_from, earlier_from <= later_to],
        [CERTAIN, UNDATED, CERTAIN, POSSIBLE],
        IMPOSSIBLE,
    )
    return found.astype(object)


def _weakest(*orders: Iterable[str]) -> "np.ndarray[tuple[int], np.dtype[np.object_]]":
    """Of several orders that must all hold, the one that is least sure."""
    rank = {CERTAIN: 0, POSSIBLE: 1, UNDATED: 2, IMPOSSIBLE: 3}
    names = np.array(list(rank), dtype=object)
    ranks = np.vstack([[rank[str(item)] for item in order] for order in orders])
    return names[ranks.max(axis=0)] if ranks.size else np.array([], dtype=object)
