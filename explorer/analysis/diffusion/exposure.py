"""Exposure and threshold: how much of what a region looks to has taken an approach over already."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.sparse import csr_array

from explorer.analysis.explained import Explained
from languages.words import N_

Floats: TypeAlias = NDArray[np.float64]
Indices: TypeAlias = NDArray[np.int64]
TieMatrix: TypeAlias = csr_array[np.float64, tuple[int, int]]


@dataclass(frozen=True, eq=False)
class TieList:
    """Ties one by one, the form in which a whole network is compared at once.

    Attributes
    ----------
    ego, alter
        (e,) places of the region that looks and of the one it looks to, no
        tie of a region to itself.
    weight
        (e, 1) where the ties are the same in every period, else (e, T), 0
        in periods without the tie.
    regions
        How many regions there are.
    """

    ego: Indices
    alter: Indices
    weight: Floats
    regions: int

    @property
    def static(self) -> bool:
        """Whether the ties are the same in every period."""
        return bool(self.weight.shape[1] == 1)

    def matrix(self, period: int) -> TieMatrix:
        """The ties of one period, (n, n)."""
        weight = self.weight[:, 0 if self.static else period]
        return csr_array((weight, (self.ego, self.alter)), shape=(self.regions, self.regions))

    def weight_at(self, period: Indices) -> Floats:
        """Weight of each tie in a period of its own: `period` is (e,) or (e, m), so is what comes back."""
        column = np.zeros_like(period) if self.static else period
        tie = np.arange(len(self.ego)).reshape(-1, *[1] * (period.ndim - 1))
        return self.weight[tie, column]


Ties: TypeAlias = TieMatrix | Sequence[TieMatrix] | TieList
"""One (n, n) matrix for all periods, one for each period, or either as a list."""


def tie_list(ties: Ties, regions: int, periods: int) -> TieList:
    """Ties one by one, without those of a region to itself.

    Parameters
    ----------
    ties
        (n, n) weights from 0 up, row i holding the regions that i looks to;
        or one such matrix for each period.

    Raises
    ------
    ValueError
        Where shapes or the number of periods do not fit, or a weight is
        negative or not finite.
    """
    if isinstance(ties, TieList):
        if ties.regions != regions or (not ties.static and ties.weight.shape[1] != periods):
            raise ValueError(f"the list of ties is not one of {regions} regions in {periods} periods")
        return ties
    matrices = list(ties) if isinstance(ties, Sequence) else [ties]
    if isinstance(ties, Sequence) and len(matrices) != periods:
        raise ValueError(f"ties for {len(matrices)} periods were given, not for {periods}")
    egos, alters, weights, columns = [], [], [], []
    for period, matrix in enumerate(matrices):
        if matrix.shape != (regions, regions):
            raise ValueError(f"ties are {matrix.shape}, not {(regions, regions)}")
        cells = matrix.tocoo()
        kept = (cells.row != cells.col) & (cells.data != 0)
        egos.append(cells.row[kept])
        alters.append(cells.col[kept])
        weights.append(cells.data[kept])
        columns.append(np.full(int(kept.sum()), period))
    weight = np.concatenate(weights).astype(np.float64)
    if not (np.isfinite(weight) & (weight >= 0)).all():
        raise ValueError("weights of ties must be finite and not negative")
    pair = np.concatenate(egos).astype(np.int64) * regions + np.concatenate(alters)
    pairs, place = np.unique(pair, return_inverse=True)
    table = np.zeros((len(pairs), len(matrices)))
    np.add.at(table, (place, np.concatenate(columns)), weight)
    return TieList(pairs // max(regions, 1), pairs % max(regions, 1), table, regions)


def in_use(toa: ArrayLike, periods: int, gave_up: ArrayLike | None = None) -> Floats:
    """Whether each region has the approach in use in each period.

    Parameters
    ----------
    toa
        (n,) or (n, m) time of adoption, 0 to `periods` - 1; NaN for who had
        not adopted by the end.
    gave_up
        Same shape: from which period on it is no longer in use; NaN for who
        still uses it.

    Returns
    -------
    ndarray
        (n, T) or (n, m, T), 1 where in use and 0 elsewhere.

    Raises
    ------
    ValueError
        Where a time is no whole number from 0 to `periods` - 1, or something
        is given up before it was adopted.
    """
    adopted, ended = times(toa, periods, gave_up)
    period = np.arange(periods)
    used = adopted[..., None] <= period
    if ended is not None:
        used &= ~(ended[..., None] <= period)
    return used.astype(np.float64)


def exposure(
    ties: Ties,
    toa: ArrayLike,
    periods: int,
    *,
    attribute: ArrayLike | None = None,
    lag: int = 0,
    gave_up: ArrayLike | None = None,
) -> Floats:
    """Share of what each region looks to that has the approach in use, in each period.

    E_it = sum_j S_ij x_j a_jt / sum_j S_ij x_j over outgoing ties, j other than i.

    Parameters
    ----------
    ties
        (n, n), row i holding the regions that i looks to, or one for each period.
    toa, gave_up
        As in `in_use`.
    attribute
        x, (n,) or (n, T), not negative: how much each region counts as an
        example, such as its population. One each where not given.
    lag
        How many periods earlier ties and use are looked at.

    Returns
    -------
    ndarray
        (n, T) or (n, m, T), 0 to 1. A region without outgoing ties, or tied
        only to regions that count nothing, has 0, as in netdiffuseR. The
        first `lag` periods are NaN: what was before them is not known.

    References
    ----------
    Valente (1995), Network Models of the Diffusion of Innovations; Burt (1987),
    American Journal of Sociology 92:1287-1335; function `exposure` of netdiffuseR.
    """
    if lag < 0:
        raise ValueError("lag must not be negative")
    used = in_use(toa, periods, gave_up)
    listed = tie_list(ties, len(used), periods)
    counted = _attribute(attribute, len(used), periods)
    if listed.static:
        found = _exposure_static(listed.matrix(0), used, counted)
    else:
        found = _exposure_dated(listed, used, counted)
    if lag == 0:
        return found
    late = np.full_like(found, np.nan)
    late[..., lag:] = found[..., : max(periods - lag, 0)]
    return late


def threshold(
    ties: Ties,
    toa: ArrayLike,
    periods: int,
    *,
    attribute: ArrayLike | None = None,
    lag: int = 0,
    gave_up: ArrayLike | None = None,
    first_period: Literal["keep", "leave out"] = "keep",
) -> Floats:
    """Exposure of each region when it took the approach over itself.

    Low: it went ahead of those that it looks to. High: it waited for them.

    Parameters
    ----------
    ties, toa, attribute, lag, gave_up
        As in `exposure`.
    first_period
        Whether who adopted in the first period has a threshold. The code of
        netdiffuseR keeps them, its documentation says they are left out. Who
        adopted before the record began looks like an adopter of its first
        period, and its threshold is then too high.

    Returns
    -------
    ndarray
        (n,) or (n, m), 0 to 1; NaN for who did not adopt, and with `lag` for
        who adopted in the first `lag` periods. 0 without outgoing ties.

    References
    ----------
    Valente (1996), Social Networks 18:69-89; function `threshold` of netdiffuseR.
    """
    if lag < 0:
        raise ValueError("lag must not be negative")
    if first_period not in ("keep", "leave out"):
        raise ValueError(f'first_period is "keep" or "leave out", not {first_period!r}')
    adopted, ended = times(toa, periods, gave_up)
    listed = tie_list(ties, len(adopted), periods)
    when = adopted - lag
    known = adopted >= max(lag, 1 if first_period == "leave out" else 0)
    # Only ties matter here, so they are walked once instead of every region in every period.
    seen = when[listed.ego]
    period = np.where(seen >= 0, seen, 0).astype(np.int64)
    weight = listed.weight_at(period)
    if attribute is not None:
        counted = np.broadcast_to(_attribute(attribute, len(adopted), periods), (len(adopted), periods))
        weight = weight * counted[listed.alter.reshape(-1, *[1] * (period.ndim - 1)), period]
    used = adopted[listed.alter] <= seen
    if ended is not None:
        used &= ~(ended[listed.alter] <= seen)
    found = _share(summed(weight * used, listed.ego, listed.regions), summed(weight, listed.ego, listed.regions))
    return np.where(known, found, np.nan)


def times(toa: ArrayLike, periods: int, gave_up: ArrayLike | None = None) -> tuple[Floats, Floats | None]:
    """Times of adoption and of giving up as arrays, refused where they cannot be (see `in_use`)."""
    if periods < 1:
        raise ValueError("there must be at least one period")
    adopted = _times(toa, "toa", periods)
    if gave_up is None:
        return adopted, None
    ended = _times(gave_up, "gave_up", periods)
    if ended.shape != adopted.shape:
        raise ValueError(f"gave_up is {ended.shape}, toa {adopted.shape}")
    if (~np.isnan(ended) & ~(adopted <= ended)).any():
        raise ValueError("something is given up that was not adopted before")
    return adopted, ended


def summed(values: Floats, place: Indices, regions: int) -> Floats:
    """Sum of `values`, (e,) or (e, m), over the ties of each region: (n,) or (n, m)."""
    if values.ndim == 1:
        return np.bincount(place, weights=values, minlength=regions).astype(np.float64)
    ties = np.arange(len(place))
    return product(csr_array((np.ones(len(place)), (place, ties)), shape=(regions, len(place))), values)


def product(matrix: TieMatrix, table: Floats) -> Floats:
    """(n, n) ties times an (n, c) table."""
    return np.asarray(matrix @ table, dtype=np.float64)


def _times(values: ArrayLike, name: str, periods: int) -> Floats:
    found = np.asarray(values, dtype=np.float64)
    if found.ndim not in (1, 2):
        raise ValueError(f"{name} must be (n,) or (n, m), not {found.shape}")
    known = found[~np.isnan(found)]
    if ((known < 0) | (known >= periods) | (known != np.floor(known))).any():
        raise ValueError(f"{name} must be whole periods from 0 to {periods - 1}, or NaN")
    return found


def _attribute(attribute: ArrayLike | None, regions: int, periods: int) -> Floats:
    """The attribute as (n, 1) or (n, T)."""
    if attribute is None:
        return np.ones((regions, 1))
    found = np.asarray(attribute, dtype=np.float64)
    if found.shape not in ((regions,), (regions, periods)):
        raise ValueError(f"attribute must be ({regions},) or ({regions}, {periods}), not {found.shape}")
    if not (np.isfinite(found) & (found >= 0)).all():
        raise ValueError("attribute must be finite and not negative")
    return found[:, None] if found.ndim == 1 else found


def _exposure_static(matrix: TieMatrix, used: Floats, counted: Floats) -> Floats:
    weighed = used if (counted == 1).all() else used * _beside(counted, used)
    reached = product(matrix, weighed.reshape(len(used), math.prod(used.shape[1:]))).reshape(used.shape)
    return _share(reached, np.broadcast_to(_beside(product(matrix, counted), used), used.shape))


def _exposure_dated(listed: TieList, used: Floats, counted: Floats) -> Floats:
    found = np.empty_like(used)
    for period in range(used.shape[-1]):
        now = slice(period, period + 1)
        x = counted if counted.shape[1] == 1 else counted[:, now]
        found[..., now] = _exposure_static(listed.matrix(period), used[..., now], x)
    return found


def _beside(table: Floats, used: Floats) -> Floats:
    """(n, T) or (n, 1) so that it lines up with (n, T) or (n, m, T)."""
    return table if used.ndim == 2 else table[:, None, :]


def _share(part: Floats, whole: Floats) -> Floats:
    """Part of the whole; 0 where there is no whole."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


MEASURES = (
    Explained(
        code="exposure",
        title=N_("Surrounded by users"),
        words=N_(
            "Which share of the regions that it looks to has the approach in use. "
            "High: most of its examples already work that way."
        ),
        term="Exposure",
        span=N_("0 to 1"),
        undefined=N_("in the first periods where an earlier one is looked at; without ties it is 0"),
        source="Valente (1995), Network Models of the Diffusion of Innovations; Burt (1987), AJS 92:1287-1335",
    ),
    Explained(
        code="threshold",
        title=N_("How many went before"),
        words=N_(
            "Which share of the regions that it looks to had the approach when it took it over itself. "
            "Low: it went ahead of its examples. High: it waited for them."
        ),
        term="Network threshold",
        span=N_("0 to 1"),
        undefined=N_("the region did not take it over"),
        source="Valente (1996), Social Networks 18:69-89",
    ),
)
