"""A simulation: the loader's tables, the truth beside them, and what was asked for."""

from dataclasses import dataclass, replace

import pandas as pd

from .course import course_of
from .ground import ground_of
from .land import Land, made_up_land
from .settings import Settings
from .tables import TRUTH, Records

Tables = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Simulation:
    """What a simulation made.

    Attributes
    ----------
    tables
        By the loader's names of tables, with the loader's columns; cells are
        text as in a CSV file, empty where nothing is known. Tables without a
        row are there, too.
    truth
        step_id, approach, region, source (id of the region learnt from, or
        empty), visit (id or empty), how ("visit", "from above", "contact",
        "own idea"). One row per taking-over; `step_id` is its first step of
        stage partial or full.
    settings
        What was asked for; on a given land with the number of its regions.
    land
        The regions and borders that it plays on.
    """

    tables: Tables
    truth: pd.DataFrame
    settings: Settings
    land: Land


def simulated(settings: Settings, land: Land | None = None) -> Simulation:
    """Simulate visits and takings-over; the same settings and land give the same result.

    Parameters
    ----------
    settings
        Size, time and knobs.
    land
        Real regions; None for a country made up for the seed.
    """
    land = land or made_up_land(settings.regions, settings.seed)
    ground = ground_of(land, settings.seed)
    settings = replace(settings, regions=len(ground.ids))
    records = Records(settings, ground, course_of(settings, ground))
    records.fill()
    return Simulation(records.tables(), pd.DataFrame(records.truth, columns=TRUTH, dtype=str), settings, land)
