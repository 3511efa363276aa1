"""How tables, columns and closed values are called in Dutch, German and English workbooks.

The names of the schema are what the graph and the templates hold; the words
below are read as if they stood there. A name that means different things in
two tables has an entry of its own for one of them, as ``table.column``.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache

from .kinds import Property
from .tables import Column, Table, tables

# By name in the schema: Dutch words, then German ones, each list parted by commas.
TABLES = {
    "sources": ("bronnen, bron", "Quellen, Quelle"),
    "regions": ("regio's, regio, gebieden", "Regionen, Region, Gebiete"),
    "organisations": ("organisaties, organisatie, instellingen", "Organisationen, Organisation, Einrichtungen"),
    "themes": ("thema's, thema", "Themen, Thema"),
    "elements": ("elementen, element, werkzame elementen", "Elemente, Bausteine"),
    "approaches": ("aanpakken, aanpak, werkwijzen", "Ansätze, Ansatz, Vorgehensweisen"),
    "projects": ("projecten, project", "Projekte, Projekt"),
    "plans": ("plannen, plan, uitvoeringsplannen", "Pläne, Plan, Arbeitspläne"),
    "visits": ("bezoeken, bezoek, werkbezoeken", "Besuche, Besuch, Arbeitsbesuche"),
    "adoptions": ("overnames, overname, overnamestappen", "Übernahmen, Übernahme, Übernahmeschritte"),
    "data_set": ("dataset, gegevensset, gegevensverzameling", "Datensatz, Datenbestand"),
    "region_borders": ("regiogrenzen, grenzen, buurregio's", "Regionsgrenzen, Grenzen, Nachbarregionen"),
    "memberships": ("lidmaatschappen, leden", "Mitgliedschaften, Mitglieder"),
    "participations": ("deelnames, deelnemingen, projectpartners", "Beteiligungen, Projektpartner"),
    "addresses": ("themakoppelingen, gaat over", "Themenbezüge, Themenzuordnung"),
    "approach_elements": ("elementen per aanpak, aanpakelementen", "Elemente je Ansatz, Ansatzelemente"),
    "plan_projects": ("projecten per plan, planprojecten", "Projekte je Plan, Planprojekte"),
    "carriers": ("trekkers, dragers", "Träger"),
    "assessments": ("beoordelingen, beoordeling", "Bewertungen, Bewertung"),
    "hosts": ("gastheren, ontvangers", "Gastgeber"),
    "attendances": ("aanwezigheid, aanwezigen, bezoekers", "Teilnahmen, Teilnehmer, Besucher"),
    "visit_subjects": ("bezoekonderwerpen, onderwerpen per bezoek", "Besuchsthemen, Gegenstände je Besuch"),
    "adoption_elements": ("elementen per overname, overname-elementen", "Elemente je Übernahme, Übernahmeelemente"),
}

COLUMNS = {
    "id": ("id, sleutel, code, kenmerk", "ID, Schlüssel, Kennung, Kürzel"),
    "name": ("naam, titel, benaming", "Name, Titel, Bezeichnung"),
    "note": ("opmerking, opmerkingen, toelichting, notitie", "Bemerkung, Bemerkungen, Anmerkung, Hinweis"),
    "source": ("bron, bronnen", "Quelle, Quellen"),
    "publisher": ("uitgever, uitgegeven door", "Herausgeber, herausgegeben von"),
    "published": ("gepubliceerd, publicatiedatum, datum", "veröffentlicht, Veröffentlichungsdatum, Datum"),
    "url": ("adres, webadres, link", "Adresse, Webadresse, Link"),
    "kind": ("soort, type, categorie", "Art, Typ, Kategorie"),
    "country": ("land, landcode", "Land, Staat, Länderkürzel"),
    "nuts": ("nuts, nuts-code", "NUTS, NUTS-Code"),
    "latitude": ("breedtegraad, geografische breedte", "Breitengrad, geografische Breite"),
    "longitude": ("lengtegraad, geografische lengte", "Längengrad, geografische Länge"),
    "population": ("inwoners, aantal inwoners, bevolking", "Einwohner, Einwohnerzahl, Bevölkerung"),
    "part_of": ("onderdeel van, deel van, valt onder", "Teil von, gehört zu"),
    "sector": ("sector, branche", "Sektor, Branche, Bereich"),
    "website": ("website, webpagina", "Website, Webseite, Internetseite"),
    "contact": ("contact, contactadres", "Kontakt, Kontaktadresse"),
    "aliases": ("ook bekend als, andere namen, afkortingen", "auch bekannt als, andere Namen, Abkürzungen"),
    "region": ("regio, regio's", "Region, Regionen"),
    "summary": ("samenvatting, omschrijving, beschrijving", "Zusammenfassung, Beschreibung, Kurzbeschreibung"),
    "started": ("begin, begonnen, gestart, startdatum, begindatum", "Beginn, begonnen, Start, Startdatum"),
    "ended": ("einde, geëindigd, beëindigd, einddatum", "Ende, beendet, Enddatum"),
    "results": ("resultaten, opbrengsten", "Ergebnisse, Resultate"),
    "origin": ("oorsprong, herkomst, oorsprongsregio", "Ursprung, Herkunft, Ursprungsregion"),
    "status": ("status, stand van zaken", "Status, Stand"),
    "budget_eur": ("budget, begroting, bedrag", "Budget, Betrag"),
    "approach": ("aanpak, werkwijze", "Ansatz, Vorgehensweise"),
    "year": ("jaar, planjaar", "Jahr, Planjahr"),
    "on": ("datum, wanneer, op", "Datum, wann, am"),
    "format": ("vorm, werkvorm", "Form, Format"),
    "until": ("tot, tot en met", "bis"),
    "since": ("sinds, vanaf", "seit, ab"),
    "stage": ("fase, stadium", "Phase, Stufe"),
    "kept": ("behouden", "beibehalten"),
    "changed": ("veranderd, gewijzigd, aangepast", "verändert, geändert, angepasst"),
    "dropped": ("weggelaten, vervallen", "weggelassen, entfallen"),
    "credited_to": ("toegeschreven aan, te danken aan", "zugeschrieben, zurückgeführt auf"),
    "data_until": ("gegevens tot, bijgewerkt tot", "Daten bis, Datenstand"),
    "licence": ("licentie", "Lizenz"),
    "region_a": ("regio a, eerste regio", "Region A, erste Region"),
    "region_b": ("regio b, tweede regio", "Region B, zweite Region"),
    "organisation": ("organisatie, instelling", "Organisation, Einrichtung"),
    "member_of": ("lid van", "Mitglied von, Mitglied bei"),
    "role": ("rol", "Rolle"),
    "project": ("project", "Projekt"),
    "item": ("item, betreft", "Gegenstand, betrifft"),
    "theme": ("thema", "Thema"),
    "element": ("element, werkzaam element", "Element, Baustein"),
    "plan": ("plan, uitvoeringsplan", "Plan, Arbeitsplan"),
    "standing": ("stand, nieuw of voortgezet", "Stand, neu oder fortgeführt"),
    "criterion": ("criterium", "Kriterium"),
    "score": ("score, punten", "Punkte, Punktzahl"),
    "of": ("van maximaal, maximum", "von höchstens, Höchstpunktzahl"),
    "host": ("gastheer, ontvanger", "Gastgeber"),
    "visit": ("bezoek, werkbezoek", "Besuch, Arbeitsbesuch"),
    "attendee": ("bezoeker, deelnemer, aanwezige", "Besucher, Teilnehmer"),
    "delegates": ("aantal deelnemers, aantal bezoekers", "Teilnehmerzahl, Anzahl Teilnehmer"),
    "outcome": ("resultaat, uitkomst", "Ergebnis, Resultat"),
    "outcome_on": ("bekend sinds, datum resultaat", "bekannt seit, Datum Ergebnis"),
    "subject": ("onderwerp", "Gegenstand, Thema"),
    "adoption": ("overname, overnamestap", "Übernahme, Übernahmeschritt"),
    "fate": ("wat ermee gebeurde, lot", "was damit geschah, Verbleib"),
    "how": ("hoe", "wie"),
    "projects.status": ("status, stand van zaken, fase", "Status, Stand, Phase"),
}

OPTIONS = {
    "country": ("landelijk, rijk", "Staat"),  # not "land": a German one may be a state
    "state": ("deelstaat", "Bundesland"),
    "province": ("provincie", "Provinz"),
    "labour-market region": ("arbeidsmarktregio", "Arbeitsmarktregion"),
    "district": ("district", "Landkreis, Kreis"),
    "municipality": ("gemeente", "Gemeinde"),
    "city": ("stad", "Stadt"),
    "ministry": ("ministerie", "Ministerium"),
    "agency": ("agentschap", "Agentur, Behörde"),
    "public employment service": (
        "publieke arbeidsbemiddeling, UWV",
        "öffentliche Arbeitsverwaltung, Arbeitsagentur, Jobcenter",
    ),
    "regional agency": ("regionaal agentschap", "Regionalagentur"),
    "service desk": ("servicepunt, loket, werkgeversservicepunt, leerwerkloket", "Servicestelle, Anlaufstelle"),
    "employers association": ("werkgeversvereniging, werkgeversorganisatie", "Arbeitgeberverband"),
    "employers network": ("werkgeversnetwerk", "Arbeitgebernetzwerk"),
    "municipal association": (
        "gemeentevereniging, vereniging van gemeenten",
        "Gemeindeverband, kommunaler Spitzenverband",
    ),
    "umbrella": ("koepel, koepelorganisatie", "Dachverband, Dachorganisation"),
    "partnership": ("samenwerkingsverband, partnerschap", "Partnerschaft"),
    "committee": ("commissie, comité", "Ausschuss, Komitee"),
    "programme office": ("programmabureau", "Programmbüro"),
    "company": ("bedrijf, onderneming, werkgever", "Unternehmen, Firma, Arbeitgeber"),
    "school": ("school, onderwijsinstelling, onderwijs, ROC", "Schule, Bildungseinrichtung, Berufsschule"),
    "union": ("vakbond, vakvereniging", "Gewerkschaft"),
    "care provider": ("zorgaanbieder, zorginstelling, zorg", "Pflegeanbieter, Träger der Pflege"),
    "research": (
        "onderzoek, onderzoeksinstelling, kennisinstelling, universiteit",
        "Forschung, Forschungseinrichtung, Universität",
    ),
    "other": ("overig, anders", "Sonstige, Sonstiges"),
    "priority": ("prioriteit", "Priorität"),
    "focus": ("focus, aandachtspunt", "Schwerpunkt"),
    "challenge": ("uitdaging, opgave", "Herausforderung"),
    "funding action": ("subsidieactie, financieringsactie", "Förderaktion, Fördermaßnahme"),
    "work visit": ("werkbezoek", "Arbeitsbesuch"),
    "practice day": ("praktijkdag", "Praxistag"),
    "case presented": ("casus gepresenteerd, praktijkvoorbeeld", "Fallvorstellung, Praxisbeispiel"),
    "partner meeting": ("partnerbijeenkomst, partneroverleg", "Partnertreffen"),
    "meeting": ("bijeenkomst, vergadering, overleg", "Treffen, Sitzung, Besprechung"),
    "workshop": ("workshop", "Workshop"),
    "peer review": ("collegiale toetsing, intercollegiale toets", "Peer-Review, kollegiale Begutachtung"),
    "conference": ("conferentie, congres", "Konferenz, Tagung"),
    "final event": ("slotbijeenkomst, slotevenement", "Abschlussveranstaltung"),
    "webinar": ("webinar", "Webinar"),
    "considering": ("overweegt, in overweging", "erwägt, in Erwägung"),
    "adapting": ("past aan, in aanpassing", "passt an, in Anpassung"),
    "partial": ("gedeeltelijk, deels", "teilweise"),
    "full": ("volledig, geheel", "vollständig, ganz"),
    "policy": ("beleid, vast beleid", "Regelpraxis, dauerhaft eingeführt"),
    "dropped": ("weggelaten, vervallen, gestopt", "weggelassen, entfallen, eingestellt"),
    "recorded": ("vastgelegd, geregistreerd", "erfasst"),
    "simulated": ("gesimuleerd", "simuliert"),
    "new": ("nieuw", "neu"),
    "continued": ("voortgezet", "fortgeführt, fortgesetzt"),
    "ended": ("beëindigd, afgerond", "beendet, abgeschlossen"),
    "none": ("geen", "keines, keine"),
    "taken over": ("overgenomen", "übernommen"),
    "declined": ("afgewezen", "abgelehnt"),
    "kept": ("behouden", "beibehalten"),
    "changed": ("veranderd, gewijzigd, aangepast", "verändert, geändert, angepasst"),
}

LANGUAGES = ("nl", "de")
"""The languages of the lists above, in their order."""

_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*$")
_COUNTED = re.compile(r"^(\d+_)+|(_\d+)+$")


def key(text: str) -> str:
    """A heading without what does not tell headings apart: capitals, accents, blanks, stars and the like."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    bare = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", "_", bare).strip("_")


def table_named(text: str) -> str:
    """The table that a sheet or file of that name holds; empty where none is called so.

    Numbers before and after the name play no part: ``2. Projecten 2024`` is ``projects``.
    """
    plain = key(text)
    return _tables().get(plain) or _tables().get(_COUNTED.sub("", plain), "")


def column_named(own: Table, text: str) -> str:
    """The column of `own` that a heading names; empty where none is called so.

    Words in brackets at its end play no part: ``Budget (EUR)`` is ``budget_eur``. Nor does
    what the rows of the table are called: ``Soort organisatie`` is the ``kind`` of organisations.
    """
    known = _columns(own.name)
    plain = key(_BRACKETS.sub("", text))
    return known.get(key(text)) or known.get(plain) or known.get(_without_own_name(own, plain), "")


def code_named(item: Property, text: str) -> str:
    """The code of a closed list that `text` means; empty where the list has none such."""
    return codes(item).get(key(text), "")


def language_of(texts: Iterable[str]) -> str:
    """The language, of those that the lists above hold, that most headings and titles are in; empty where none is.

    >>> language_of(["id", "Naam", "Soort"]), language_of(["id", "name"])
    ('nl', '')
    """
    keys = [key(_BRACKETS.sub("", text)) for text in texts]
    counts = {language: sum(each in words for each in keys) for language, words in _words_by_language().items()}
    best = max(counts, key=lambda language: counts[language])
    return best if list(counts.values()).count(counts[best]) == 1 else ""


def table_word(name: str, language: str) -> str:
    """What a table is called in a language; its own name in any other."""
    return _first(TABLES.get(name, ()), language) or name


def column_word(own: Table, name: str, language: str) -> str:
    """What a column of a table is called in a language; its own name in any other."""
    return _first(COLUMNS.get(f"{own.name}.{name}", COLUMNS.get(name, ())), language) or name


def code_word(code: str, language: str) -> str:
    """What a value of a closed list is called in a language; the code in any other."""
    return _first(OPTIONS.get(code, ()), language) or code


def language_of_code(code: str, word: str) -> str:
    """The language in which a value of a closed list is called so; empty where it is the schema's own word."""
    words = OPTIONS.get(code, ())
    return next((each for each, said in zip(LANGUAGES, words, strict=False) if word in _listed((said,))), "")


def table_words(own: Table) -> Iterator[str]:
    """All that a table may be called."""
    yield own.name
    if own.kind:
        yield from (own.kind.table, own.kind.title, own.kind.plural)
    yield from _listed(TABLES.get(own.name, ()))


def column_words(own: Table, column: Column) -> Iterator[str]:
    """All that a column of a table may be called."""
    yield column.name
    yield from filter(None, [column.property.title])
    yield from _listed(COLUMNS.get(f"{own.name}.{column.name}", COLUMNS.get(column.name, ())))


def code_words(item: Property, code: str) -> Iterator[str]:
    """All that a value of a closed list may be called."""
    yield from (code, item.option(code).title)
    yield from _listed(OPTIONS.get(code, ()))


@cache
def codes(item: Property) -> dict[str, str]:
    """Codes of a closed list by the keys of all their words."""
    return {key(word): code for code in reversed(item.codes) for word in code_words(item, code)}


@cache
def _tables() -> dict[str, str]:
    return {key(word): own.name for own in tables() for word in table_words(own)}


@cache
def _columns(name: str) -> dict[str, str]:
    own = next(own for own in tables() if own.name == name)
    return {key(word): column.name for column in own.columns for word in column_words(own, column)}


def _without_own_name(own: Table, plain: str) -> str:
    """A heading without what the rows of the table are called, where it holds that as a word of its own."""
    words = {key(word) for word in table_words(own)} if own.kind else set()
    first, _line, last = plain.partition("_")
    if first in words:
        return last
    first, _line, last = plain.rpartition("_")
    return first if last in words else ""


@cache
def _words_by_language() -> dict[str, frozenset[str]]:
    """The keys of all words for tables and columns by language, without those that are the schema's own names."""
    lists = [*TABLES.values(), *COLUMNS.values()]
    names = {key(name) for name in (*TABLES, *COLUMNS)}
    return {
        language: frozenset(key(word) for words in lists for word in _listed(words[place : place + 1])) - names
        for place, language in enumerate(LANGUAGES)
    }


def _first(lists: tuple[str, ...], language: str) -> str:
    place = LANGUAGES.index(language) if language in LANGUAGES else -1
    return next(_listed(lists[place : place + 1]), "") if 0 <= place < len(lists) else ""


def _listed(lists: tuple[str, ...]) -> Iterator[str]:
    return (word.strip() for words in lists for word in words.split(","))
