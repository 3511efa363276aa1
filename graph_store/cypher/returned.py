"""The columns that a statement returns, read off its words: the embedded engine names none where there are no rows."""

from .nested import OUTSIDE, nested
from .tokens import Token, UnreadableCypher

_ENDS = ("ORDER", "SKIP", "LIMIT", "OFFSET", "UNION")


def returned_columns(cypher: str) -> tuple[str, ...]:
    """Names of the columns of the last RETURN; none where they cannot be read off, as of ``RETURN *``.

    >>> returned_columns("MATCH (n) RETURN n.id AS id, count(*) ORDER BY id")
    ('id', 'count(*)')
    """
    try:
        read = nested(cypher)
    except UnreadableCypher:
        return ()
    outside = [place for place, bracket in enumerate(read.inside) if bracket == OUTSIDE]
    starts = [place for place in outside if read.word(place, "RETURN")]
    if not starts:
        return ()
    items: list[list[Token]] = [[]]
    for place in range(starts[-1] + 1, len(read.pieces)):
        here = read.inside[place] == OUTSIDE
        if here and (read.word(place, *_ENDS) or read.sign(place, ";")):
            break
        if here and read.sign(place, ","):
            items.append([])
        else:
            items[-1].append(read.pieces[place])
    if items[0] and items[0][0].is_word("DISTINCT"):
        items[0] = items[0][1:]
    if any(not item or item[0].is_sign("*") for item in items):
        return ()
    return tuple(_name(cypher, item) for item in items)


def _name(cypher: str, item: list[Token]) -> str:
    if len(item) > 2 and item[-2].is_word("AS"):
        return item[-1].name
    if len(item) == 1 and item[0].kind == "quoted_name":
        return item[0].name
    return cypher[item[0].start : item[-1].end]
