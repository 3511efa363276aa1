"""Who is tied to whom: from participations, memberships and visits to ties between bodies.

A tie is undirected and carries its strength (how many shared projects,
memberships or meetings) and the ids of what it rests on, so that every number
can be opened.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

import pandas as pd

from languages.words import N_

COLUMNS = ["a", "b", "strength", "through"]


@dataclass(frozen=True)
class TieKind:
    """One way in which bodies are tied: its code in the address, and its words."""

    code: str
    title: str
    unit: str  # what the strength counts, more than one of it
    one: str  # one of it
    sentence: str  # heading, with {count} bodies


TIE_KINDS = (
    TieKind(
        "projects",
        N_("Shared projects"),
        N_("shared projects"),
        N_("shared project"),
        N_("{count} organisations tied by shared projects"),
    ),
    TieKind("visits", N_("Visits"), N_("visits"), N_("visit"), N_("{count} organisations and regions tied by visits")),
    TieKind(
        "memberships",
        N_("Memberships"),
        N_("memberships"),
        N_("membership"),
        N_("{count} organisations tied by memberships"),
    ),
    TieKind(
        "all",
        N_("All of these"),
        N_("shared projects, visits and memberships"),
        N_("shared project, visit or membership"),
        N_("{count} organisations and regions tied in some way"),
    ),
)


def ties_through(rows: pd.DataFrame, body: str, shared: str) -> pd.DataFrame:
    """Ties between all bodies that share something.

    Parameters
    ----------
    rows
        One row per body and thing shared; columns `body` and `shared` hold their ids.
        The same pair twice counts once.

    Returns
    -------
    DataFrame
        Columns a, b (ids, a < b), strength (count of things shared), through
        (list of their ids, sorted); strongest first. Empty without pairs.
    """
    through: dict[tuple[str, str], list[str]] = {}
    pairs = rows[[body, shared]].drop_duplicates().sort_values([shared, body])
    for thing, group in pairs.groupby(shared, sort=True):
        for a, b in combinations(group[body], 2):
            through.setdefault((a, b), []).append(str(thing))
    return _table(through)


def visit_ties(presence: pd.DataFrame) -> pd.DataFrame:
    """Ties between the host of a visit and each body that came.

    Visitors of one visit are not tied to each other: they came to see the host.

    Parameters
    ----------
    presence
        Columns visit_id, part ("hosted" or "attended"), body_id.

    Returns
    -------
    DataFrame
        As `ties_through`; strength counts visits.
    """
    hosts = presence[presence["part"] == "hosted"][["visit_id", "body_id"]]
    guests = presence[presence["part"] == "attended"][["visit_id", "body_id"]]
    met = hosts.merge(guests, on="visit_id", suffixes=("_host", "_guest"))
    met = met[met["body_id_host"] != met["body_id_guest"]]
    through: dict[tuple[str, str], list[str]] = {}
    for visit, host, guest in met.drop_duplicates().sort_values(list(met.columns)).itertuples(index=False):
        through.setdefault((min(host, guest), max(host, guest)), []).append(str(visit))
    return _table({pair: sorted(set(visits)) for pair, visits in through.items()})


def membership_ties(memberships: pd.DataFrame) -> pd.DataFrame:
    """Ties between each member and the body that it belongs to.

    Parameters
    ----------
    memberships
        Columns organisation_id, member_of_id.

    Returns
    -------
    DataFrame
        As `ties_through`; `through` holds the id of the body joined.
    """
    through: dict[tuple[str, str], list[str]] = {}
    pairs = memberships[["organisation_id", "member_of_id"]].drop_duplicates()
    for member, body in pairs.sort_values(list(pairs.columns)).itertuples(index=False):
        through.setdefault((min(member, body), max(member, body)), []).append(str(body))
    return _table(through)


def together(*parts: pd.DataFrame) -> pd.DataFrame:
    """Ties of several kinds as one: strengths add up, `through` is joined."""
    through: dict[tuple[str, str], list[str]] = {}
    for part in parts:
        for a, b, things in part[["a", "b", "through"]].itertuples(index=False):
            through.setdefault((a, b), []).extend(things)
    return _table(through)


def among(ties: pd.DataFrame, bodies: Collection[str]) -> pd.DataFrame:
    """The ties whose both ends are among `bodies`."""
    kept = ties["a"].isin(bodies) & ties["b"].isin(bodies)
    return ties[kept].reset_index(drop=True)


def neighbourhood(ties: pd.DataFrame, ego: str) -> set[str]:
    """`ego` and all bodies tied to it directly."""
    touching = ties[(ties["a"] == ego) | (ties["b"] == ego)]
    return {ego, *touching["a"], *touching["b"]}


def _table(through: dict[tuple[str, str], list[str]]) -> pd.DataFrame:
    rows = [(a, b, len(things), things) for (a, b), things in through.items()]
    table = pd.DataFrame(rows, columns=COLUMNS)
    return table.sort_values(["strength", "a", "b"], ascending=[False, True, True], ignore_index=True)
