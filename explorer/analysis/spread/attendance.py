"""Who came to see which approach, and whether it was in use where they saw it."""

import pandas as pd

from .evidence import Evidence, dated, takings
from .holdings import holdings


def attendances(evidence: Evidence) -> pd.DataFrame:
    """Every region's coming to a visit about an approach that another region hosted.

    Returns
    -------
    DataFrame
        visit_id, region_id, approach_id, how ("own" or "within"; visits from
        above are not among them), visit_from, visit_to, visit_middle (day numbers, NaN where
        unknown), in_use (whether, as far as dates can tell, another region than the visitor
        had the approach by then and could show it at the host's). Empty where nobody came.
    """
    came = evidence.attended[evidence.attended["how"] != "from above"][["visit_id", "region_id", "how"]]
    came = came.sort_values("how").drop_duplicates(["visit_id", "region_id"])  # "own" before "within"
    hosts = evidence.hosts.rename(columns={"region_id": "host"})[["visit_id", "host"]].drop_duplicates()
    met = came.merge(hosts, on="visit_id", how="left")
    came = met[met["host"] != met["region_id"]].drop(columns="host").drop_duplicates()
    shown = dated(evidence.shown.drop_duplicates(["visit_id", "approach_id"]))
    names = {"on_from": "visit_from", "on_to": "visit_to", "middle": "visit_middle"}
    shown = shown.rename(columns=names)[["visit_id", "approach_id", *names.values()]]
    rows = came.merge(shown, on="visit_id").reset_index(drop=True)
    met = rows.reset_index(names="row")[["row", "visit_id", "region_id", "approach_id"]]
    met = met.merge(_showing(shown, hosts, holdings(evidence, takings(evidence))), on=["visit_id", "approach_id"])
    met = met[(met["holder"] != met["region_id"]) & (met["host"] != met["region_id"])]
    return rows.assign(in_use=rows.index.isin(met["row"].unique()))


def _showing(shown: pd.DataFrame, hosts: pd.DataFrame, held: pd.DataFrame) -> pd.DataFrame:
    """Which region's approach each visit showed, and where: visit_id, approach_id, host, holder."""
    held = held[held["host"].isin(hosts["host"])]
    there = shown.merge(hosts, on="visit_id").merge(held, on=["approach_id", "host"])
    there = there[~(there["since_from"] > there["visit_to"])]  # an unknown day rules nothing out
    return there[["visit_id", "approach_id", "host", "holder"]].drop_duplicates()
