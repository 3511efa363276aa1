"""From a taking-over to the steps that a record would hold: considering, adapting, taken over, policy, dropped."""

from dataclasses import dataclass

import numpy as np

from .course import ABOVE, VISIT, Course, Taking

_CONSIDERED, _ADAPTED, _IN_PART, _POLICY = 0.5, 0.4, 0.55, 0.4
_CAME_CONSIDERING = 0.15  # considered it before they came to see it
_CREDITED, _CREDITED_REGION = 0.15, 0.3
_POLICY_LEAST, _POLICY_MEAN = 90.0, 540.0
_DECLINE_ON_RECORD = 0.4  # as steps; of the others only the attendance says so
_DECLINE_LEAST, _DECLINE_MEAN = 30.0, 180.0
RANK = {stage: rank for rank, stage in enumerate(("considering", "adapting", "partial", "full", "policy", "dropped"))}


@dataclass(frozen=True)
class Step:
    """One step. `taking` is the place of the taking-over whose first step of use it is, else -1.

    `credit` says whom a record names: "visit", "region", or nobody.
    """

    approach: int
    region: int
    day: float
    stage: str
    taking: int = -1
    credit: str = ""


def steps_of(course: Course, end: float, rng: np.random.Generator) -> list[Step]:
    """All steps until the end, by approach, region and time.

    The first step of stage partial or full stands on the day of the
    taking-over itself; of those who declined, some have considered and then dropped it.
    """
    steps: list[Step] = []
    for place, taking in enumerate(course.takings):
        steps += _before(taking, course, rng)
        steps += _since(taking, place, rng)
    for taking in course.late:
        steps += _before(taking, course, rng)
    steps += _declined(course, rng)
    known = [step for step in steps if step.day < end]
    return sorted(known, key=lambda step: (step.approach, step.region, step.day, RANK[step.stage]))


def _before(taking: Taking, course: Course, rng: np.random.Generator) -> list[Step]:
    found = []
    considered, adapted, early, when, later = rng.random(5)
    lag = taking.day - taking.asked
    if considered < _CONSIDERED:
        day = taking.asked + 0.6 * when * lag
        if early < _CAME_CONSIDERING / _CONSIDERED and taking.how in (VISIT, ABOVE):
            day = max(taking.asked - 10 - 110 * when, float(course.started[taking.approach]))
        found.append(Step(taking.approach, taking.region, day, "considering"))
    if adapted < _ADAPTED:
        found.append(Step(taking.approach, taking.region, taking.asked + (0.6 + 0.35 * later) * lag, "adapting"))
    return found


def _since(taking: Taking, place: int, rng: np.random.Generator) -> list[Step]:
    in_part, policy, credited, whom = rng.random(4)
    credit = ""
    if credited < _CREDITED and taking.source >= 0:
        credit = "visit" if taking.visit >= 0 and whom >= _CREDITED_REGION else "region"
    stage = "partial" if in_part < _IN_PART else "full"
    found = [Step(taking.approach, taking.region, taking.day, stage, place, credit)]
    regular = taking.day + _POLICY_LEAST + rng.exponential(_POLICY_MEAN - _POLICY_LEAST)
    if policy < _POLICY and regular < taking.gave_up:
        found.append(Step(taking.approach, taking.region, regular, "policy"))
    if np.isfinite(taking.gave_up):
        found.append(Step(taking.approach, taking.region, taking.gave_up, "dropped"))
    return found


def _declined(course: Course, rng: np.random.Generator) -> list[Step]:
    """Of regions that said no after a visit, and neither took it over nor came round to it later."""
    known = {(one.approach, one.region) for one in [*course.takings, *course.late]}
    known |= {(approach, int(region)) for approach, region in enumerate(course.origins)}
    found = []
    for visit in course.visits:
        for guest in visit.guests:
            if guest.declines and (visit.approach, guest.region) not in known:
                known.add((visit.approach, guest.region))
                on_record, when, wait = *rng.random(2), rng.exponential(_DECLINE_MEAN - _DECLINE_LEAST)
                no = visit.day + _DECLINE_LEAST + wait
                yes = visit.day + when * (no - visit.day)
                if on_record < _DECLINE_ON_RECORD:
                    found.append(Step(visit.approach, guest.region, yes, "considering"))
                    found.append(Step(visit.approach, guest.region, no, "dropped"))
    return found
