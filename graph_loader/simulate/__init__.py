"""Made-up networks with a known truth: who really took over what from whom, through which visit."""

from .land import KIND, Land, made_up_land, read_land
from .rates import rates, told
from .settings import Settings
from .simulation import Simulation, simulated
from .writing import write_simulation

__all__ = [
    "KIND",
    "Land",
    "Settings",
    "Simulation",
    "made_up_land",
    "rates",
    "read_land",
    "simulated",
    "told",
    "write_simulation",
]
