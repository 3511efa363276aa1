"""What tells which approach a region takes over next: features of (region, approach) pairs, and their weights."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from scipy.optimize import minimize
from scipy.special import betaln, expit

from .features import Situation
from .ground import Flags, Floats, Ground

Loss = Callable[[Floats, Floats, Floats], tuple[float, Floats]]

PULLS = ("near", "far", "kind", "size", "country", "plans", "draw", "came", "tied")
FEATURES = ("reach", "exposed", "visited", "nearby", "alike", "theme", "yield", "shown", "popular", "lately")
PRIOR_SPREAD = 0.5
"""Weights have a normal prior of this standard deviation, per standard deviation of the feature (a ridge)."""
LEAST_EVENTS = 10
"""Takings-over, or visits, for each weight: with fewer, weights are not fitted but taken from the tables below.
Ten are the usual advice: Peduzzi et al. (1996), Journal of Clinical Epidemiology 49:1373-1379."""
EVEN = 1e-9
"""A feature with a smaller standard deviation is the same for all but for rounding, and tells nothing."""
LEAST_REACH = 1e-4
"""Expected takings-over after visits below this are not told apart."""
PULLS_UNFITTED = {
    "near": 0.5, "far": 0.5, "kind": 0.2, "size": 0.2, "country": 0.3,
    "plans": 0.2, "draw": 0.5, "came": 0.2, "tied": 0.2,
}  # fmt: skip
"""Weights per standard deviation where too few visits are on record: chosen, not measured. Distance first,
as in gravity models of travel; then how many guests a host has had."""
UNFITTED = {
    "reach": 0.7, "exposed": 0.2, "visited": 0.2, "nearby": 0.1, "alike": 0.1,
    "theme": 0.2, "yield": 0.1, "shown": 0.2, "popular": 0.1, "lately": 0.1,
}  # fmt: skip
"""The same for features of pairs: chosen, not measured."""


@dataclass(frozen=True)
class Weights:
    """Weights per standard deviation, none below 0: a reason for never counts against.

    `centre` and `spread` standardise; `fitted` is False where the weights were
    chosen because fewer than `LEAST_EVENTS` for each are on record. `base` is
    the log of the rate, or of the odds, at the centre; NaN where not fitted.
    `events` is what it was fitted on.
    """

    names: tuple[str, ...]
    weights: Floats
    centre: Floats
    spread: Floats
    base: float
    events: int
    fitted: bool

    def parts(self, values: Floats) -> Floats:
        """What each feature adds to the score, the mean being 0; same shape as `values` (..., features)."""
        lifted = (values - self.centre) / np.where(self.spread > 0, self.spread, 1.0)
        return np.where(np.isfinite(lifted) & (self.spread > 0), lifted, 0.0) * self.weights

    def score(self, values: Floats) -> Floats:
        """Sum of the parts (...)."""
        found: Floats = self.parts(values).sum(axis=-1)
        return found


@dataclass(frozen=True)
class Prior:
    """A beta distribution of yields: its mean, and its weight in guests; NaN and 0 without a guest on record."""

    mean: float
    weight: float


LIGHTEST, HEAVIEST = 2.0, 200.0


def yield_prior(took: Floats, saw: Floats) -> Prior:
    """How yields differ between approaches (or hosts), by maximum likelihood of the beta-binomial: empirical Bayes.

    Parameters
    ----------
    took, saw
        Guests that took it over, of how many (any shape, flattened).

    Returns
    -------
    Prior
        The mean is that of all guests together; the weight is searched between
        2 and 200 guests, 200 where yields differ no more than chance makes them.
    """
    took, saw = took[saw > 0], saw[saw > 0]
    if not saw.size:
        return Prior(float("nan"), 0.0)
    mean = float(took.sum() / saw.sum())
    if mean in (0.0, 1.0):
        return Prior(mean, HEAVIEST)
    tried = np.geomspace(LIGHTEST, HEAVIEST, 40)
    a, b = mean * tried[:, None], (1 - mean) * tried[:, None]
    likely = (betaln(a + took, b + saw - took) - betaln(a, b)).sum(axis=1)
    return Prior(mean, float(tried[int(np.argmax(likely))]))


def shrunken_yield(took: Floats, saw: Floats, prior: Prior) -> Floats:
    """Share of guests that take it over, drawn to the prior: (took + weight·mean) / (saw + weight); NaN without any."""
    if prior.weight == 0:
        return np.full(np.shape(saw), np.nan)
    found: Floats = (took + prior.weight * prior.mean) / (saw + prior.weight)
    return found


def pulls(now: Situation, fixed: Ground) -> Floats:
    """What may make region i (row) travel to region j (column): (n, n, pulls), in the order of `PULLS`.

    Minus log of the distance (10 km added: nobody counts the last ones) and
    minus the distance in km, which together bend as the data ask (Tanner 1961),
    same kind, minus the difference of log population, same country, share of themes
    that plans of both name (Jaccard), log of guests that j had, of visits of i
    to j, of the strength of their ties (each plus one). NaN where unknown.
    """
    n = len(fixed.regions)
    both = now.named.astype(float) @ now.named.T
    each = now.named.sum(axis=1)
    either = each[:, None] + each[None, :] - both
    guests = np.broadcast_to(np.log1p(now.came.sum(axis=0)), (n, n))
    layers = (
        -np.log(fixed.km + 10),
        -fixed.km,
        fixed.kind,
        fixed.size,
        fixed.country,
        np.divide(both, either, out=np.zeros_like(both), where=either > 0),
        guests,
        np.log1p(now.came),
        np.log1p(now.tied),
    )
    return np.stack([np.asarray(layer, dtype=np.float64) for layer in layers], axis=-1)


def travel_weights(before: Situation, now: Situation, fixed: Ground) -> Weights:
    """Weights of the pulls in a Poisson regression of the visits between two days on what was known on the first."""
    new = (now.came - before.came)[fixed.apart]
    found = _weights(PULLS, PULLS_UNFITTED, pulls(before, fixed)[fixed.apart], new, _poisson)
    return centred_on(found, pulls(now, fixed)[fixed.apart])


def travel(weights: Weights, now: Situation, fixed: Ground) -> Floats:
    """Visits that region i is expected to pay to j (n, n), up to a constant where not fitted; 0 to itself."""
    base = weights.base if weights.fitted else -np.log(max(len(fixed.regions), 1))
    score = weights.score(pulls(now, fixed)) + base
    return np.where(fixed.apart, np.exp(np.clip(score, -30, 10)), 0.0)


@dataclass(frozen=True)
class Worth:
    """What a trip is worth: `trips` is the travel expected (n, n), `yields` the share of what i sees at j that it takes
    over, drawn towards j's, and that towards all hosts' (n, n); 1 where nothing is known. `of_approach` (m,).
    """  # noqa: D205

    trips: Floats
    yields: Floats
    of_approach: Floats

    @cached_property
    def there(self) -> Floats:
        """Takings-over expected of i from going to j (n, n)."""
        return self.trips * self.yields


def worth(weights: Weights, now: Situation, fixed: Ground) -> Worth:
    """Travel and yields as known on a day."""
    took, saw = now.took.sum(axis=0), now.saw.sum(axis=0)
    hosts = yield_prior(took, saw)
    per_host = shrunken_yield(took, saw, hosts)
    per_pair = (now.took + LIGHTEST * per_host) / (now.saw + LIGHTEST) if hosts.weight else np.ones_like(now.came)
    per_approach = shrunken_yield(now.took_it, now.saw_it, yield_prior(now.took_it, now.saw_it))
    return Worth(travel(weights, now, fixed), per_pair, per_approach)


def features(now: Situation, fixed: Ground, value: Worth) -> Floats:
    """What is known of each pair of region and approach, (n, m, features), in the order of `FEATURES`.

    reach: log of the takings-over expected from visits, see `programme` for
    what hosts show; exposed, visited, nearby, alike: share of the regions it
    is tied to, visited, lies near (weight 1 / (km + 10)) and shares approaches
    with (cosine) that use it, 0 without such regions; theme: share of the
    approach's themes that the region's plans name; yield: the approach's
    shrunken yield; shown, popular, lately: log of visits about it
    in two years, of regions that use it, of takings-over in two years (each
    plus one).
    """
    used = now.used.astype(np.float64)
    shape = used.shape
    near = np.where(fixed.apart & np.isfinite(fixed.km), 1 / (np.nan_to_num(fixed.km) + 10), 0.0)
    named = now.named.astype(float) @ fixed.approach_themes.T
    themes = np.maximum(fixed.approach_themes.sum(axis=1), 1)
    layers = (
        np.log(np.maximum(value.there @ programme(now), LEAST_REACH)),
        _share(now.tied, used),
        _share(now.came, used),
        _share(near, used),
        _share(_alike(used, fixed.apart), used),
        named / themes,
        np.broadcast_to(value.of_approach, shape),
        np.broadcast_to(np.log1p(now.shown), shape),
        np.broadcast_to(np.log1p(used.sum(axis=0)), shape),
        np.broadcast_to(np.log1p(now.lately), shape),
    )
    return np.stack(layers, axis=-1)


def programme(now: Situation) -> Floats:
    """Chance that a visit to host j is about approach a (n, m): rows add up to 1, or 0 where j uses nothing.

    In proportion to how often each approach that it uses was shown in the last
    two years for each region that uses it; one region more, at the mean rate,
    is added to each approach, so that what is new stands a chance.
    """
    used = now.used.astype(np.float64)
    users = used.sum(axis=0)
    mean = now.shown.sum() / max(users.sum(), 1.0)
    found = used * ((now.shown + mean) / (users + 1) if mean else 1.0)
    whole = found.sum(axis=1, keepdims=True)
    shares: Floats = np.zeros_like(found)
    np.divide(found, whole, out=shares, where=whole > 0)
    return shares


def taking_weights(values: Sequence[Floats], happened: Sequence[Flags]) -> Weights:
    """Weights of the features in a discrete-time logistic regression of taking over within the window.

    Parameters
    ----------
    values, happened
        Per past day: features of the pairs open then (pairs, features), and
        which of them were taken over in the window after it (pairs,). The
        hazard of a pair in one window, as in Allison (1982).
    """
    known = np.concatenate([np.zeros((0, len(FEATURES))), *values])
    return _weights(FEATURES, UNFITTED, known, np.concatenate([np.zeros(0), *happened]).astype(float), _logistic)


def centred_on(weights: Weights, values: Floats) -> Weights:
    """The same weights; where they were chosen, with the centre and spread of the values that stand to choice."""
    if weights.fitted or not len(values):
        return weights
    centre, spread = _centre(values)
    return replace(weights, centre=centre, spread=spread)


def _share(strength: Floats, used: Floats) -> Floats:
    """Share of the regions related to each, weighted by strength, that use each approach; 0 without any."""
    whole = strength.sum(axis=1, keepdims=True)
    found: Floats = np.zeros_like(used)
    np.divide(strength @ used, whole, out=found, where=whole > 0)
    return found


def _alike(used: Floats, apart: Flags) -> Floats:
    """Cosine of what two regions use; 0 with themselves and where one uses nothing."""
    size = np.sqrt(used.sum(axis=1))
    both = size[:, None] * size[None, :]
    cosine: Floats = np.zeros_like(both)
    np.divide(used @ used.T, both, out=cosine, where=(both > 0) & apart)
    return cosine


def _weights(names: tuple[str, ...], chosen: dict[str, float], known: Floats, new: Floats, loss: Loss) -> Weights:
    """Fit the weights to what was new; those chosen where too little was."""
    centre, spread = _centre(known)
    events = int(new.sum())
    if events < LEAST_EVENTS * len(names) or not spread.any():
        fixed = np.array([chosen[name] for name in names])
        return Weights(names, fixed, centre, spread, float("nan"), events, fitted=False)
    away = np.where(np.isfinite(known), known - centre, 0.0) / np.where(spread > 0, spread, 1.0)
    begin = np.append(np.zeros(len(names)), np.log(new.mean()))
    bounds = [(0.0, None)] * len(names) + [(None, None)]
    found = minimize(loss, begin, args=(away, new), jac=True, method="L-BFGS-B", bounds=bounds).x
    return Weights(names, np.where(spread > 0, found[:-1], 0.0), centre, spread, float(found[-1]), events, fitted=True)


def _centre(known: Floats) -> tuple[Floats, Floats]:
    """Mean and standard deviation of each column, of what is known of it; both 0 where nothing is."""
    there = np.isfinite(known)
    many = np.maximum(there.sum(axis=0), 1)
    centre: Floats = np.where(there, known, 0.0).sum(axis=0) / many
    spread: Floats = np.sqrt((np.where(there, known - centre, 0.0) ** 2).sum(axis=0) / many)
    spread[spread < EVEN] = 0.0
    return centre, spread


def _poisson(weights: Floats, known: Floats, new: Floats) -> tuple[float, Floats]:
    score = np.clip(known @ weights[:-1] + weights[-1], -30, 30)
    rate = np.exp(score)
    return _ridged(float(rate.sum() - new @ score), rate - new, weights, known)


def _logistic(weights: Floats, known: Floats, new: Floats) -> tuple[float, Floats]:
    score = known @ weights[:-1] + weights[-1]
    return _ridged(float(np.logaddexp(0, score).sum() - new @ score), expit(score) - new, weights, known)


def _ridged(loss: float, slope: Floats, weights: Floats, known: Floats) -> tuple[float, Floats]:
    ridge = weights[:-1] / PRIOR_SPREAD**2
    return loss + float(ridge @ weights[:-1]) / 2, np.append(slope @ known + ridge, slope.sum())
