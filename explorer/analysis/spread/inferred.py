"""Who probably preceded whom, where no visit is known: the inferred network, in regions and approaches."""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from explorer.analysis.days import DAYS_PER_MONTH
from explorer.analysis.diffusion.netinf import Delay, InferredNetwork, inferred_network, parents

from .evidence import Evidence, dated, takings

SHUFFLES = 20
COLUMNS = ["approach_id", "region_id", "source", "weight"]


def inferred(
    evidence: Evidence, delay: Delay = "exponential", *, false_share: float = 0.2, seed: int = 1
) -> pd.DataFrame:
    """Candidate sources of each taking-over by the order of takings-over alone.

    All approaches together tell which region tends to follow which (see
    `inferred_network`); an approach counts from where it began. An edge counts
    where it gains more than such edges do when the times of each approach are
    shuffled among those who took it over. Precedence, not learning.

    Parameters
    ----------
    delay
        Distribution of the time between source and follower.
    false_share
        Edges are taken, the strongest first, as long as shuffled times lead to
        expect no more than this share of false ones among them.
    seed
        Start of the shuffling.

    Returns
    -------
    DataFrame
        approach_id, region_id, source, weight (above 0, at most 1: the share
        among the candidate sources of that taking-over, times the chance that
        the edge is no accident). Empty where nothing can be inferred.
    """
    regions, approaches, months, began = _times(evidence)
    network = _beyond_chance(months, began, delay, false_share, seed) if _enough(months) else None
    if network is None:
        return pd.DataFrame({column: pd.Series(dtype=object) for column in COLUMNS}).astype({"weight": float})
    found = []
    for place, approach in enumerate(approaches):
        ranked = parents(network, months[:, place]).merge(
            network.edges, left_on=["source", "region"], right_on=["source", "target"]
        )
        found.append(
            pd.DataFrame(
                {
                    "approach_id": approach,
                    "region_id": [regions[row] for row in ranked["region"]],
                    "source": [regions[row] for row in ranked["source"]],
                    "weight": ranked["weight"] * (1 - ranked["by_chance"]),
                }
            )
        )
    origins = set(zip(evidence.approaches["approach_id"], evidence.approaches["origin"], strict=True))
    table = pd.concat(found, ignore_index=True)
    pairs = zip(table["approach_id"], table["region_id"], strict=True)
    return table[[pair not in origins for pair in pairs]].reset_index(drop=True)


def _enough(months: NDArray[np.float64]) -> bool:
    """Whether two or more approaches were taken over by two or more regions at known times."""
    return bool(np.sum(np.sum(~np.isnan(months), axis=0) >= 2) >= 2) if months.size else False


def _beyond_chance(
    months: NDArray[np.float64], began: NDArray[np.bool_], delay: Delay, false_share: float, seed: int
) -> InferredNetwork | None:
    """The inferred network, its edges cut where chance would yield too many; None where none is left.

    The table of edges gains `by_chance`: the expected share of false edges
    among those that gain as much or more.
    """
    rng = np.random.default_rng(seed)
    network = inferred_network(months, delay)
    accidents = [
        inferred_network(_shuffled(months, began, rng), delay, network.rate).edges["gain"].to_numpy()
        for _round in range(SHUFFLES)
    ]
    gains = network.edges["gain"].to_numpy()
    strongest = np.argsort(-gains, kind="stable")
    chance = np.sort(np.concatenate(accidents))
    expected = (len(chance) - np.searchsorted(chance, gains[strongest], side="left")) / SHUFFLES
    share = np.minimum.accumulate((expected / np.arange(1, len(gains) + 1))[::-1])[::-1]
    kept = strongest[share <= false_share]
    edges = (
        network.edges.iloc[kept].assign(by_chance=share[share <= false_share]).sort_values("order", ignore_index=True)
    )
    return replace(network, edges=edges) if len(edges) else None


def _shuffled(months: NDArray[np.float64], began: NDArray[np.bool_], rng: np.random.Generator) -> NDArray[np.float64]:
    """The same times, dealt anew within each approach to those who took it over; where it began stays."""
    found = months.copy()
    for column, fixed in zip(found.T, began.T, strict=True):
        dealt = ~np.isnan(column) & ~fixed
        column[dealt] = rng.permutation(column[dealt])
    return found


def _times(evidence: Evidence) -> tuple[list[str], list[str], NDArray[np.float64], NDArray[np.bool_]]:
    """Regions, approaches, months (regions, approaches) since the first day on record, and which are beginnings.

    A date counts at the middle of what it may mean; NaN where there is none.
    """
    began = evidence.approaches.dropna(subset=["origin", "started_from"])
    began = began.rename(columns={"origin": "region_id", "started_from": "on_from", "started_to": "on_to"})
    columns = ["approach_id", "region_id", "on_from", "on_to"]
    rows = pd.concat([began[columns], takings(evidence)[columns]]).dropna().drop_duplicates(columns[:2])
    if rows.empty:
        return [], [], np.empty((0, 0)), np.empty((0, 0), dtype=bool)
    days = dated(rows)["middle"].to_numpy(dtype=np.float64)
    regions, approaches = sorted(rows["region_id"].unique()), sorted(rows["approach_id"].unique())
    months = np.full((len(regions), len(approaches)), np.nan)
    where = pd.Index(regions).get_indexer(rows["region_id"]), pd.Index(approaches).get_indexer(rows["approach_id"])
    months[where] = (days - days.min()) / DAYS_PER_MONTH
    origins = pd.Index(regions).get_indexer(began["region_id"]), pd.Index(approaches).get_indexer(began["approach_id"])
    beginnings = np.zeros(months.shape, dtype=bool)
    beginnings[origins] = True
    return regions, approaches, months, beginnings
