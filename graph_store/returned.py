"""The columns that a statement returns, read off its words: the embedded engine names none where there are no rows."""

from .tokens import Token, UnreadableCypher, tokens

_OPEN, _CLOSED = ("(", "[", "{"), (")", "]", "}")
_ENDS = ("ORDER", "SKIP", "LIMIT", "OFFSET", "UNION")


def returned_columns(cypher: str) -> tuple[str, ...]:
    """Names of the columns of the last RETURN; none where they cannot be read off, as of ``RETURN *``.

    >>> returned_columns("MATCH (n) RETURN n.id AS id, count(*) ORDER BY id")
    ('id', 'count(*)')
    """
    try:
        pieces = [token for token in tokens(cypher) if token.kind != "comment"]
    except UnreadableCypher:
        return ()
    depths = _depths(pieces)
    starts = [place for place, token in enumerate(pieces) if not depths[place] and token.is_word("RETURN")]
    if not starts:
        return ()
    items: list[list[Token]] = [[]]
    for place in range(starts[-1] + 1, len(pieces)):
        token = pieces[place]
        if not depths[place] and (token.is_word(*_ENDS) or token.is_sign(";")):
            break
        if not depths[place] and token.is_sign(","):
            items.append([])
        else:
            items[-1].append(token)
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


def _depths(pieces: list[Token]) -> list[int]:
    """How many brackets each piece stands in; a bracket stands outside of itself."""
    depths, depth = [], 0
    for token in pieces:
        depth -= token.is_sign(*_CLOSED)
        depths.append(depth)
        depth += token.is_sign(*_OPEN)
    return depths
