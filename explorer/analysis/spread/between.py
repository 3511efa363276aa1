"""Who stands between others: what visits in order of time could carry only through one region, and in which role."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from scipy.sparse import csr_array

from explorer.analysis.diffusion.brokerage import brokerage
from explorer.analysis.networks import graph_of, measure

from .reach import ReachMatrix, reach_matrix


@dataclass(frozen=True)
class Between:
    """What hangs on one region, counted with all that lies in it.

    Attributes
    ----------
    visits, regions
        Visits with a known date, host and guest that all of this rests on; regions tied by them.
    routes
        Pairs of other regions between which visits in order of time make a route.
    lost
        By start, the regions that no route would reach from there without this one; sorted.
    roles
        How often it stands between two that did not visit each other, by Gould and Fernandez's role.
    more
        How many regions lie on more of the shortest ways between others; None where none runs through this one.
    """

    visits: int
    regions: int
    routes: int
    lost: dict[str, tuple[str, ...]]
    roles: dict[str, int]
    more: int | None

    @property
    def pairs(self) -> int:
        """Pairs of other regions whose routes all run through it."""
        return sum(map(len, self.lost.values()))

    @property
    def cut_off(self) -> set[str]:
        """Regions that could not have been reached from some other without it."""
        return {region for regions in self.lost.values() for region in regions}


def between(
    contacts: pd.DataFrame,
    region: str,
    inside: frozenset[str],
    countries: dict[str, str],
    whole: ReachMatrix | None = None,
) -> Between:
    """What hangs on a region.

    Parameters
    ----------
    contacts
        As of `reach.reach`: visit_id, source (host's region), target (guest's region), on_from, on_to.
    inside
        The region and all that lies in it; they count as one.
    countries
        Country of each region: the groups of the roles.
    whole
        What `whole_reach` gives for these contacts, to share it between regions; used where nothing else that
        lies inside is in a contact.

    Returns
    -------
    Between
        Without routes and roles where the region is in no contact.
    """
    known = contacts.dropna(subset=["source", "target", "on_from", "on_to"])
    alone = {*known["source"], *known["target"]}.isdisjoint(inside - {region})
    own = {name: np.where(known[name].isin(inside), region, known[name]) for name in ("source", "target")}
    known = known.assign(**own)
    known = known[known["source"] != known["target"]].drop_duplicates(["visit_id", "source", "target"])
    places = sorted({*known["source"], *known["target"]})
    visits = int(known["visit_id"].nunique())
    if region not in places:
        return Between(visits, len(places), 0, {}, {}, None)
    whole = whole if whole is not None and alone else whole_reach(known)
    routes, lost = _lost(known, region, whole)
    row, column = (pd.Index(places).get_indexer(pd.Index(known[name])) for name in ("source", "target"))
    ties = csr_array((np.ones(len(known)), (row, column)), shape=(len(places), len(places)))
    roles = brokerage(ties, [countries.get(place, "") for place in places]).counts.iloc[places.index(region)]
    return Between(
        visits,
        len(places),
        routes,
        lost,
        {str(role): int(count) for role, count in roles.items()},
        _lie_more_between(known, places, region),
    )


def whole_reach(contacts: pd.DataFrame) -> ReachMatrix:
    """When a practice could have come from every region to every other, from the first visit of known date on."""
    known = contacts.dropna(subset=["source", "target", "on_from", "on_to"])
    return reach_matrix(known, min(known["on_from"], default=date.max))


def _lost(known: pd.DataFrame, region: str, whole: ReachMatrix) -> tuple[int, dict[str, tuple[str, ...]]]:
    first = min(known["on_from"])
    rest = reach_matrix(known[(known["source"] != region) & (known["target"] != region)], first)
    others = [place for place in whole.regions if place != region]
    at, where = (
        pd.Index(whole.regions).get_indexer(pd.Index(others)),
        pd.Index(rest.regions).get_indexer(pd.Index(others)),
    )
    there = ~np.isnat(whole.possible[np.ix_(at, at)])
    np.fill_diagonal(there, val=False)
    without = np.zeros_like(there)
    still = where >= 0
    without[np.ix_(still, still)] = ~np.isnat(rest.possible[np.ix_(where[still], where[still])])
    gone = there & ~without
    lost = {
        others[start]: tuple(others[end] for end in np.flatnonzero(gone[start]))
        for start in np.flatnonzero(gone.any(axis=1))
    }
    return int(there.sum()), lost


def _lie_more_between(known: pd.DataFrame, places: list[str], region: str) -> int | None:
    pairs = pd.DataFrame(np.sort(known[["source", "target"]].to_numpy(dtype=object), axis=1), columns=["a", "b"])
    counted = pairs.groupby(["a", "b"]).size().rename("strength").reset_index()
    found = np.asarray(measure("betweenness").of(graph_of(places, counted)))
    own = float(found[places.index(region)])
    return int((found > own + 1e-12).sum()) if own > 0 else None
