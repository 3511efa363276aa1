"""Small worlds of regions, approaches and visits to recommend in: by hand, and by chance."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
from hypothesis import settings

from explorer.analysis.advice.features import Situation, situation
from explorer.analysis.advice.ground import Background, ground, known_by
from explorer.analysis.advice.recommend import Recommendation
from explorer.analysis.spread.evidence import Evidence
from explorer.analysis.territories import Territories

Row = tuple[object, ...]

FEW = settings(max_examples=12)  # each of them makes a world
DAY = date(2018, 12, 31)
MUCH = {"regions": 60, "approaches": 60, "visits": 700}  # enough on record to fit weights on


def day(text: str) -> date:
    return date.fromisoformat(text)


def span(text: str) -> tuple[date | None, date | None]:
    """A day ("2019-05-01"), a year ("2019"), or unknown ("")."""
    if not text:
        return None, None
    return (date(int(text), 1, 1), date(int(text), 12, 31)) if len(text) == 4 else (day(text), day(text))


def world(
    approaches: Sequence[tuple[str, str | None, str]] = (),
    steps: Sequence[tuple[str, str, str, str]] = (),
    visits: Sequence[tuple[str, str, str, str, str]] = (),
    until: str = "",
    parents: dict[str, str] | None = None,
) -> Evidence:
    """Approaches (id, origin, started), steps (region, approach, stage, on), visits (id, host, approach, on, guests).

    Guests are written one after the other ("bc"); a guest in capitals came from above.
    """
    regions = sorted({*"abcdef", *(parents or {}), *(parents or {}).values()})
    shown = [(visit, approach, "work visit", *span(on)) for visit, _host, approach, on, _guests in visits]
    attended = [
        (visit, guest.lower(), "from above" if guest.isupper() else "own")
        for visit, _host, _approach, _on, guests in visits
        for guest in guests
    ]
    return Evidence(
        _table("approach_id origin started_from started_to", [(a, o, *span(on)) for a, o, on in approaches]),
        _table(
            "step_id approach_id region_id stage on_from on_to credited_to",
            [(f"s{n}", a, r, stage, *span(on), []) for n, (r, a, stage, on) in enumerate(steps)],
        ),
        _table("visit_id approach_id kind on_from on_to", shown),
        _table("visit_id region_id", sorted({(visit, host) for visit, host, *_rest in visits if host})),
        _table("visit_id region_id how", attended),
        Territories(_table("id name kind parent_id", [(r, r, "region", (parents or {}).get(r)) for r in regions])),
        day(until) if until else None,
    )


def background(regions: str = "abcdef", ties: Sequence[tuple[str, str, float]] = ()) -> Background:
    """Regions on one meridian, one degree apart in the order given, all of one kind and size."""
    return Background(
        pd.DataFrame(
            {
                "region_id": list(regions),
                "name": [region.upper() for region in regions],
                "latitude": [50.0 + place for place in range(len(regions))],
                "longitude": 5.0,
                "population": 100_000,
                "kind": "district",
                "country": "NL",
            }
        ),
        _table("a b strength", list(ties)),
    )


def by_chance(
    seed: int, regions: int = 20, approaches: int = 16, visits: int = 150, years: int = 8
) -> tuple[Evidence, Background]:
    """A world in which guests of nearby hosts take some things over; same seed, same world."""
    rng = np.random.default_rng(seed)
    ids = [f"r{place:02}" for place in range(regions)]
    things = [f"a{place:02}" for place in range(approaches)]
    latitude, longitude = rng.uniform(50, 54, regions), rng.uniform(3, 7, regions)
    away = np.hypot(latitude[:, None] - latitude, longitude[:, None] - longitude) + 9 * np.eye(regions)
    end = 365 * years
    origin, started = rng.integers(0, regions, approaches), rng.integers(0, end // 3, approaches)
    has = np.full((regions, approaches), 10 * end)
    has[origin, np.arange(approaches)] = started
    steps: list[Row] = []
    shown, hosts, attended = [], [], []
    for number, when in enumerate(np.sort(rng.integers(0, end, visits))):
        able = np.argwhere(has <= when)
        if not len(able):
            continue
        host, thing = able[rng.integers(len(able))]
        shown.append((f"v{number}", things[thing], "work visit", _date(when), _date(when)))
        hosts.append((f"v{number}", ids[host]))
        for guest in np.argsort(away[host] + rng.exponential(1.0, regions))[:4]:
            attended.append((f"v{number}", ids[guest], "own"))
            when_taken = int(when + rng.integers(30, 500))
            if has[guest, thing] > end and when_taken < end and rng.random() < 0.5:
                has[guest, thing] = when_taken
                stage = "partial" if rng.random() < 0.9 else "dropped"
                row = (things[thing], ids[guest], stage, _date(when_taken), _date(when_taken), [f"v{number}"])
                steps.append((f"s{len(steps)}", *row))
    evidence = Evidence(
        _table(
            "approach_id origin started_from started_to",
            [(a, ids[o], _date(s), _date(s)) for a, o, s in zip(things, origin, started, strict=True)],
        ),
        _table("step_id approach_id region_id stage on_from on_to credited_to", steps),
        _table("visit_id approach_id kind on_from on_to", shown),
        _table("visit_id region_id", hosts),
        _table("visit_id region_id how", attended),
        Territories(pd.DataFrame({"id": ids, "name": ids, "kind": "region", "parent_id": None})),
        _date(end),
    )
    ties: list[Row] = [(ids[i], ids[j], 1.0) for i in range(regions) for j in np.argsort(away[i])[:2]]
    plain = {"latitude": latitude, "longitude": longitude, "population": rng.integers(10**5, 10**6, regions)}
    table = pd.DataFrame({"region_id": ids, "name": [i.upper() for i in ids], **plain, "kind": "k", "country": "NL"})
    themes = [f"t{place}" for place in range(5)]
    region_themes: list[Row] = [(i, themes[rng.integers(5)], 2012 + int(rng.integers(years))) for i in ids]
    approach_themes: list[Row] = [(a, themes[rng.integers(5)]) for a in things]
    return evidence, Background(
        table,
        _table("a b strength", ties),
        _table("region_id theme_id year", region_themes),
        _table("approach_id theme_id", approach_themes),
    )


def at(evidence: Evidence, around: Background, on: str, cut: bool = True) -> Situation:
    """The situation on a day; without the cut all that is on record is in it."""
    known = known_by(evidence, day(on)) if cut else evidence
    return situation(known, around, ground(evidence, around), day(on), cut)


def told(found: list[Recommendation]) -> list[tuple[str, str, str]]:
    """Region, approach and host of each recommendation."""
    return [(one.region, one.approach, one.host) for one in found]


def moved(evidence: Evidence, by: timedelta, after: date = date.min) -> Evidence:
    """The evidence with all days after `after` so much later."""

    def later(table: pd.DataFrame) -> pd.DataFrame:
        days = {
            name: pd.Series([on + by if on > after else on for on in table[name]], index=table.index, dtype=object)
            for name in table.columns.intersection(["on_from", "on_to", "started_from", "started_to"])
        }
        return table.assign(**days)

    approaches, steps, shown = (later(table) for table in (evidence.approaches, evidence.steps, evidence.shown))
    return replace(evidence, approaches=approaches, steps=steps, shown=shown)


def _date(number: int) -> date:
    return date(2012, 1, 1) + timedelta(days=int(number))


def _table(columns: str, rows: Sequence[Row]) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=columns.split(), dtype=object)
