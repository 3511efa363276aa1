"""The loader's tables of a simulation, and the truth beside them."""

from collections.abc import Iterable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from graph_store.tables import table, tables

from .bodies import NOTE, Bodies, Cells, bodies_of
from .course import VISIT, Course, Held, Taking
from .ground import Ground
from .ladder import Step, steps_of
from .names import THEMES, approach_names, element_names
from .settings import Settings

SOURCE = "simulated-record"
LAND_SOURCE = "simulated-land"
TRUTH = ["step_id", "approach", "region", "source", "visit", "how"]
_KINDS = ("work visit", "practice day", "case presented", "workshop", "peer review", "webinar", "conference")
_SHARES = (0.62, 0.1, 0.08, 0.08, 0.05, 0.05, 0.02)
_STORIES = ("practice day", "case presented")
_HOW_CHANGED = ("smaller groups", "other partners", "shorter", "longer", "with own staff", "for more groups")


class Records:
    """Everything that a record would hold, made row by row from the course of events."""

    def __init__(self, settings: Settings, ground: Ground, course: Course) -> None:
        self.settings, self.ground, self.course = settings, ground, course
        self.rng = np.random.default_rng([settings.seed, 4])
        self.dates = np.random.default_rng([settings.seed, 5])
        self.begin = date(settings.first_year, 1, 1)
        self.bodies = bodies_of(ground)
        self.names = approach_names(settings.approaches, np.random.default_rng([settings.seed, 6]))
        self.rows: dict[str, list[Cells]] = {own.name: [] for own in tables()}
        self.truth: list[list[str]] = []
        self.elements: list[list[str]] = []  # of each approach
        self.themes: list[list[str]] = []
        self.projects: dict[tuple[int, int], tuple[str, float]] = {}

    def fill(self) -> None:
        """Make all rows."""
        steps = steps_of(self.course, self.settings.days, self.rng)
        self._say_data_set()
        self._say_land()
        self.rows["organisations"] += self.bodies.organisations
        self.rows["memberships"] += self.bodies.memberships
        self._say_approaches()
        self._say_projects()
        self._say_plans()
        self._say_steps(steps)
        self._say_visits()

    def tables(self) -> dict[str, pd.DataFrame]:
        """All tables with the loader's columns; empty text in empty cells."""
        return {
            name: pd.DataFrame.from_records(
                [[row.get(column.name, "") for column in table(name).columns] for row in self._sourced(name, rows)],
                columns=[column.name for column in table(name).columns],
            ).astype(str)
            for name, rows in self.rows.items()
        }

    def _sourced(self, name: str, rows: list[Cells]) -> Iterable[Cells]:
        return rows if name == "sources" else ({"source": SOURCE, **row} for row in rows)

    def _say_data_set(self) -> None:
        said = ", ".join(f"{name} {value:g}" for name, value in self.settings.as_dict().items())
        self.rows["data_set"].append(
            {
                "id": "simulated",
                "name": f"SIMULATED spread of approaches (seed {self.settings.seed})",
                "kind": "simulated",
                "data_until": (self.begin + timedelta(days=self.settings.days - 1)).isoformat(),
                "note": f"SIMULATED: no row is a fact about what happened anywhere. Settings: {said}.",
            }
        )
        self.rows["sources"].append({"id": SOURCE, "name": "Simulated record: made by a program, not a fact"})
        if self.ground.land.read_from:
            self.rows["sources"].append(
                {"id": LAND_SOURCE, "name": "Simulated data set: regions and borders as they were given"}
            )

    def _say_land(self) -> None:
        land = self.ground.land
        source = LAND_SOURCE if land.read_from else SOURCE
        regions = land.regions.assign(source=source)
        self.rows["regions"] += regions.to_dict("records")  # type: ignore[arg-type]
        self.rows["region_borders"] += land.borders.assign(source=source).to_dict("records")  # type: ignore[arg-type]
        self.rows["themes"] += [{"id": i, "name": name, "kind": kind} for i, name, kind in THEMES]

    def _say_approaches(self) -> None:
        elements = element_names()
        self.rows["elements"] += [
            {"id": f"element-{number:02}", "name": name} for number, name in enumerate(elements, start=1)
        ]
        for place, (name, day, origin) in enumerate(
            zip(self.names, self.course.started, self.course.origins, strict=True)
        ):
            own = np.sort(self.rng.choice(len(elements), int(self.rng.integers(3, 7)), replace=False))
            self.elements.append([f"element-{number + 1:02}" for number in own])
            self.themes.append(self._approach_themes(int(origin)))
            self.rows["approaches"].append(
                {
                    "id": self.approach(place),
                    "name": name,
                    "started": self.on(day),
                    "origin": self.ground.ids[origin],
                    "note": NOTE,
                }
            )
            self.rows["approach_elements"] += [
                {"approach": self.approach(place), "element": element} for element in self.elements[-1]
            ]
            self.rows["addresses"] += [{"item": self.approach(place), "theme": theme} for theme in self.themes[-1]]

    def _approach_themes(self, origin: int) -> list[str]:
        """One theme of the region where it began, and sometimes another."""
        first = int(self.rng.choice(np.flatnonzero(self.ground.themes[origin])))
        other = int(self.rng.integers(len(THEMES)))
        return [THEMES[place][0] for place in sorted({first, other} if self.rng.random() < 0.5 else {first})]

    def _say_projects(self) -> None:
        starts = [
            (a, int(r), float(day))
            for a, (r, day) in enumerate(zip(self.course.origins, self.course.started, strict=True))
        ]
        starts += [(one.approach, one.region, one.day) for one in self.course.takings if self.rng.random() < 0.3]
        for number, (approach, region, day) in enumerate(starts, start=1):
            self._say_project(f"project-{number:0{len(str(len(starts)))}}", approach, region, day)

    def _say_project(self, id_: str, approach: int, region: int, day: float) -> None:
        self.projects[approach, region] = (id_, day)
        here = self.ground.ids[region]
        ends = day + 365 + self.rng.exponential(500)
        running = ends >= self.settings.days
        self.rows["projects"].append(
            {
                "id": id_,
                "name": f"{self.names[approach]}, {self.ground.names[here]}",
                "started": self.on(day),
                "ended": "" if running else self.on(ends),
                "status": "running" if running else "ended",
                "budget_eur": str(int(self.rng.integers(4, 60)) * 10_000),
                "region": here,
                "approach": self.approach(approach),
                "note": NOTE,
            }
        )
        lead = ("desk", "agency")[int(self.rng.integers(2))]
        partners = [what for what in ("municipality", "employers", "desk") if what != lead and self.rng.random() < 0.6]
        self.rows["participations"] += [
            {"organisation": Bodies.of(what, here), "project": id_, "role": role}
            for what, role in [(lead, "coordinator"), *((what, "partner") for what in partners)]
        ]
        self.rows["addresses"] += [{"item": id_, "theme": theme} for theme in self.themes[approach]]

    def _say_plans(self) -> None:
        """A plan per region every fourth year, in turn."""
        mine: dict[int, list[tuple[str, float]]] = {}
        for (_approach, at), project in self.projects.items():
            mine.setdefault(at, []).append(project)
        for place in range(len(self.ground.ids)):
            for number in range(min(place % 4, self.settings.years - 1), self.settings.years, 4):
                self._say_plan(place, self.begin.year + number, mine.get(place, []))

    def _say_plan(self, place: int, year: int, projects: list[tuple[str, float]]) -> None:
        """A plan with its themes and who carries them, and the projects that began a year before it or in its first."""
        region = self.ground.ids[place]
        id_, opens = f"plan-{region}-{year}", (date(year, 1, 1) - self.begin).days
        name = f"Work plan {self.ground.names[region]} {year} (simulated)"
        self.rows["plans"].append({"id": id_, "name": name, "year": str(year), "status": "adopted", "region": region})
        for theme in np.flatnonzero(self.ground.themes[place]):
            self.rows["addresses"].append({"item": id_, "theme": THEMES[theme][0]})
            body = Bodies.of(("desk", "agency")[int(theme) % 2], region)
            self.rows["carriers"].append({"organisation": body, "item": THEMES[theme][0], "plan": id_})
        for project, day in projects:
            if opens - 365 <= day < opens + 365:
                standing = "new" if day >= opens else "continued"
                self.rows["plan_projects"].append({"project": project, "plan": id_, "standing": standing})
                self.rows["assessments"] += [
                    {"plan": id_, "project": project, "criterion": criterion, "score": str(score), "of": "5"}
                    for criterion, score in zip(("impact", "feasibility"), self.rng.integers(1, 6, 2), strict=True)
                ]

    def _say_visits(self) -> None:
        told: set[int] = set()
        outcomes = self._outcomes()
        for place, visit in enumerate(self.course.visits):
            kind = str(self.rng.choice(_KINDS, p=_SHARES))
            if visit.approach not in told and self.rng.random() < 0.7:
                kind = _STORIES[int(self.rng.integers(2))]
            told.add(visit.approach)
            host = self.ground.ids[visit.host]
            self.rows["visits"].append(
                {
                    "id": self.visit(place),
                    "name": f"{kind.capitalize()} {place + 1}, {self.ground.names[host]}: {self.names[visit.approach]}",
                    "on": self.on(visit.day),
                    "kind": kind,
                    "format": "online" if kind == "webinar" else "on site",
                    "note": NOTE,
                }
            )
            self.rows["hosts"].append({"host": self._host(host), "visit": self.visit(place)})
            self.rows["visit_subjects"].append({"visit": self.visit(place), "subject": self._subject(visit)})
            self._say_guests(place, visit, outcomes)

    def _host(self, region: str) -> str:
        who = self.rng.random()
        return region if who < 0.1 else Bodies.of("desk" if who < 0.65 else "agency", region)

    def _subject(self, visit: Held) -> str:
        """The host's project where it runs one by then, mostly; else the approach."""
        project, day = self.projects.get((visit.approach, visit.host), ("", np.inf))
        return project if day <= visit.day and self.rng.random() < 0.7 else self.approach(visit.approach)

    def _outcomes(self) -> dict[tuple[int, int], tuple[str, float]]:
        """What is on record, and since when, of each visit that ended in a taking-over: of one in three, else nothing.

        Nothing, too, where it comes after the end, or came about through a body above.
        """
        told = {
            (one.visit, one.region): ("taken over", one.day)
            for one in self.course.takings
            if one.how == VISIT and self.rng.random() < 0.35
        }
        unsaid = {(one.visit, one.region): ("", np.inf) for one in [*self.course.takings, *self.course.late]}
        return {**unsaid, **told}

    def _say_guests(self, place: int, visit: Held, outcomes: dict[tuple[int, int], tuple[str, float]]) -> None:
        said: set[str] = set()
        for guest in visit.guests:
            region = self.ground.ids[guest.region]
            who, alone, people, none = self.rng.random(4)
            if guest.level:
                body = Bodies.of("office", self.ground.above[guest.region][guest.level - 1])
            else:
                body = Bodies.of("desk" if who < 0.5 else "municipality" if who < 0.8 else "agency", region)
            attendees = [body, region] if alone < 0.15 and not guest.level else [body]
            outcome, known = outcomes.get((place, guest.region), ("", np.inf))
            if guest.declines:
                outcome = "declined"
            elif (place, guest.region) not in outcomes and none < 0.03:
                outcome = "none"
            for attendee in attendees:
                if attendee not in said:
                    said.add(attendee)
                    row = {"attendee": attendee, "visit": self.visit(place), "delegates": str(1 + int(people * 5))}
                    row["outcome"] = outcome
                    row["outcome_on"] = self.on(known) if np.isfinite(known) else ""
                    self.rows["attendances"].append(row)

    def _say_steps(self, steps: list[Step]) -> None:
        width = len(str(len(steps)))
        for number, step in enumerate(steps, start=1):
            id_ = f"step-{number:0{width}}"
            row = {
                "id": id_,
                "on": self.on(step.day),
                "stage": step.stage,
                "region": self.ground.ids[step.region],
                "approach": self.approach(step.approach),
                "note": NOTE,
            }
            if step.taking >= 0:
                taking = self.course.takings[step.taking]
                row["credited_to"] = {"visit": self.visit(taking.visit), "region": self._source(taking), "": ""}[
                    step.credit
                ]
                self.truth.append(
                    [id_, row["approach"], row["region"], self._source(taking), self.visit(taking.visit), taking.how]
                )
                self._say_elements(id_, step)
            self.rows["adoptions"].append(row)

    def _source(self, taking: Taking) -> str:
        return self.ground.ids[taking.source] if taking.source >= 0 else ""

    def _say_elements(self, id_: str, step: Step) -> None:
        """What became of the parts: of six in ten takings-over; one that took all of it leaves nothing out."""
        if self.rng.random() >= 0.6:
            return
        own = self.elements[step.approach]
        fates = self.rng.choice(("kept", "changed", "dropped"), len(own), p=(0.55, 0.25, 0.2))
        if step.stage == "full":
            fates[fates == "dropped"] = "kept"
        elif not (fates == "dropped").any():
            fates[int(self.rng.integers(len(own)))] = "dropped"
        for element, fate in zip(own, fates, strict=True):
            how = str(self.rng.choice(_HOW_CHANGED)) if fate == "changed" else ""
            self.rows["adoption_elements"].append({"adoption": id_, "element": element, "fate": str(fate), "how": how})

    def approach(self, place: int) -> str:
        """Id of an approach."""
        return f"approach-{place + 1:0{len(str(self.settings.approaches))}}"

    def visit(self, place: int) -> str:
        """Id of a visit; empty for none."""
        return f"visit-{place + 1:0{len(str(self.settings.visits))}}" if place >= 0 else ""

    def on(self, day: float) -> str:
        """A day as it is written: some by month or year only."""
        coarse = self.dates.random() / self.settings.coarse_dates if self.settings.coarse_dates else 1.0
        written = (self.begin + timedelta(days=int(day))).isoformat()
        return written[:4] if coarse < 0.5 else written[:7] if coarse < 1 else written
