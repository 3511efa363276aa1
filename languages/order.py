"""The order in which people expect names: numbers in them by their size."""

import re

_NUMBER = re.compile(r"([0-9]+)")


def natural(text: str) -> tuple[list[str | int], str]:
    """A key to sort names by: ``org-2`` comes before ``org-10``, small and capital letters alike.

    >>> sorted(["org-10", "Org-2", "a"], key=natural)
    ['a', 'Org-2', 'org-10']
    """
    # Words and numbers take turns, words first, so that like is always compared with like.
    parts = _NUMBER.split(text.casefold())
    return [int(part) if place % 2 else part for place, part in enumerate(parts)], text
