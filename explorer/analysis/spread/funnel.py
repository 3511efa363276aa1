"""The funnel from story to visit to taking-over: counted per project, per visit and per pair, never mixed.

The Programmaraad's rates (one project in three drew a visit, one in five to
one in four was taken over elsewhere) are per project, and compare with that
level alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from explorer.analysis.explained import Explained
from graph_store.schema import STORY_KINDS
from languages.words import N_

from .evidence import Evidence, could_take_over, takings
from .ladder import ladders
from .outcomes import OUTCOMES, meetings
from .tree import GRADES, LearningTree

_SETTLED = ("taken over", "reported", "order unknown", "impossible", "dropped")
_CODES = [item.code for item in OUTCOMES]
_RANK = {code: rank for rank, code in enumerate(_CODES)}
_GRADES = [grade.code for grade in GRADES]
_PAIR = ["region_id", "approach_id"]
_KEYS = ["visit_id", *_PAIR]


@dataclass(frozen=True)
class Funnel:
    """The funnel at its three levels, each with its own denominator.

    Attributes
    ----------
    projects
        One row per project: project_id, stories, visits (other visits of it),
        guests (other regions that came to any of them), one count per grade of
        the takings-over elsewhere, grade (the strongest of them, empty without any).
    visits
        One row per visit about an approach, or credited with a taking-over: visit_id, kind, story, guests
        (regions other than the host's), pairs (of a guest and an approach), one count
        of pairs per outcome, then per grade the takings-over that have this
        visit as their chosen explanation ("from above" are no pairs of its own).
    pairs
        One row per region that came and approach: region_id, approach_id,
        visits (how many of its visits), outcome (the furthest one of them), grade and
        chosen (where one of these visits is the chosen explanation, else empty).
    meetings
        One row per visit, region and approach, as `outcomes.meetings` gives them.
    takings
        One row per taking-over in the regions: approach_id, region_id, grade,
        visit_id, source (empty where unknown), projects (list of ids).
    rates
        level ("project", "visit", "pair"), code, count, of, share (count of
        `of`; NaN where `of` is 0). A project stands under its strongest grade
        alone, a pair under one outcome; a visit may stand under several.
    left_out
        Takings-over in regions that were not asked for.
    """

    projects: pd.DataFrame
    visits: pd.DataFrame
    pairs: pd.DataFrame
    meetings: pd.DataFrame
    takings: pd.DataFrame
    rates: pd.DataFrame
    left_out: int


def funnel(
    evidence: Evidence,
    trees: Mapping[str, LearningTree],
    projects: pd.DataFrame,
    subjects: pd.DataFrame,
    visits: pd.DataFrame,
    regions: Iterable[str] | None = None,
) -> Funnel:
    """The funnel of the regions given.

    A visit belongs to a project when it was about it, or about an approach
    that it applies and hosted where the project runs. A taking-over belongs to
    a project when its chosen visit does, or, without a visit, when the region
    that it was learnt from is one where the project runs and the project
    applies the approach; only regions where the project does not run count.
    Every visit on record counts, also one whose host is not known to have had
    the approach (the visit yield leaves those out); for regions that took it over the
    learning tree judges each visit.

    Parameters
    ----------
    trees
        The learning tree of each approach, by id.
    projects
        project_id, approach_ids (list), region_ids (list).
    subjects
        visit_id, subject_id: the project or approach that a visit was about.
    visits
        visit_id, kind.
    regions
        Ids of the regions that count, by default those of `could_take_over`;
        give one layer, or a city and its province count one guest twice.

    Raises
    ------
    ValueError
        When an approach of the evidence has no tree.
    """
    missing = set(evidence.approaches["approach_id"]) - set(trees)
    if missing:
        raise ValueError(f"no learning tree is given for {', '.join(sorted(missing))}")
    counted = could_take_over(evidence) if regions is None else set(regions)
    learnt, verdicts = _learnt(trees)
    met = meetings(evidence, verdicts, counted)
    ours = learnt[learnt["region_id"].isin(counted)].reset_index(drop=True)
    placed = _placed(projects, evidence)
    belongs = _belongs(placed, subjects, evidence)
    ours["projects"] = _credited_projects(ours, placed, belongs)
    pairs = _pairs(met)
    by_visit = _by_visit(met, ours, evidence, visits)
    by_project = _by_project(placed, belongs, visits, met, ours)
    rates = _rates(by_project, by_visit, pairs)
    return Funnel(by_project, by_visit, pairs, met, ours, rates, len(learnt) - len(ours))


def stalled(evidence: Evidence, usual_lag_days: float, regions: Iterable[str] | None = None) -> pd.DataFrame:
    """Regions that came to see an approach, of which nothing more was heard for twice the usual time.

    Neither taken over (at whatever date, there or in a region that lies in
    it) nor dropped nor declined (see `outcomes.meetings` for an interest after
    a refusal), and at least twice `usual_lag_days` between the last day that its
    last dated visit may mean and `evidence.until`. Where an approach began, and
    what that lies in, is not among them.

    Parameters
    ----------
    regions
        Ids of the regions asked about, by default those of `could_take_over`.

    Returns
    -------
    DataFrame
        region_id, approach_id, visit_id (the last visit), days (since then, at the
        least), present (the stage it is at, empty without a step); the visit
        that is freshest in memory first.

    Raises
    ------
    ValueError
        When `usual_lag_days` is no positive number, or the evidence does not
        say until when it reaches: silence after an unknown day means nothing.
    """
    if not usual_lag_days > 0 or np.isinf(usual_lag_days):
        raise ValueError(f"the usual lag must be a positive number of days, not {usual_lag_days}")
    if evidence.until is None:
        raise ValueError("nothing can be called stalled where the records do not say until when they reach")
    counted = could_take_over(evidence) if regions is None else set(regions)
    met = meetings(evidence, pd.DataFrame(columns=[*_KEYS, "verdict", "grade"]), counted)
    settled = pd.concat([met.loc[met["outcome"].isin(_SETTLED), _PAIR], _had_inside(evidence)])
    settled = settled.drop_duplicates().assign(settled=True)
    last = met.dropna(subset=["visit_to"]).sort_values(["visit_to", "visit_id"]).drop_duplicates(_PAIR, keep="last")
    last = last.merge(settled, on=_PAIR, how="left")
    last = last.assign(days=evidence.until.toordinal() - last["visit_to"])
    last = last[last["settled"].isna() & (last["days"] >= 2 * usual_lag_days)]
    present = ladders(evidence.steps)[[*_PAIR, "present"]]
    last = last.merge(present, on=_PAIR, how="left").fillna({"present": ""})
    found = last.sort_values(["days", *_PAIR], ignore_index=True)
    return found[[*_PAIR, "visit_id", "days", "present"]].astype({"days": int})


def _had_inside(evidence: Evidence) -> pd.DataFrame:
    """Pairs of a region and an approach that began, or was taken over, in a region that lies in it."""
    began = evidence.approaches.rename(columns={"origin": "region_id"})[_PAIR].dropna()
    had = pd.concat([began, takings(evidence)[_PAIR]]).drop_duplicates()
    rows = [(above, approach) for region, approach in had.to_numpy() for above in evidence.land.above(region)]
    return pd.DataFrame(rows, columns=_PAIR)


def _learnt(trees: Mapping[str, LearningTree]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Each taking-over with its chosen explanation, and what the trees say of each visit of a learner."""
    learnt, verdicts = [], []
    for tree in trees.values():
        for learner in tree.learners:
            parent = learner.parent
            told = [parent.grade, parent.visit, parent.source] if parent else ["", "", ""]
            learnt.append([tree.approach, learner.region, *told])
            for place, candidate in enumerate([*([parent] if parent else []), *learner.others]):
                chosen = parent is not None and place == 0
                grade = candidate.grade if chosen else ""
                verdicts.append([candidate.visit, learner.region, tree.approach, "fits", grade])
        for verdict, problems in (("impossible", tree.impossible), ("undated", tree.undated)):
            verdicts += [[item.visit, item.region, tree.approach, verdict, ""] for item in problems]
    table = pd.DataFrame(verdicts, columns=[*_KEYS, "verdict", "grade"])
    columns = ["approach_id", "region_id", "grade", "visit_id", "source"]
    return pd.DataFrame(learnt, columns=columns), table[table["visit_id"] != ""].drop_duplicates(_KEYS)


def _pairs(met: pd.DataFrame) -> pd.DataFrame:
    """One row per pair: the furthest outcome of its visits, and the visit chosen by the tree, if it is one of them."""
    ranked = met.assign(rank=met["outcome"].map(_RANK).astype(float), unchosen=met["grade"] == "")
    ranked = ranked.sort_values([*_PAIR, "rank", "unchosen", "visit_id"])
    best = ranked.drop_duplicates(_PAIR).assign(chosen=lambda table: table["visit_id"].where(~table["unchosen"], ""))
    visits = met.groupby(_PAIR).size().rename("visits").reset_index()
    return best.merge(visits, on=_PAIR)[[*_PAIR, "visits", "outcome", "grade", "chosen"]].reset_index(drop=True)


def _placed(projects: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """Each project with its approaches (a set) and where it runs: its regions and what lies in them (a set)."""
    return projects[["project_id"]].assign(
        approaches=projects["approach_ids"].map(frozenset),
        places=projects["region_ids"].map(lambda ids: frozenset(evidence.land.within_any(ids))),
    )


def _belongs(placed: pd.DataFrame, subjects: pd.DataFrame, evidence: Evidence) -> pd.DataFrame:
    """Which visits are a project's: project_id, visit_id."""
    about = subjects[["visit_id", "subject_id"]].drop_duplicates()
    direct = placed[["project_id"]].merge(about, left_on="project_id", right_on="subject_id")
    applied = placed.explode("approaches").merge(about, left_on="approaches", right_on="subject_id")
    here = applied.merge(evidence.hosts[["visit_id", "region_id"]], on="visit_id")
    runs = [region in places for region, places in zip(here["region_id"], here["places"], strict=True)]
    found = pd.concat([direct, here[np.array(runs, dtype=bool)]])
    return found[["project_id", "visit_id"]].drop_duplicates().reset_index(drop=True)


def _credited_projects(learnt: pd.DataFrame, placed: pd.DataFrame, belongs: pd.DataFrame) -> list[list[str]]:
    """The projects that each taking-over elsewhere belongs to."""
    home = dict(zip(placed["project_id"], placed["places"], strict=True))
    by_visit = belongs.groupby("visit_id")["project_id"].agg(list).to_dict()
    by_approach = placed.explode("approaches").groupby("approaches")["project_id"].agg(list).to_dict()
    found = []
    for approach, region, _grade, visit, source in learnt.itertuples(index=False, name=None):
        named = by_visit.get(visit, ()) if visit else by_approach.get(approach, ())
        found.append(sorted(p for p in named if region not in home[p] and (visit or source in home[p])))
    return found


def _by_project(
    placed: pd.DataFrame, belongs: pd.DataFrame, visits: pd.DataFrame, met: pd.DataFrame, learnt: pd.DataFrame
) -> pd.DataFrame:
    own = belongs.merge(visits[["visit_id", "kind"]].drop_duplicates("visit_id"), on="visit_id")
    own = own.assign(story=own["kind"].isin(STORY_KINDS))
    home = dict(zip(placed["project_id"], placed["places"], strict=True))
    came = own.merge(met[["visit_id", "region_id"]].drop_duplicates(), on="visit_id")
    away = [region not in home[project] for project, region in zip(came["project_id"], came["region_id"], strict=True)]
    came = came[np.array(away, dtype=bool)].drop_duplicates(["project_id", "region_id"])
    found = placed[["project_id"]].set_index("project_id")
    found["stories"] = own[own["story"]].groupby("project_id").size()
    found["visits"] = own[~own["story"]].groupby("project_id").size()
    found["guests"] = came.groupby("project_id").size()
    credited = learnt.explode("projects").dropna(subset=["projects"])
    for grade in _GRADES:
        found[grade] = credited[credited["grade"] == grade].groupby("projects").size()
    found = found.fillna(0).astype(int)
    graded = found[_GRADES].to_numpy() > 0
    found["grade"] = np.where(graded.any(axis=1), np.array(_GRADES, dtype=object)[graded.argmax(axis=1)], "")
    return found.reset_index()


def _by_visit(met: pd.DataFrame, learnt: pd.DataFrame, evidence: Evidence, visits: pd.DataFrame) -> pd.DataFrame:
    told = {*evidence.shown["visit_id"], *learnt["visit_id"]}
    about = visits[visits["visit_id"].isin(told)].drop_duplicates("visit_id")
    found = about[["visit_id", "kind"]].assign(story=about["kind"].isin(STORY_KINDS)).set_index("visit_id")
    groups = met.groupby("visit_id")
    found["guests"], found["pairs"] = groups["region_id"].nunique(), groups.size()
    for code in _CODES:
        found[code] = met[met["outcome"] == code].groupby("visit_id").size()
    for grade in _GRADES[:3]:  # an inferred one has no visit
        found[grade] = learnt[learnt["grade"] == grade].groupby("visit_id").size()
    counts = [column for column in found if column not in ("kind", "story")]
    return found.fillna(dict.fromkeys(counts, 0)).astype(dict.fromkeys(counts, int)).reset_index()


def _rates(projects: pd.DataFrame, visits: pd.DataFrame, pairs: pd.DataFrame) -> pd.DataFrame:
    """Shares of each level; a visit may be in several, a pair is in exactly one."""
    rows: list[tuple[str, str, int, int]] = [
        ("project", "story", int((projects["stories"] > 0).sum()), len(projects)),
        ("project", "visit", int((projects["visits"] > 0).sum()), len(projects)),
        *(("project", grade, int((projects["grade"] == grade).sum()), len(projects)) for grade in _GRADES),
    ]
    drawn = visits[visits["guests"] > 0]
    rows += [("visit", "guests", len(drawn), len(visits))]
    rows += [("visit", code, int((drawn[code] > 0).sum()), len(drawn)) for code in _CODES]
    rows += [("pair", code, int((pairs["outcome"] == code).sum()), len(pairs)) for code in _CODES]
    table = pd.DataFrame(rows, columns=["level", "code", "count", "of"])
    return table.assign(share=table["count"] / table["of"].where(table["of"] > 0))


MEASURES = (
    Explained(
        code="funnel_projects",
        title=N_("Projects: told, visited, taken over"),
        words=N_("Of all projects, how many were presented, drew a visit, and were taken over in another region"),
        term="conversion funnel, per project",
        span=N_("0 to 1"),
        undefined=N_("without projects"),
        source=N_("counts; the one level that compares with the Programmaraad's survey"),
    ),
    Explained(
        code="funnel_visits",
        title=N_("Visits: what came of them"),
        words=N_("Of the visits to which another region came, how many were followed by something at a guest's"),
        term="conversion funnel, per visit",
        span=N_("0 to 1; a visit with several guests may be in several counts"),
        undefined=N_("without visits by other regions"),
        source=N_("counts"),
    ),
    Explained(
        code="funnel_pairs",
        title=N_("Regions that came: what they did"),
        words=N_("Of the regions that came to see an approach, how many stand where; each is counted once"),
        term="conversion funnel, per pair of region and approach",
        span=N_("0 to 1; the shares add up to one"),
        undefined=N_("where no region came"),
        source=N_("counts"),
    ),
    Explained(
        code="stalled",
        title=N_("Gone quiet"),
        words=N_("Came to see it, and for twice the usual time nothing more was written down; ask what came of it"),
        term="overdue pair",
        span=N_("days since the last visit"),
        undefined=N_("where the records do not say until when they reach"),
        source=N_("a rule of this explorer"),
    ),
)
