"""What a reader asks for, word by word: what the words of a question say, and which entries hold most of them.

Names are matched whole by `explorer.analysis.matching`. This is for what is
typed as one would say it: "visit to Chemnitz", "long-term unemployment".
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import process
from rapidfuzz.distance import OSA

from .matching import plain

_SMALL = """
a an and are at by can could d do does for from how i in is it l me my next of on or s should show that the their
there to was we were what when where which who whom whose with
aan bij dat de die door een en er het hoe ik is kan kunnen laten met naar om ons onze op over te tot uit van voor
waar wat we welk welke wie wij wordt zijn zien volgende
als am an auf aus bei beim das dem den der des die durch ein eine einem einen einer es fur im in ist kann konnen
mit nach nachste nachsten sollen sollten und uber um vom von vor was welche welchem welchen welcher welches wen
wer wie wir wo zeigen zu zum zur zwischen
"""
SMALL = frozenset(_SMALL.split())
"""Words of English, Dutch and German that name nothing, plain."""

KINDS: Mapping[str, frozenset[str]] = {
    label: frozenset(words.split())
    for label, words in {
        "Visit": "visit visits meeting meetings delegation delegations trip trips bezoek bezoeken werkbezoek "
        "werkbezoeken bijeenkomst bijeenkomsten vergadering vergaderingen besuch besuche besuchen arbeitsbesuch "
        "arbeitsbesuche treffen sitzung sitzungen versammlung tagung tagungen",
        "Project": "project projects projecten projekt projekte projekten",
        "Approach": "approach approaches method methods practice practices aanpak aanpakken werkwijze werkwijzen "
        "ansatz ansatze ansatzen vorgehen methode methoden methodes",
        "Region": "region regions regio regios regionen gebied gebieden gebiet gebiete",
        "Organisation": "organisation organisations organization organizations organisatie organisaties organisationen "
        "body bodies",
        "Plan": "plan plans plannen plane planen",
        "Theme": "theme themes topic topics thema themas themen onderwerp onderwerpen",
        "Source": "source sources bron bronnen quelle quellen",
    }.items()
}
"""Label of a node kind to the words that readers have for it, plain."""

FAMILIES = tuple(
    tuple(words.split())
    for words in (
        "unemploy jobless werkloos werkloze arbeitslos erwerbslos langzeitarbeitslos chomeu chomag",
        "long langdurig langzeit longue",
        "term termijn langdurig langzeit duree",
        "youth young jeugd jong jugend junge jeune",
        "employer werkgever arbeitgeber employeur",
        "training opleiding scholing ausbildung weiterbildung qualifi formation",
        "housing huisvesting wohnen wohnung logement",
        "disab behinder arbeidsbeperk handicap",
        "refugee vluchteling fluchtling geflucht",
    )
)
"""Beginnings of words that say the same in the languages of names and sources, plain."""

TIERS = (1.0, 0.4, 0.2)  # a word in the name, in what is said of an entry, in what is tied to it
SAME, BEGINS, FAMILY, SLIP = 1.0, 0.9, 0.6, 0.5
LEAST_BEGINNING = 3  # letters: fewer begin too much
LEAST_ALIKE = 0.75


@dataclass(frozen=True)
class Wanted:
    """What was asked: the words that tell something, and the kinds of entry that it names (labels)."""

    words: tuple[str, ...]
    labels: frozenset[str]


@dataclass(frozen=True)
class Held:
    """An entry that holds some of the words asked for.

    Its place, those words in the order asked, how well they fit, and whether
    none of them is taken for a slip of the finger.
    """

    place: int
    words: tuple[str, ...]
    score: float
    as_typed: bool


def spelling(typed: str) -> dict[str, str]:
    """The words of a question, plain, with how they were typed; a part of a longer word as it is.

    >>> spelling("Zürich-Noord")
    {'zurich': 'Zürich', 'noord': 'Noord'}
    """
    spelt = {plain(word): word for word in re.findall(r"\w+", typed)}
    return {word: spelt.get(word, word) for word in plain(typed).split()}


def wanted(typed: str) -> Wanted:
    """What a question asks for: without small words, and with those that only name a kind set apart.

    Where nothing else was typed, these are the words that tell something.

    >>> wanted("the visit to Chemnitz")
    Wanted(words=('chemnitz',), labels=frozenset({'Visit'}))
    """
    every = tuple(dict.fromkeys(plain(typed).split()))
    said = tuple(word for word in every if word not in SMALL)
    telling = tuple(word for word in said if not any(word in own for own in KINDS.values()))
    if not telling:
        return Wanted(said or every, frozenset())
    return Wanted(telling, frozenset(label for label, own in KINDS.items() if not own.isdisjoint(said)))


class Texts:
    """Entries by the words of their names, of what is said of them, and of what is tied to them."""

    def __init__(self, *tiers: Sequence[Iterable[str]]) -> None:
        """Index entries; up to as many sorts of text as `TIERS`, side by side, what counts most first."""
        self._of: defaultdict[str, dict[int, float]] = defaultdict(dict)
        for weight, texts in zip(TIERS, tiers, strict=False):
            for place, own in enumerate(texts):
                for word in {word for text in own for word in plain(text).split()}:
                    self._of[word].setdefault(place, weight)
        self._words = sorted(self._of)

    def holding(self, words: Sequence[str]) -> list[Held]:
        """Entries that hold at least one of the words, those that hold most first, then those that fit best.

        A word is held as it is, as the beginning of a word, or as one that says
        the same in another language; only one that is in no entry that way may
        be a slip of the finger.
        """
        found: defaultdict[int, dict[str, float]] = defaultdict(dict)
        slips = set()
        for word in words:
            stand_ins = self._meant(word)
            if not stand_ins:
                stand_ins = self._slips(word)
                slips.add(word)
            for known, quality in stand_ins.items():
                for place, weight in self._of[known].items():
                    found[place][word] = max(found[place].get(word, 0.0), quality * weight)
        held = [
            Held(
                place,
                tuple(word for word in words if word in scores),
                sum(scores.values()),
                slips.isdisjoint(scores),
            )
            for place, scores in found.items()
        ]
        return sorted(held, key=lambda item: (-len(item.words), -item.score, item.place))

    def _meant(self, word: str) -> dict[str, float]:
        """Words of the entries that stand for the one asked, with how well."""
        found = {}
        for part in _of_family(word):
            found.update(dict.fromkeys(self._beginning(part), FAMILY))
        if len(word) >= LEAST_BEGINNING:
            found.update(dict.fromkeys(self._beginning(word), BEGINS))
        if word in self._of:
            found[word] = SAME
        return found

    def _slips(self, word: str) -> dict[str, float]:
        """Words of the entries that the one asked may be a slip for, with how well."""
        if len(word) <= LEAST_BEGINNING:
            return {}
        alike = process.extract(
            word, self._words, scorer=OSA.normalized_similarity, score_cutoff=LEAST_ALIKE, limit=None
        )
        return {known: SLIP * near for known, near, _place in alike}

    def _beginning(self, part: str) -> list[str]:
        first = bisect_left(self._words, part)
        last = bisect_left(self._words, part + "\U0010ffff", first)
        return self._words[first:last]


def _of_family(word: str) -> set[str]:
    """Beginnings of words that say the same: of the families that tell the longest beginning of the word."""
    told = [(len(part), family) for family in FAMILIES for part in family if word.startswith(part)]
    longest = max((length for length, _family in told), default=0)
    return {part for length, family in told if length == longest for part in family}
