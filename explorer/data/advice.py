"""What recommendations rest on, and whether they may be shown: worked out once for each version of the data."""

from datetime import date

import pandas as pd

from explorer.analysis.advice.backtest import BackTest, back_test
from explorer.analysis.advice.ground import Background
from explorer.analysis.advice.setting import Setting, setting
from explorer.analysis.spread.evidence import could_take_over, last_day

from . import kept
from .evidence import evidence
from .graph import ask, state
from .network import territories


def given() -> Setting | None:
    """All that a recommendation rests on; None where no day is on record."""
    return _given(state().version)


def tested() -> BackTest:
    """How recommendations would have fared on past days. May take seconds the first time."""
    return _tested(state().version)


# None of the pages changes these, so all sessions share them as they are.
@kept.shared(3)
def _given(version: str) -> Setting | None:
    known = evidence()
    return None if last_day(known) is None else setting(known, _background(version))


@kept.shared(3)
def _tested(version: str) -> BackTest:
    return back_test(evidence(), _background(version))


@kept.shared(3)
def _background(version: str) -> Background:  # noqa: ARG001 (part of the cache key)
    """The regions that could take something over, their borders and shared projects, and the themes of all."""
    chosen = could_take_over(evidence())
    regions = ask("regions").rename(columns={"id": "region_id"})
    regions = regions[regions["region_id"].isin(chosen)].reset_index(drop=True)
    themes = ask("approaches")[["id", "themes"]].explode("themes").dropna()
    return Background(
        regions,
        _ties(chosen),
        _plan_themes(chosen),
        themes.rename(columns={"id": "approach_id", "themes": "theme_id"}).reset_index(drop=True),
    )


def _ties(chosen: set[str]) -> pd.DataFrame:
    """Borders, which always were, and projects that two regions share, from the day on which both took part."""
    borders = ask("borders").rename(columns={"region_a": "a", "region_b": "b"}).assign(strength=1.0, first=None)
    seats = ask("organisations")[["id", "region_id"]].dropna().rename(columns={"id": "organisation_id"})
    land = territories()
    seats["region_id"] = [[r for r in (home, *land.above(home)) if r in chosen] for home in seats["region_id"]]
    seats = seats.explode("region_id").dropna()
    parts = ask("participations")[["organisation_id", "project_id", "date_from"]].merge(seats, on="organisation_id")
    parts = parts[parts["date_from"].map(lambda day: isinstance(day, date)).astype(bool)]
    parts = parts.sort_values("date_from").drop_duplicates(["project_id", "region_id"])
    both = parts.merge(parts, on="project_id", suffixes=("", "_b"))
    both = both[both["region_id"] < both["region_id_b"]]
    first = both["date_from"].where(both["date_from"] > both["date_from_b"], both["date_from_b"])
    shared = both.assign(first=first, strength=1.0).rename(columns={"region_id": "a", "region_id_b": "b"})
    columns = ["a", "b", "strength", "first"]
    return pd.concat([borders[columns].astype({"first": object}), shared[columns]], ignore_index=True)


def _plan_themes(chosen: set[str]) -> pd.DataFrame:
    """Themes that plans name, for each region that a plan covers."""
    plans = ask("plans")[["id", "year", "region_ids"]].explode("region_ids")
    plans = plans[plans["region_ids"].isin(chosen)].rename(columns={"region_ids": "region_id"})
    named = ask("plan_themes")[["plan_id", "theme_id"]] if len(plans) else pd.DataFrame(columns=["plan_id", "theme_id"])
    return plans.merge(named, left_on="id", right_on="plan_id")[["region_id", "theme_id", "year"]]
