"""What the headings of a region's page count, in words: approaches, takings-over and regions, each by its own kind."""

from collections.abc import Collection, Iterable

from explorer.analysis.spread.accounts import Account, Open, Passed
from languages.words import _, ngettext, number


def regions(count: int) -> str:
    """So many regions."""
    return ngettext("{count} region", "{count} regions", count)


def taken(own: Account, rows: Collection[Passed]) -> str:
    """How many approaches were taken over inside, and where others than the region did it, how often and by whom."""
    told = _approaches(item.approach for item in rows)
    takers = {item.learner for item in rows}
    if takers <= {own.region}:
        return told
    if own.region in takers:
        words = ngettext(
            "{approaches}, taken over {count} time by the region itself and {regions} in it",
            "{approaches}, taken over {count} times by the region itself and {regions} in it",
            len(rows),
        )
    else:
        words = ngettext(
            "{approaches}, taken over {count} time by {regions} in it",
            "{approaches}, taken over {count} times by {regions} in it",
            len(rows),
        )
    return words.format(approaches=told, regions=regions(len(takers - {own.region})))


def learnt_there(own: Account) -> str:
    """How many approaches others learnt there, how many regions did, and how often where one did so more than once."""
    learners = len({item.learner for item in own.given})
    words = _("{approaches}, learnt there by {regions}")
    if len(own.given) != learners:
        words = ngettext(
            "{approaches}, learnt there {count} time by {regions}",
            "{approaches}, learnt there {count} times by {regions}",
            len(own.given),
        )
    return words.format(approaches=_approaches(item.approach for item in own.given), regions=regions(learners))


def considered(own: Account, rows: Collection[Open]) -> str:
    """How many approaches are considered or refused, and where others than the region do that, in how many regions."""
    told = _approaches(item.approach for item in rows)
    places = {item.region for item in rows}
    if places <= {own.region}:
        return told
    words = _("{approaches}, in {regions}")
    if len(rows) not in (len(places), len({item.approach for item in rows})):
        words = ngettext(
            "{approaches}, {count} time in {regions}", "{approaches}, {count} times in {regions}", len(rows)
        )
    return words.format(approaches=told, regions=regions(len(places)))


def parts(inside: int, directly: int) -> str:
    """How many regions lie in a region, and how many of them directly where some lie in another of them."""
    told = _("Regions that lie in it: {count}").format(count=number(inside))
    if inside == directly:
        return told
    return _("{counted}, of which {directly} directly").format(counted=told, directly=number(directly))


def _approaches(ids: Iterable[str]) -> str:
    count = len(set(ids))
    return ngettext("{count} approach", "{count} approaches", count)
