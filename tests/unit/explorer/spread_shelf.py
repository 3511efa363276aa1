"""Small stories of spread, from which tests of its measures start."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pandas as pd

from explorer.analysis.spread.evidence import Evidence
from explorer.analysis.territories import Territories
from graph_store.dates import interval

# Country NL holds province GE with the cities A and B, and province UT with the cities C and D; IS is elsewhere.
LAND = Territories(
    pd.DataFrame(
        [
            ("NL", "Netherlands", "country", None),
            ("GE", "Gelderland", "province", "NL"),
            ("UT", "Utrecht", "province", "NL"),
            ("A", "Arnhem", "city", "GE"),
            ("B", "Barneveld", "city", "GE"),
            ("C", "Culemborg", "city", "UT"),
            ("D", "De Bilt", "city", "UT"),
            ("IS", "Iceland", "country", None),
        ],
        columns=["id", "name", "kind", "parent_id"],
    )
)

Step = tuple[str, str] | tuple[str, str, str] | tuple[str, str, str, Sequence[str]]  # region, when, stage, credits
Visit = tuple[str, str, Sequence[str], Sequence[str]]  # id, when, hosts, guests ("B", or "B from above")


def days(text: str) -> tuple[date | None, date | None]:
    """First and last day of a date as written; None where it is empty."""
    return interval(text) if text else (None, None)


def story(
    steps: Sequence[Step] = (),
    visits: Sequence[Visit] = (),
    *,
    origin: str | None = "A",
    began: str = "",
    approach: str = "x",
    until: str = "",
    land: Territories = LAND,
) -> Evidence:
    """The evidence on one approach."""
    took = [
        (f"{approach}-{place}", approach, region, *days(on), stage, list(credits))
        for place, (region, on, stage, credits) in enumerate((*step, "full", ())[:4] if len(step) == 2 else
                                                             (*step, ())[:4] for step in steps)
    ]  # fmt: skip
    came = [
        (guest.removesuffix(" from above"), visit, "from above" if guest.endswith(" from above") else "own")
        for visit, _on, _hosts, guests in visits
        for guest in guests
    ]
    return Evidence(
        _table([(approach, origin, *days(began))], "approach_id origin started_from started_to"),
        _table(took, "step_id approach_id region_id on_from on_to stage credited_to"),
        _table(
            [(v, approach, "work visit", *days(on)) for v, on, *_ in visits], "visit_id approach_id kind on_from on_to"
        ),
        _table([(v, host) for v, _on, hosts, _guests in visits for host in hosts], "visit_id region_id"),
        _table(came, "region_id visit_id how"),
        land,
        days(until)[1],
    )


def together(*stories: Evidence) -> Evidence:
    """Several stories as one body of evidence; the land and the last day are those of the first."""
    parts = {
        name: pd.concat([getattr(item, name) for item in stories], ignore_index=True)
        for name in ("approaches", "steps", "shown", "hosts", "attended")
    }
    return replace(stories[0], **parts)


def _table(rows: Sequence[tuple[object, ...]], columns: str) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=columns.split(), dtype=object)
