"""The nearest existing name, for a sentence that asks "did you mean …?"."""

from collections.abc import Collection

from rapidfuzz import fuzz, process, utils

# Of 100: how alike the whole of both must be, and failing that, how well the one fits into the other.
_ALIKE, _WITHIN = 65, 80


def nearest(text: str, choices: Collection[str], alike: int = 0) -> str:
    """The one of `choices` that is most like `text`; empty when none is like it.

    Parameters
    ----------
    alike
        How alike both must be as a whole, of 100; without it, one that fits into the other will do.

    Examples
    --------
    >>> nearest("knid", ["id", "kind"])
    'kind'
    """
    ways = ((fuzz.QRatio, alike),) if alike else ((fuzz.QRatio, _ALIKE), (fuzz.WRatio, _WITHIN))
    for scorer, enough in ways:
        found = process.extractOne(text, choices, scorer=scorer, processor=utils.default_process, score_cutoff=enough)
        if found is not None:
            return str(found[0])
    return ""
