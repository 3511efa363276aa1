"""The nearest existing name, for a sentence that asks "did you mean …?"."""

from collections.abc import Collection

from rapidfuzz import fuzz, process, utils

# Of 100: how alike the whole of both must be, and failing that, how well the one fits into the other.
_ALIKE, _WITHIN = 65, 80


def nearest(text: str, choices: Collection[str]) -> str:
    """The one of `choices` that is most like `text`; empty when none is like it.

    Examples
    --------
    >>> nearest("knid", ["id", "kind"])
    'kind'
    """
    for scorer, enough in ((fuzz.QRatio, _ALIKE), (fuzz.WRatio, _WITHIN)):
        found = process.extractOne(text, choices, scorer=scorer, processor=utils.default_process, score_cutoff=enough)
        if found is not None:
            return str(found[0])
    return ""
