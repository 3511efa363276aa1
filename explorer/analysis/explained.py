"""What a reader must know to use a measure: its words, its term, its range, its source."""

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Explained:
    """One measure, told twice: in plain words for a coordinator, in the field's term for an expert.

    `title` and `words` say what it is and what a high value means; `term` is
    the name in the literature; `span` the values that it can take, with their
    unit; `undefined` when it is NaN; `source` where its definition stands.
    """

    code: str
    title: str
    words: str
    span: str
    undefined: str
    source: str
    term: str = ""
