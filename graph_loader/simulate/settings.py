"""What a simulation is asked to be: size, time, and the knobs."""

from dataclasses import asdict, dataclass
from datetime import date

from languages.words import _


@dataclass(frozen=True, kw_only=True)
class Settings:
    """Size and knobs of a simulation; the same settings make the same tables, byte for byte.

    Attributes
    ----------
    regions, approaches, visits
        How many there are. On a given land the number of regions is the land's own.
    seed
        Start of all chance.
    first_year, years
        The time simulated; steps are known up to the end of the last year.
    geography
        How strongly distance limits who visits whom; 0: not at all.
    homophily
        How strongly like visits like (size, themes); 0: not at all.
    hubs
        How unequally hosts draw visits; 0: all alike.
    visits_matter
        Share of what could spread that spreads from region to region. 1: most
        takings-over follow a visit. 0: nothing carries an approach from one
        region to another; every taking-over is an idea of the region's own,
        about as many as before, and no visit, host or neighbour tells which.
    own_ideas
        Share of takings-over without a visit where `visits_matter` is 1: half
        of them from a neighbour that has the approach, half from nowhere.
    uptake
        Probability that a guest without the approach sets off a taking-over.
    shown
        Share of approaches that are ever shown at a visit.
    from_above
        Share of attendances by a body of the territory above instead of the region's own.
    coarse_dates
        Share of dates known only by month (half of them) or year.

    Raises
    ------
    ValueError
        When a setting cannot be; the sentence names it, its value and the mend.
    """

    regions: int = 35
    approaches: int = 60
    visits: int = 120
    seed: int = 1
    first_year: int = 2012
    years: int = 10
    geography: float = 1.0
    homophily: float = 1.0
    hubs: float = 1.0
    visits_matter: float = 1.0
    own_ideas: float = 0.2
    uptake: float = 0.4
    shown: float = 0.6
    from_above: float = 0.0
    coarse_dates: float = 0.0

    def __post_init__(self) -> None:
        for name, (low, high) in RANGES.items():
            value = getattr(self, name)
            if not low <= value <= high:  # NaN is in no range
                raise ValueError(
                    _("{setting} is {value}: give a number from {low} to {high}.").format(
                        setting=name, value=value, low=f"{low:g}", high=f"{high:g}"
                    )
                )
        for name in WHOLE:
            whole = isinstance(getattr(self, name), int)
            if not whole:
                raise ValueError(
                    _("{setting} is {value}: give a whole number.").format(setting=name, value=getattr(self, name))
                )

    @property
    def days(self) -> int:
        """Days from the first of the first year to the last of the last year, both included."""
        return (date(self.first_year + self.years, 1, 1) - date(self.first_year, 1, 1)).days

    def as_dict(self) -> dict[str, float]:
        """All settings by name."""
        return asdict(self)


WHOLE = ("regions", "approaches", "visits", "seed", "first_year", "years")
RANGES: dict[str, tuple[float, float]] = {
    "regions": (2, 3_000),
    "approaches": (1, 4_000),
    "visits": (0, 1_000_000),
    "seed": (0, 2**63 - 1),
    "first_year": (1850, 2100),
    "years": (1, 50),
    "geography": (0, 100),
    "homophily": (0, 100),
    "hubs": (0, 10),
    "visits_matter": (0, 1),
    "own_ideas": (0, 1),
    "uptake": (0, 1),
    "shown": (0, 1),
    "from_above": (0, 1),
    "coarse_dates": (0, 1),
}
