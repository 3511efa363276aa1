"""How one approach reached its regions: who took it over, after which visit, who decided against it.

Evidence is never mixed: a credit that someone states, a visit that came
before, a visit by a body of the territory above, and no known visit are
four different things, and none of them is called a cause.
"""

from dataclasses import dataclass
from datetime import date

import pandas as pd

from explorer.analysis.records import Record, records
from explorer.analysis.territories import Territories
from graph_store.schema import ENDED
from languages.words import N_

from .evidence import Evidence
from .tree import Learner, LearningTree


@dataclass(frozen=True)
class Standing:
    """How a region stands towards an approach: code, words, and the order on the page."""

    code: str
    title: str
    explained: str


STANDINGS = (
    Standing(
        "credited", N_("Took it over, and credits a visit or region"), N_("A source says in words where it was learnt.")
    ),
    Standing(
        "visited",
        N_("Took it over after a visit"),
        N_("Someone of the region attended a visit about it before; that the one led to the other is not claimed."),
    ),
    Standing(
        "from above",
        N_("Took it over after a visit from above"),
        N_("A body of the country or province above attended a visit before."),
    ),
    Standing(
        "alone",
        N_("Took it over without a visit that we know of"),
        N_("No visit about it is on record before the taking-over."),
    ),
    Standing("interested", N_("Considers or adapts it"), N_("Interest, not yet a taking-over.")),
    Standing("against", N_("Decided against it, or stopped"), N_("A source says that it was dropped.")),
    Standing(
        "came",
        N_("Came to see it, no step is on record"),
        N_("Attended a visit about it, and has not taken a step that we know of."),
    ),
)


_BY_GRADE = {"stated": "credited", "consistent": "visited", "from above": "from above"}


def standing(code: str) -> Standing:
    """The standing of that code; KeyError where there is none."""
    return {item.code: item for item in STANDINGS}[code]


@dataclass(frozen=True)
class Reached:
    """One region and how it stands towards the approach.

    `step` is the telling step (the first taking-over, else the latest);
    `visit` and `host` are the visit before it that counts and the region that
    hosted it, where there is one. `certain` is False where the dates known
    leave open whether that visit came first.
    """

    region_id: str
    region: str
    standing: str
    step: Record | None
    visit: str = ""
    host: str = ""
    certain: bool = True


def reached(tree: LearningTree, evidence: Evidence) -> list[Reached]:
    """Every region that took a step towards the approach or came to see it.

    Parameters
    ----------
    tree
        The learning tree of the approach.
    evidence
        What is on record about that approach alone; further columns of its
        steps are handed on in `Reached.step`.

    Returns
    -------
    list of Reached
        In the order of `STANDINGS`, then of time, undated last. The origin is not among them.
    """
    steps = {str(row["step_id"]): row for row in records(evidence.steps)}
    names = evidence.land.names
    found = [_took(learner, steps[learner.step], names) for learner in tree.learners]
    took = {learner.region for learner in tree.learners} | {tree.origin}
    for region, own in evidence.steps.groupby("region_id", sort=False):
        if region not in took:
            last = records(own)[-1]
            code = "against" if own["stage"].isin(ENDED).any() else "interested"
            found.append(Reached(str(region), names[str(region)], code, last))
    known = {item.region_id for item in found} | ({tree.origin} if tree.origin else set())
    found += _only_came(evidence, _told_otherwise(known, evidence.land))
    order = {item.code: place for place, item in enumerate(STANDINGS)}
    return sorted(found, key=lambda item: (order[item.standing], _when(item.step), item.region))


def reach_over_years(regions: list[Reached]) -> pd.DataFrame:
    """Regions that had taken it over by the end of each year.

    Returns
    -------
    DataFrame
        Columns year, new, total, from the first dated taking-over to the last;
        empty without any. A taking-over of unknown date is in no year.
    """
    taken = [item for item in regions if item.standing in ("credited", "visited", "from above", "alone")]
    years = sorted(item.step["on_from"].year for item in taken if item.step and isinstance(item.step["on_from"], date))
    if not years:
        return pd.DataFrame({"year": [], "new": [], "total": []}, dtype=int)
    table = pd.DataFrame({"year": range(years[0], years[-1] + 1)})
    table["new"] = [years.count(year) for year in table["year"]]
    table["total"] = table["new"].cumsum()
    return table


def _took(learner: Learner, step: Record, names: dict[str, str]) -> Reached:
    parent = learner.parent
    code = _BY_GRADE.get(parent.grade, "alone") if parent else "alone"
    if parent is None or code == "alone":
        return Reached(learner.region, names[learner.region], code, step)
    certain = parent.certain or parent.grade == "stated"
    host = parent.host or parent.source
    return Reached(learner.region, names[learner.region], code, step, parent.visit, host, certain)


def _told_otherwise(regions: set[str], land: Territories) -> set[str]:
    """`regions` and all that lies above them: a ministry that came is told by the region that took it over."""
    return regions | {above for region in regions for above in land.above(region)}


def _only_came(evidence: Evidence, known: set[str]) -> list[Reached]:
    """Regions that attended and of which no step is on record, with the last visit that they came to."""
    shown = evidence.shown.drop_duplicates("visit_id")[["visit_id", "on_from", "on_to"]]
    hosts = evidence.hosts[evidence.hosts["visit_id"].isin(shown["visit_id"])]
    hosted_by = {str(visit): [str(r) for r in rows["region_id"].dropna()] for visit, rows in hosts.groupby("visit_id")}
    showed = {region for regions in hosted_by.values() for region in regions}
    came = evidence.attended[(evidence.attended["how"] == "own") & ~evidence.attended["region_id"].isin(known | showed)]
    found: dict[str, tuple[str, str]] = {}
    for row in records(came.merge(shown, on="visit_id")):
        day = str(row["on_to"]) if isinstance(row["on_to"], date) else ""
        found[row["region_id"]] = max(found.get(row["region_id"], ("", "")), (day, row["visit_id"]))
    return [
        Reached(region, evidence.land.names[region], "came", None, visit, next(iter(hosted_by.get(visit, [])), ""))
        for region, (_day, visit) in found.items()
    ]


def _when(step: Record | None) -> str:
    return str(step["on_from"]) if step and isinstance(step["on_from"], date) else "9999"
