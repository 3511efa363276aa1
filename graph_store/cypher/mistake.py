"""What is wrong, or doubtful, in a statement: a sentence, its place, and what to write instead."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from languages.words import _

from .tokens import Token


@dataclass(frozen=True)
class Mistake:
    """One mistake.

    `line` and `column` count from 1, 0 where no place is known; `length` is 0 where it is that of the word
    there. `mend` is what to write in its place, empty where that cannot be told. What `refuses` would be
    answered wrongly or not at all; the others are doubts, told beside the answer.
    """

    sentence: str
    line: int = 0
    column: int = 0
    length: int = 0
    mend: str = ""
    refuses: bool = False

    def __str__(self) -> str:
        if not self.line:
            return self.sentence
        return _("Line {line}, column {column}: {sentence}").format(
            line=self.line, column=self.column, sentence=self.sentence
        )


def at(token: Token, sentence: str, mend: str = "", *, until: Token | None = None, refuses: bool = False) -> Mistake:
    """A mistake at a piece of the statement, or from there to the end of another one on the same line."""
    last = until if until and until.line == token.line else token
    return Mistake(sentence, token.line, token.column, last.end - token.start, mend, refuses)


def nearest(written: str, known: Mapping[str, str] | Iterable[str]) -> str:
    """The known name that was most likely meant; empty where none is near.

    Parameters
    ----------
    known
        Names, or other words for them with the name that each stands for.
    """
    names = known if isinstance(known, Mapping) else {name: name for name in known}
    plain = {_plain(words): name for words, name in reversed(list(names.items()))}
    found = get_close_matches(_plain(written), plain, n=1, cutoff=0.7)
    return plain[found[0]] if found else ""


def meant(sentence: str, mend: str) -> str:
    """The sentence that says what is not there, and the question whether `mend` was meant."""
    if not mend:
        return f"{sentence}."
    return _("{sentence}: did you mean `{mend}`?").format(sentence=sentence, mend=mend)


def _plain(words: str) -> str:
    return words.casefold().replace("_", " ")
