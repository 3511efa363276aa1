"""Ties between regions, as matrices: by visits, shared projects, borders, memberships, and any mix of them.

Row i holds the regions that i looks to. Each kind comes as one (n, n) matrix
over the regions asked for, in their order, or as one for each period. Regions
that were not asked for are left out, and so is a region's tie to itself.
"""

from collections.abc import Mapping, Sequence
from typing import Literal, TypeAlias

import numpy as np
import pandas as pd
from scipy.sparse import coo_array, csr_array

from explorer.analysis.days import ordinals
from explorer.analysis.diffusion.exposure import Floats, Indices, TieMatrix
from languages.words import N_

from .evidence import Span

Undated: TypeAlias = Literal["every period", "no period"]
RegionTies: TypeAlias = TieMatrix | list[TieMatrix]

KINDS = {
    "visits": N_("Visits, guest to host"),
    "projects": N_("Shared projects"),
    "neighbours": N_("Neighbours"),
    "memberships": N_("Members of the same body"),
}


def visit_ties(
    regions: Sequence[str],
    hosts: pd.DataFrame,
    attended: pd.DataFrame,
    dates: pd.DataFrame,
    *,
    periods: Sequence[Span] | None = None,
    undated: Undated = "every period",
    remembered: int = 0,
    from_above: bool = False,
) -> RegionTies:
    """How often each region visited each other one; guests look to hosts, never to other guests.

    Parameters
    ----------
    regions
        Ids, n of them.
    hosts, attended
        As in `Evidence`. A region that attended in several ways counts once.
    dates
        visit_id, on_from, on_to, as `Evidence.shown` has them; a visit that
        stands there more than once counts once.
    periods
        First and last day of each, both included; one matrix for all time
        where not given, and then dates play no part.
    undated
        Whether a visit of unknown date is in every period or in none.
    remembered
        For how many periods after it a visit still ties, each counting it fully.
    from_above
        Whether a visit by a body of the territory above counts as the region's.

    Returns
    -------
    csr_array or list of csr_array
        (n, n) counts of visits. A visit whose date may mean several periods
        counts in each by the share of its days that lie there; what lies
        outside all periods counts nowhere.
    """
    guests = attended if from_above else attended[attended["how"] != "from above"]
    visits = pd.Index(pd.unique(pd.concat([hosts["visit_id"], guests["visit_id"]])))
    went, host = _presence(regions, guests, visits, "visit_id"), _presence(regions, hosts, visits, "visit_id")
    if periods is None:
        return _others(went @ host.T)
    known = dates.drop_duplicates("visit_id").set_index("visit_id").reindex(visits)
    first, last = ordinals(known["on_from"]), ordinals(known["on_to"])
    share = _share_of_days(first, last, periods, remembered)
    share[np.isnan(first) | np.isnan(last)] = 1.0 if _every(undated) else 0.0
    return [_others(went.multiply(column).tocsr() @ host.T) for column in share.T]


def project_ties(
    regions: Sequence[str],
    participations: pd.DataFrame,
    *,
    periods: Sequence[Span] | None = None,
    undated: Undated = "every period",
) -> RegionTies:
    """How many projects each two regions share, in both directions.

    Parameters
    ----------
    participations
        project_id, region_id, first, last (days or None: a row without a last
        day goes on, without a first day has always been, without both is undated).
    periods, undated
        As in `visit_ties`.

    Returns
    -------
    csr_array or list of csr_array
        (n, n) counts, symmetric. In a period only projects count that both
        were in during that period; without periods, all that both ever were in.
    """
    return _shared(regions, participations, "project_id", ("first", "last"), periods, undated)


def membership_ties(
    regions: Sequence[str],
    memberships: pd.DataFrame,
    *,
    periods: Sequence[Span] | None = None,
    undated: Undated = "every period",
) -> RegionTies:
    """In how many bodies both of two regions have a member, in both directions.

    Parameters
    ----------
    memberships
        organisation_id, member_of_id, region_id (where the member lies), since,
        until (days or None, as in `project_ties`).
    periods, undated
        As in `visit_ties`.

    Returns
    -------
    csr_array or list of csr_array
        (n, n) counts of bodies, symmetric; several members from one region count once.
    """
    return _shared(regions, memberships, "member_of_id", ("since", "until"), periods, undated)


def neighbour_ties(
    regions: Sequence[str], borders: pd.DataFrame, *, periods: Sequence[Span] | None = None
) -> RegionTies:
    """Which regions border each other: 1 in both directions, however often it is said.

    Parameters
    ----------
    borders
        region_a, region_b.
    periods
        As in `visit_ties`; borders are the same in each.
    """
    place = _places(regions)
    pairs = borders[borders["region_a"].isin(place) & borders["region_b"].isin(place)]
    a, b = (np.asarray(pairs[end].map(place), dtype=np.int64) for end in ("region_a", "region_b"))
    matrix = _others(_ones(np.concatenate([a, b]), np.concatenate([b, a]), (len(regions), len(regions))))
    return matrix if periods is None else [matrix.copy() for _period in periods]


def mixed(kinds: Mapping[str, RegionTies], weights: Mapping[str, float]) -> RegionTies:
    """Several kinds of ties as one, each in units of its own largest tie.

    A count of projects and a border have no common unit, so each kind is first
    divided by its largest weight in any period: then 1 is its strongest tie,
    and `weights` say how much that one counts. ``mixed(kinds, {"visits": 1.0,
    "projects": 0.5})`` makes the pair with most shared projects count half as
    much as the pair with most visits.

    Parameters
    ----------
    kinds
        Ties by kind, over the same regions; those for all time are taken to
        be the same in every period where another kind has periods.
    weights
        How much each kind counts, not negative; a kind that is not named counts nothing.

    Returns
    -------
    csr_array or list of csr_array
        0 to the sum of the weights; a kind without any tie adds nothing.

    Raises
    ------
    ValueError
        Where a weight names a kind that is not given or is negative, nothing
        is mixed, or regions or periods differ in number.
    """
    unknown = [kind for kind in weights if kind not in kinds]
    if unknown:
        raise ValueError(f"no ties of kind {', '.join(unknown)} are given, only {', '.join(kinds)}")
    if not weights:
        raise ValueError("no kind of ties is named")
    if any(not 0 <= weight < np.inf for weight in weights.values()):
        raise ValueError("weights of kinds must be finite and not negative")
    parts = [(kinds[kind], weight) for kind, weight in weights.items()]
    counts = {len(ties) for ties, _weight in parts if isinstance(ties, list)}
    if len(counts) > 1:
        raise ValueError("kinds of ties differ in their number of periods")
    if not counts:
        return _sum([_scaled(ties, weight) for ties, weight in parts])
    layers = [_scaled(ties, weight) for ties, weight in parts]
    return [
        _sum([layer[period] if isinstance(layer, list) else layer for layer in layers])
        for period in range(counts.pop())
    ]


def _scaled(ties: RegionTies, weight: float) -> RegionTies:
    matrices = ties if isinstance(ties, list) else [ties]
    largest = max((float(matrix.data.max()) for matrix in matrices if matrix.nnz), default=0.0)
    factor = weight / largest if largest > 0 else 0.0
    return [matrix * factor for matrix in ties] if isinstance(ties, list) else ties * factor


def _sum(layers: Sequence[RegionTies]) -> TieMatrix:
    matrices = [layer for layer in layers if not isinstance(layer, list)]
    if len({matrix.shape for matrix in matrices}) > 1:
        raise ValueError("kinds of ties differ in their number of regions")
    total = matrices[0]
    for matrix in matrices[1:]:
        total = csr_array(total + matrix)
    return _others(total)


def _shared(
    regions: Sequence[str],
    rows: pd.DataFrame,
    thing: str,
    days: tuple[str, str],
    periods: Sequence[Span] | None,
    undated: Undated,
) -> RegionTies:
    things = pd.Index(pd.unique(rows[thing]))
    if periods is None:
        there = _presence(regions, rows, things, thing)
        return _others(there @ there.T)
    first, last = ordinals(rows[days[0]]), ordinals(rows[days[1]])
    dateless = np.isnan(first) & np.isnan(last)
    begins, ends = np.where(np.isnan(first), -np.inf, first), np.where(np.isnan(last), np.inf, last)
    found = []
    for opens, closes in _first_and_last(periods):
        now = np.where(dateless, _every(undated), (begins <= closes) & (ends >= opens))
        there = _presence(regions, rows[now], things, thing)
        found.append(_others(there @ there.T))
    return found


def _share_of_days(first: Floats, last: Floats, periods: Sequence[Span], remembered: int) -> Floats:
    """(visits, T) share of the days that a date may mean, in each period or at most `remembered` periods before it."""
    if remembered < 0:
        raise ValueError("remembered must not be negative")
    if (last < first).any():
        raise ValueError("a visit ends before it begins")
    opens, closes = _first_and_last(periods).T
    days = np.minimum(last[:, None], closes) - np.maximum(first[:, None], opens) + 1
    share = np.clip(days, 0, None) / (last - first + 1)[:, None]
    total = share.copy()
    for ago in range(1, min(remembered, len(opens) - 1) + 1):
        total[:, ago:] += share[:, :-ago]
    return np.asarray(total, dtype=np.float64)


def _presence(regions: Sequence[str], rows: pd.DataFrame, things: pd.Index, thing: str) -> TieMatrix:
    """(n, things) 1 where a region has a row for a thing, however many."""
    place = _places(regions)
    kept = rows[rows["region_id"].isin(place) & rows[thing].notna()]
    region = np.asarray(kept["region_id"].map(place), dtype=np.int64)
    number = things.get_indexer(pd.Index(kept[thing]))
    return _ones(region, np.asarray(number, dtype=np.int64), (len(regions), len(things)))


def _ones(row: Indices, column: Indices, shape: tuple[int, int]) -> TieMatrix:
    """1 at each place given, once or more than once."""
    matrix: TieMatrix = csr_array(coo_array((np.ones(len(row)), (row, column)), shape=shape))
    matrix.data[:] = 1.0
    return matrix


def _others(matrix: TieMatrix) -> TieMatrix:
    """Without ties of a region to itself and without zeros."""
    cells = coo_array(matrix)
    kept = (cells.row != cells.col) & (cells.data != 0)
    return csr_array((cells.data[kept], (cells.row[kept], cells.col[kept])), shape=matrix.shape)


def _places(regions: Sequence[str]) -> dict[str, int]:
    place = {region: index for index, region in enumerate(regions)}
    if len(place) != len(regions):
        raise ValueError("a region is asked for twice")
    return place


def _every(undated: Undated) -> bool:
    if undated not in ("every period", "no period"):
        raise ValueError(f'undated is "every period" or "no period", not {undated!r}')
    return undated == "every period"


def _first_and_last(periods: Sequence[Span]) -> Floats:
    """(T, 2) first and last day of each period as numbers, in order of time."""
    found = np.array([[first.toordinal(), last.toordinal()] for first, last in periods], dtype=np.float64)
    found = found.reshape(-1, 2)
    if (found[:, 0] > found[:, 1]).any() or (found[1:, 0] <= found[:-1, 1]).any():
        raise ValueError("periods must follow one another without overlap")
    return found
