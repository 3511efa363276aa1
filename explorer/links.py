"""Addresses: every page's state lives in its URL, and every name links to its profile.

Addresses are relative, so that they hold wherever the app is mounted. While a
page of another network than that of the records is made, every address keeps
the name of that network, so that no link leads out of it unasked.
"""

from contextvars import ContextVar
from urllib.parse import parse_qs, urlencode

# Label of a node kind to the address of its profile.
PROFILES = {
    "Organisation": "organisation",
    "Region": "region",
    "Project": "project",
    "Approach": "approach",
    "Visit": "visit",
    "Plan": "plan",
    "Theme": "theme",
    "Source": "source",
}

START = "./"  # the start page, from whatever page
RECORDED, SIMULATED = "", "simulated"  # the networks; that of the records goes without saying
IN_NETWORK = "network"  # the key that names the network in an address

_network: ContextVar[str | None] = ContextVar("network", default=None)

OVERVIEW, NETWORK, SPREAD, ROWS, SEARCH = "overview", "network", "spread", "rows", "search"
PLANS = "plans"
MAP = "map"
REGIONS = "regions"
MEETINGS = "meetings"
BRIEFING = "briefing"
QUESTIONS = "questions"
DATA = "data"


def address(page: str, **state: object) -> str:
    """Address of a page with its state; what is None or empty stays out.

    >>> address("network", region="AM24", least=None)
    'network?region=AM24'
    """
    kept: list[tuple[str, str]] = []
    state.pop(IN_NETWORK, None)  # of the address that a state was copied from
    for key, value in state.items():
        items = value if isinstance(value, list | tuple) else [value]
        kept += [(key, str(item)) for item in items if item is not None and item != ""]
    return within_network(page + ("?" + urlencode(kept) if kept else ""))


def choose_network(name: str) -> None:
    """Let all addresses made from now on, in this run of a page, stay in a network."""
    _network.set(name)


def network() -> str | None:
    """The network that addresses stay in; None before one was chosen."""
    return _network.get()


def within_network(address: str) -> str:
    """An address of a page in the network that is open; what names a network, or is the start page, stays as it is.

    >>> within_network("spread")
    'spread'
    """
    name = _network.get()
    page, _sign, query = address.partition("#")[0].partition("?")
    if not name or page in ("", START) or ":" in page or IN_NETWORK in parse_qs(query):
        return address
    whole, sign, place = address.partition("#")
    return f"{whole}{'&' if query else '?'}{urlencode({IN_NETWORK: name})}{sign}{place}"


def start(network: str) -> str:
    """Address of the start page of a network.

    >>> start(SIMULATED), start(RECORDED)
    ('./?network=simulated', './')
    """
    return START + ("?" + urlencode({IN_NETWORK: network}) if network else "")


def profile(label: str, node: str) -> str:
    """Address of a node's profile; empty for a kind that has none."""
    page = PROFILES.get(label)
    return address(page, id=node) if page else ""


def briefing(kind: str, node: str) -> str:
    """Address of the briefing on an approach, a region or a visit."""
    return address(BRIEFING, kind=kind, id=node)


def question(query: str, **parameters: object) -> str:
    """Address of a question of the library, with what it asks for."""
    return address(QUESTIONS, query=query, **parameters)


def rows(query: str, **parameters: object) -> str:
    """Address of the page that lists what a number counts."""
    return address(ROWS, query=query, **parameters)
