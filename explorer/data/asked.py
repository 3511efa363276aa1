"""The questions that a page was made from, told in words and in Cypher."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from queries import library

from . import questions
from .kept import Questions, noting

__all__ = ["Questions", "noting", "told"]


@dataclass(frozen=True)
class Told:
    """One question of a page: its name and title, what was asked for beyond the usual, and the whole as Cypher."""

    name: str
    title: str
    given: Mapping[str, Any]
    cypher: str


def told(noted: Questions) -> list[Told]:
    """The questions of a page, in the order of asking; one that was asked of very many things stands for all."""
    return list(_told(noted))


def _told(noted: Questions) -> Iterator[Told]:
    for name, parameters in noted.values():
        given = dict(parameters)
        own = questions.own_parameters(name, given)
        yield Told(name, library.query(name).title, own, questions.cypher(name, given))
