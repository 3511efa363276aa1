"""Names that are plainly made up: regions, approaches, elements, themes."""

from itertools import islice, product

import numpy as np

_FIRST = """
    Alder Bramble Corn Dapple Fennel Gorse Hazel Ivy Juniper Kestrel Linden Maple Nettle Osprey Plover Quail Rowan
    Sedge Thistle Umber Vetch Willow Yarrow Heron Clover Marram Sorrel Teal Wren Larch
""".split()  # noqa: SIM905 (a list of literals would be thirty lines)
_LAST = """
    acre beck bridge by cross dale dyke fen field ford gate ham haven holm lea marsh mere mill moor ness port reach
    ridge sand shore stead stow thorpe tide vale water weald wick wold worth
""".split()  # noqa: SIM905

_WAYS = (
    "One contact person",
    "Joint intake",
    "Job carving",
    "Learning on the job",
    "Short skills courses",
    "Matching by skills",
    "Open workshops",
    "Work trials",
    "Guidance after placement",
    "Peer mentoring",
    "Early call",
    "Shared vacancy list",
    "Taster days",
    "Home visits",
    "Language at work",
    "Debt help and work",
    "Travel to work",
    "Child care and work",
    "Statements of skills",
    "Training vouchers",
    "Transfer desk",
    "Job coaching in groups",
    "Fair with a follow-up",
    "Employers as teachers",
)
_GROUPS = (
    "school leavers",
    "newcomers",
    "people over fifty",
    "people with a work disability",
    "part-time workers",
    "returners to work",
    "the self-employed",
    "temporary workers",
    "lone parents",
    "former prisoners",
    "people who read with difficulty",
    "workers who must change trade",
    "job seekers without a diploma",
    "carers at home",
    "long-term job seekers",
    "veterans",
)
_FIELDS = (
    "care",
    "building",
    "logistics",
    "technology",
    "hospitality",
    "retail",
    "schools",
    "farming",
    "cleaning",
    "the port",
    "offices",
    "energy",
)
_ELEMENTS = (
    "One contact person per employer",
    "Intake within a week",
    "Joint case meeting",
    "Shared office",
    "Budget of all partners together",
    "Coach stays on for a year",
    "Training before placement",
    "Trial period without risk",
    "Monthly figures for all partners",
    "Employers in the steering group",
    "Travel costs paid",
    "Language lessons in working hours",
    "One form for all schemes",
    "Common list of vacancies",
    "Visits to the work floor",
    "Former participants as guides",
    "Agreement with the schools",
    "Child care arranged beforehand",
    "Test of skills, not diplomas",
    "Evening opening hours",
)
THEMES = (
    ("inclusive-work", "Inclusive work", "priority"),
    ("skills", "Skills for life", "priority"),
    ("scarce-staff", "Scarce staff", "challenge"),
    ("young-people", "Young people into work", "priority"),
    ("job-to-job", "From job to job", "focus"),
    ("findable-services", "Services that are easy to find", "focus"),
    ("healthy-work", "Healthy work", "challenge"),
    ("energy-jobs", "Jobs in energy", "focus"),
)


def region_names(count: int, rng: np.random.Generator) -> list[str]:
    """`count` different made-up names; a likeness to a real place is chance."""
    single = [first + last for first, last in product(_FIRST, _LAST)]
    order = [single[place] for place in rng.permutation(len(single))]
    double = (f"{a}-{b}" for a, b in product(order, reversed(order)) if a != b)
    return [*order, *islice(double, max(0, count - len(order)))][:count]


def approach_names(count: int, rng: np.random.Generator) -> list[str]:
    """`count` different titles of ways of working, composed at random."""
    whole = [f"{way} for {group}" for way, group in product(_WAYS, _GROUPS)]
    order = [whole[place] for place in rng.permutation(len(whole))]
    longer = (f"{title} in {field}" for field, title in product(_FIELDS, order))
    return [*order, *islice(longer, max(0, count - len(order)))][:count]


def element_names() -> tuple[str, ...]:
    """Parts that approaches are composed of."""
    return _ELEMENTS
