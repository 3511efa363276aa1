"""Addresses: every page's state lives in its URL, and every name links to its profile.

Addresses are relative, so that they hold wherever the app is mounted.
"""

from urllib.parse import urlencode

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

OVERVIEW, NETWORK, SPREAD, ROWS, SEARCH = "overview", "network", "spread", "rows", "search"


def address(page: str, **state: object) -> str:
    """Address of a page with its state; what is None or empty stays out.

    >>> address("network", region="AM24", least=None)
    'network?region=AM24'
    """
    kept: list[tuple[str, str]] = []
    for key, value in state.items():
        items = value if isinstance(value, list | tuple) else [value]
        kept += [(key, str(item)) for item in items if item is not None and item != ""]
    return page + ("?" + urlencode(kept) if kept else "")


def profile(label: str, node: str) -> str:
    """Address of a node's profile; empty for a kind that has none."""
    page = PROFILES.get(label)
    return address(page, id=node) if page else ""


def rows(query: str, **parameters: object) -> str:
    """Address of the page that lists what a number counts."""
    return address(ROWS, query=query, **parameters)
