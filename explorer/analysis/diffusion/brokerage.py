"""Brokerage: who stands between two that are not tied, in which role towards groups; and Burt's constraint."""

from collections.abc import Sequence
from dataclasses import dataclass

import igraph
import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy import sparse

from explorer.analysis.explained import Explained
from languages.words import N_

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Ties = Floats | sparse.csr_array

ROLES = ("coordinator", "itinerant", "representative", "gatekeeper", "liaison", "total")


@dataclass(frozen=True)
class Brokerage:
    """Roles of each node; in each table one row per node in the order given, one column per role of `ROLES`.

    Attributes
    ----------
    counts
        How often the node brokers in the role, whole numbers.
    expected
        The mean of that where every tie is drawn by itself with the density of
        the network, groups as they are; NaN for fewer than two nodes.
    z
        (counts - expected) / standard deviation in the same random networks;
        NaN where the role cannot vary: no node for it, no tie, or every tie.
    """

    counts: pd.DataFrame
    expected: pd.DataFrame
    z: pd.DataFrame


def brokerage(ties: Ties, groups: Sequence[str], *, directed: bool = True) -> Brokerage:
    """Gould and Fernandez's roles of brokers between groups, such as regions.

    v brokers between a and b where a is tied to v, v to b, and a not to b; a and
    b are two nodes, so a → v → a is none. With the group of each:

    ========================  ==================================
    coordinator               a, v and b in one group
    itinerant                 a and b in one group, v in another
    representative            a and v in one group, b in another
    gatekeeper                v and b in one group, a in another
    liaison                   three groups
    total                     all of these
    ========================  ==================================

    Parameters
    ----------
    ties
        (n, n), dense or sparse; a value other than 0 is a tie from the row to the
        column. Ties of a node to itself are left out.
    groups
        n groups, one per node.
    directed
        False for ties without direction: `ties` must be symmetric. Each open
        pair then counts in both directions: twice as coordinator, itinerant,
        liaison and in the total, once as representative and once as gatekeeper.
        It changes the standard deviation alone, as both directions are drawn as one.

    Returns
    -------
    Brokerage
        Empty tables for no node.

    Raises
    ------
    ValueError
        Where `ties` is not square or has NaN, a group is missing, or ties
        without direction are not symmetric.

    References
    ----------
    Gould & Fernandez (1989), Structures of mediation, Sociological Methodology
    19:89-126. Counts, means and deviations of directed ties are those of
    ``brokerage`` in the R package sna (Butts); the deviation of undirected ties is ours.
    """
    tied = _square(ties)
    tied.data[:] = 1
    codes = _codes(groups, tied.shape[0])
    if not directed and abs(tied - tied.T).nnz:
        raise ValueError("ties without direction need a symmetric matrix")
    counts = _counts(tied, codes)
    expected, variance = _moments(codes, tied.nnz, directed)
    deviation = np.sqrt(variance)
    z = np.divide(counts - expected, deviation, out=np.full(counts.shape, np.nan), where=deviation > 0)
    return Brokerage(*(pd.DataFrame(table, columns=list(ROLES)) for table in (counts, expected, z)))


def constraint(weights: Ties) -> Floats:
    """Burt's constraint: how far a node's ties run together in contacts who are tied to each other.

    Parameters
    ----------
    weights
        (n, n) strengths of ties, 0 or more, dense or sparse. Both directions are
        added, so a symmetric matrix gives the same as one triangle of it. Ties
        of a node to itself are left out.

    Returns
    -------
    ndarray
        (n,) constraint, above 0 and at most 2: the reciprocal of the number of
        contacts where these are equally strong and not tied to each other, 1 for a
        single contact. Above 1 means few contacts that are strongly tied to one
        another: what the node invests in each comes back through the others. A
        closed triangle of equal ties has 1.125. High is little room to broker. NaN
        for a node without ties.

    Raises
    ------
    ValueError
        Where `weights` is not square, or has a negative value or NaN.

    References
    ----------
    Burt (1992), Structural holes, Harvard University Press; computed by igraph's ``constraint``.
    """
    strength = _square(weights)
    if (strength.data < 0).any():
        raise ValueError("a strength is 0 or more")
    both = sparse.triu(strength + strength.T, k=1).tocoo()  # no zeros: igraph takes a tie of strength 0 for a contact
    graph = igraph.Graph(n=strength.shape[0], edges=list(zip(both.row.tolist(), both.col.tolist(), strict=True)))
    found = graph.constraint(weights=both.data.tolist()) if graph.vcount() else []
    return np.where(np.array(graph.degree()) > 0, np.array(found, dtype=np.float64), np.nan)


def _counts(tied: sparse.csr_array, codes: Ints) -> Ints:
    """(n, 6): pairs of ways in and out, less a → v → a, less those whose ends are tied themselves."""
    row, column = tied.nonzero()
    own = codes[row] == codes[column]
    within, across = (_matrix(row[keep], column[keep], tied.shape) for keep in (own, ~own))
    member = _matrix(np.arange(len(codes)), codes, tied.shape)
    same_group = (across.T @ member).multiply(across @ member).sum(axis=1)  # in from and out to one other group
    into_own, into_other = within.sum(axis=0), across.sum(axis=0)
    out_own, out_other = within.sum(axis=1), across.sum(axis=1)
    roles = [
        into_own * out_own - within.multiply(within.T).sum(axis=1) - _closed(within, within, within),
        same_group - across.multiply(across.T).sum(axis=1) - _closed(across, within, across),
        into_own * out_other - _closed(within, across, across),
        into_other * out_own - _closed(across, across, within),
        into_other * out_other - same_group - _closed(across, across, across),
    ]
    return np.column_stack([*roles, np.sum(roles, axis=0)]).astype(np.int64)


def _closed(into: sparse.csr_array, between: sparse.csr_array, out: sparse.csr_array) -> Ints:
    """How many a → v → b have a → b, for each v."""
    return np.asarray(out.multiply(into.T @ between).sum(axis=1), dtype=np.int64)


def _moments(codes: Ints, ties: int, directed: bool) -> tuple[Floats, Floats]:
    """Mean and variance of each count, (n, 6), where every tie is drawn with the network's density.

    A count sums products d² (1 - d) over pairs (a, b). Two pairs vary together
    where they share a or b, and so one tie of the broker: by d³ (1 - d)³.
    Without direction (a, b) and (b, a) are one event that counts twice, which
    doubles the variance of the roles that hold both.
    """
    n = len(codes)
    if n < 2:
        return np.full((n, 6), np.nan), np.full((n, 6), np.nan)
    density = ties / (n * (n - 1))
    open_pair = density**2 * (1 - density)
    size = np.bincount(codes).astype(np.float64)
    own, other = size[codes] - 1, n - size[codes]
    squares, cubes = np.sum(size**2) - size[codes] ** 2, np.sum(size**3) - size[codes] ** 3  # of all other groups
    pairs = {
        "coordinator": own * (own - 1),
        "itinerant": squares - other,  # s (s - 1) in each other group of size s
        "representative": own * other,
        "gatekeeper": own * other,
        "liaison": other**2 - squares,
        "total": np.full(n, (n - 1.0) * (n - 2)),
    }
    crossed = own * other * (own + other - 2)
    shared = {
        "coordinator": 2 * own * (own - 1) * (own - 2),
        "itinerant": 2 * (cubes - 3 * squares + 2 * other),  # s (s - 1) (s - 2), and for liaison s (r - s) (r - s - 1)
        "representative": crossed,
        "gatekeeper": crossed,
        "liaison": 2 * (other**2 * (other - 1) - squares * (2 * other - 1) + cubes),
        "total": np.full(n, 2 * (n - 1.0) * (n - 2) * (n - 3)),
    }
    mean = np.column_stack([pairs[role] for role in ROLES]) * open_pair
    together = np.column_stack([shared[role] for role in ROLES]) * (density * (1 - density)) ** 3
    variance = mean * (1 - open_pair) + together
    return mean, variance if directed else variance * np.array([2, 2, 1, 1, 2, 2])


def _matrix(row: Ints, column: Ints, shape: tuple[int, int]) -> sparse.csr_array:
    return sparse.csr_array((np.ones(len(row), dtype=np.int64), (row, column)), shape=shape)


def _codes(groups: Sequence[str], n: int) -> Ints:
    codes, _names = pd.factorize(pd.Series(list(groups), dtype=object))
    if len(codes) != n:
        raise ValueError("there must be as many groups as nodes")
    if (codes < 0).any():
        raise ValueError("a node has no group")
    return codes.astype(np.int64)


def _square(ties: Ties) -> sparse.csr_array:
    """As sparse floats without ties of a node to itself and without stored zeros."""
    found = sparse.coo_array(ties, dtype=np.float64, copy=True)
    found.sum_duplicates()
    if found.ndim != 2 or found.shape[0] != found.shape[1]:
        raise ValueError("ties are a square matrix, nodes by nodes")
    if np.isnan(found.data).any():
        raise ValueError("a tie is a number, 0 where there is none")
    keep = (found.row != found.col) & (found.data != 0)
    return sparse.csr_array((found.data[keep], (found.row[keep], found.col[keep])), shape=found.shape)


MEASURES = (
    Explained(
        code="brokerage",
        title=N_("Stands in between"),
        words=N_(
            "How many pairs have no direct tie and are tied through it: within its own region, "
            "into it, out of it, or between others. High where others meet only through it"
        ),
        term="Gould-Fernandez brokerage roles",
        span=N_("0 and up, in pairs"),
        undefined=N_("never"),
        source="Gould & Fernandez (1989), Sociological Methodology 19:89-126",
    ),
    Explained(
        code="brokerage_z",
        title=N_("Stands in between more than by chance"),
        words=N_(
            "How far the number of pairs is above (or below) what ties drawn by lot would give on average, "
            "in standard deviations. With few ties, 2 or 3 can still be chance"
        ),
        term="standardised Gould-Fernandez brokerage score (independent ties of the same density)",
        span=N_("below and above 0, in standard deviations"),
        undefined=N_("where the number cannot vary, such as a role between groups where there is one group"),
        source="Gould & Fernandez (1989), Sociological Methodology 19:89-126",
    ),
    Explained(
        code="constraint",
        title=N_("Tied down"),
        words=N_(
            "How far its partners are also each other's partners. Low where it alone connects them; "
            "high where it has few partners or all know each other; above 1 for few partners who hold together closely"
        ),
        term="Burt's constraint",
        span=N_("above 0, at most 2"),
        undefined=N_("without any tie"),
        source="Burt (1992), Structural holes, Harvard University Press",
    ),
)
