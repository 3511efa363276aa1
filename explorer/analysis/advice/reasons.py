"""Reasons for a recommendation, in words: only what raises its score, strongest first."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np

from languages.words import N_

from .ground import Places
from .model import FEATURES, LEAST_REACH, PULLS
from .setting import Setting

Values = dict[str, str | int]
Told = tuple[str, Values]

LEAST = 0.01
"""What raises the score by less is no reason."""


@dataclass(frozen=True)
class Reason:
    """One reason: `sentence` is a message whose places `values` fill; `weight` is what it adds to the score."""

    code: str
    sentence: str
    values: Values
    weight: float


@dataclass(frozen=True)
class _Pair:
    """The region that looks, the approach, and the host, as places; with their names."""

    given: Setting
    i: int
    a: int
    j: int
    region: str = field(init=False)
    host: str = field(init=False)

    def __post_init__(self) -> None:
        names = self.given.fixed.names
        object.__setattr__(self, "region", names[self.i])
        object.__setattr__(self, "host", names[self.j])


def reasons(given: Setting, i: int, a: int, j: int) -> tuple[Reason, ...]:
    """Why region i may take approach a over, and go to host j for it (places in the arrays).

    What the host adds to the expected visits is shared out among what makes
    regions travel there, to first order.
    """
    pair, added = _Pair(given, i, a, j), _added(given, i, a, j)
    found = []
    for code, told in TOLD.items():
        weight = added.get(code, 0.0)
        said = told(pair) if weight > LEAST else None
        if said is not None:
            found.append(Reason(code, *said, weight))
    return tuple(sorted(found, key=lambda reason: -reason.weight))


def case_reasons(given: Setting, concerned: Places, a: int, j: int) -> tuple[Reason, ...]:
    """Why approach a, shown by host j, may be for the regions concerned: their reasons together, counted."""
    found: dict[str, list[Reason]] = {}
    for i in concerned:
        for reason in reasons(given, int(i), a, j):
            found.setdefault(reason.code, []).append(reason)
    host = given.fixed.names[j]
    told = [
        Reason(
            code,
            TOGETHER.get(code, each[0].sentence),
            {"count": len(each), "host": host} if code in TOGETHER else each[0].values,
            sum(reason.weight for reason in each),
        )
        for code, each in found.items()
    ]
    return tuple(sorted(told, key=lambda reason: (-round(reason.weight, 9), reason.code)))


def _added(given: Setting, i: int, a: int, j: int) -> dict[str, float]:
    """What each reason adds to the score of the pair, with this host."""
    added = {code: float(part) for code, part in zip(FEATURES, given.parts[i, a], strict=True) if code != "reach"}
    per_visit = given.worth.there[i] * given.shows[:, a]
    if per_visit.sum() <= LEAST_REACH or not per_visit[j]:
        return added
    steep = _slope(given) * per_visit[j] / per_visit.sum()
    for code, part in zip(PULLS, given.pulled[i, j], strict=True):
        added[f"host {code}"] = steep * float(part)
    if given.worth.yields[i, j] > 0:  # then the usual yield is above 0, too
        added["learnt"] = steep * float(np.log(given.worth.yields[i, j] / given.usual_yield))
    added["nearby"] = max(added["nearby"], 0.0) + added.pop("host near") + added.pop("host far")
    return added


def _slope(given: Setting) -> float:
    """By how much the score rises with the log of the expected takings-over after visits."""
    reach = FEATURES.index("reach")
    spread = given.taking.spread[reach]
    return float(given.taking.weights[reach] / spread) if spread > 0 else 0.0


def _some(one: str, more: str) -> Callable[[int, int, Values], Told | None]:
    """A sentence on `count` of `n`; None where the count is 0."""

    def told(count: int, n: int, values: Values) -> Told | None:
        return (one if n == 1 else more, {"count": count, "n": n, **values}) if count else None

    return told


_EXPOSED = _some(
    N_("It is used by the one region that {region} has ties with"),
    N_("It is used by {count} of the {n} regions that {region} has ties with"),
)
_VISITED = _some(
    N_("It is used by the one region that {region} visited before"),
    N_("It is used by {count} of the {n} regions that {region} visited before"),
)
_LEARNT = _some(
    N_("{region} took over the approach that it saw at {host}"),
    N_("{region} took over {count} of the {n} approaches that it saw at {host}"),
)
_TOOK = _some(
    N_("The region that came to see it took it over within a year"),
    N_("It was taken over within a year by {count} of the {n} regions that came to see it"),
)


def _exposed(pair: _Pair) -> Told | None:
    tied = pair.given.now.tied[pair.i] > 0
    return _EXPOSED(int(pair.given.now.used[tied, pair.a].sum()), int(tied.sum()), {"region": pair.region})


def _visited(pair: _Pair) -> Told | None:
    been = pair.given.now.came[pair.i] > 0
    return _VISITED(int(pair.given.now.used[been, pair.a].sum()), int(been.sum()), {"region": pair.region})


def _nearby(pair: _Pair) -> Told | None:
    km = pair.given.fixed.km[pair.i, pair.j]
    if not np.isfinite(km):
        return None
    about = int(round(km, -1) if km >= 20 else max(round(km), 1))
    return N_("{host} is about {km} km away"), {"host": pair.host, "km": about}


def _alike(pair: _Pair) -> Told | None:
    used = pair.given.now.used
    both = int((used[pair.i] & used[pair.j]).sum())
    sentence = N_("Approaches that both {region} and {host} use: {count}")
    return (sentence, {"region": pair.region, "host": pair.host, "count": both}) if both else None


def _theme(pair: _Pair) -> Told | None:
    fixed, now = pair.given.fixed, pair.given.now
    shared = np.flatnonzero(now.named[pair.i] & fixed.approach_themes[pair.a])
    if not len(shared):
        return None
    years = now.named_in[pair.i, shared]
    if np.isnan(years).all():
        return N_("A plan of {region} names the same theme"), {"region": pair.region, "theme": fixed.themes[shared[0]]}
    latest = int(shared[int(np.nanargmax(years))])
    values: Values = {"region": pair.region, "theme": fixed.themes[latest], "year": int(np.nanmax(years))}
    return N_("The plan {year} of {region} names the same theme"), values


def _took(pair: _Pair) -> Told | None:
    now = pair.given.now
    return _TOOK(int(now.took_it[pair.a]), int(now.saw_it[pair.a]), {})


def _learnt(pair: _Pair) -> Told | None:
    now = pair.given.now
    own = _LEARNT(
        int(now.took[pair.i, pair.j]), int(now.saw[pair.i, pair.j]), {"region": pair.region, "host": pair.host}
    )
    if own is not None or not (took := int(now.took[:, pair.j].sum())):
        return own
    sentence = N_("Of {n} times that a region saw an approach at {host}, it took it over {count} times within a year")
    return sentence, {"count": took, "n": int(now.saw[:, pair.j].sum()), "host": pair.host}


def _count(sentence: str, counted: Callable[[_Pair], float]) -> Callable[[_Pair], Told | None]:
    def told(pair: _Pair) -> Told | None:
        count = int(counted(pair))
        return (sentence, {"count": count, "region": pair.region, "host": pair.host}) if count else None

    return told


def _plain(sentence: str) -> Callable[[_Pair], Told | None]:
    def told(pair: _Pair) -> Told | None:
        return sentence, {"region": pair.region, "host": pair.host}

    return told


def _same_size(pair: _Pair) -> Told | None:
    about_equal = pair.given.fixed.size[pair.i, pair.j] >= -np.log(1.5)
    sentence = N_("{host} has about as many inhabitants as {region}")
    return (sentence, {"region": pair.region, "host": pair.host}) if about_equal else None


def _same_kind(pair: _Pair) -> Told | None:
    return _plain(N_("{host} is the same kind of region"))(pair) if pair.given.fixed.kind[pair.i, pair.j] else None


def _same_country(pair: _Pair) -> Told | None:
    return _plain(N_("{host} lies in the same country"))(pair) if pair.given.fixed.country[pair.i, pair.j] else None


TOLD: dict[str, Callable[[_Pair], Told | None]] = {
    "exposed": _exposed,
    "visited": _visited,
    "nearby": _nearby,
    "alike": _alike,
    "theme": _theme,
    "yield": _took,
    "shown": _count(N_("Visits about it in the last two years: {count}"), lambda pair: pair.given.now.shown[pair.a]),
    "popular": _count(N_("Regions that use it: {count}"), lambda pair: pair.given.now.used[:, pair.a].sum()),
    "lately": _count(
        N_("Regions that took it over in the last two years: {count}"), lambda pair: pair.given.now.lately[pair.a]
    ),
    "learnt": _learnt,
    "host kind": _same_kind,
    "host size": _same_size,
    "host country": _same_country,
    "host plans": _count(
        N_("Themes that plans of both {region} and {host} name: {count}"),
        lambda pair: (pair.given.now.named[pair.i] & pair.given.now.named[pair.j]).sum(),
    ),
    "host draw": _count(
        N_("Guests from other regions that {host} had so far: {count}"),
        lambda pair: pair.given.now.came[:, pair.j].sum(),
    ),
    "host came": _count(
        N_("Earlier visits of {region} to {host}: {count}"), lambda pair: pair.given.now.came[pair.i, pair.j]
    ),
    "host tied": _count(N_("{region} has ties with {host}"), lambda pair: pair.given.now.tied[pair.i, pair.j] > 0),
}
"""By code of the reason, what says it in words; None where there is nothing to say."""

TOGETHER = {
    "exposed": N_("Regions here that have ties with one that uses it: {count}"),
    "visited": N_("Regions here that visited one that uses it: {count}"),
    "nearby": N_("Regions here that are near {host} or others that use it: {count}"),
    "alike": N_("Regions here that use some of the same approaches as {host}: {count}"),
    "theme": N_("Regions here whose plans name the same theme: {count}"),
    "learnt": N_("Regions here with reason to expect much of a visit to {host}: {count}"),
    "host kind": N_("Regions here of the same kind as {host}: {count}"),
    "host size": N_("Regions here with about as many inhabitants as {host}: {count}"),
    "host country": N_("Regions here in the same country as {host}: {count}"),
    "host plans": N_("Regions here whose plans share themes with those of {host}: {count}"),
    "host came": N_("Regions here that visited {host} before: {count}"),
    "host tied": N_("Regions here that have ties with {host}: {count}"),
}
"""The same for several regions at once; what is not here holds for the approach or the host, whoever looks."""
