"""Whom to ask about an approach: the organisations in the regions that have it, country by country."""

from explorer import links
from explorer.data import contacts
from explorer.data.contacts import CAME, HOSTED, PROJECT, Contact, Knows
from explorer.data.spread import Story
from explorer.pictures.html import Column, Html, items, join, link, sentence, table, tag
from languages.words import N_, _, country, in_words, ngettext

from .approach_scene import name_of

SHORT = 14  # regions that are listed before the rest is folded away
FEW = 4  # organisations of a region that are named
WAYS = {
    HOSTED: ("Visit", N_("hosted {what}")),
    CAME: ("Visit", N_("came to {what}")),
    PROJECT: ("Project", N_("takes part in {what}")),
}


def whom_to_ask(story: Story) -> Html:
    """The regions that have it with their organisations on record; nothing where none has."""
    known = sorted(contacts.who_knows(story), key=lambda item: country(item.country) if item.country else "~")
    if not known:
        return Html("")
    named = sum(bool(item.contacts) for item in known)
    title = ngettext("Whom to ask: {count} region that has it", "Whom to ask: {count} regions that have it", len(known))
    about = ngettext(
        "An organisation there that had to do with it is on record for {count} of them.",
        "Organisations there that had to do with it are on record for {count} of them.",
        named,
    )
    shown = _table(known[:SHORT], title)
    if len(known) > SHORT:
        words = ngettext("{count} region more", "{count} regions more", len(known) - SHORT)
        shown = join([shown, tag("details", join([tag("summary", words), _table(known[SHORT:], title)]))])
    return join([tag("h2", title, id="whom"), tag("p", about, class_="quiet"), shown])


def _table(known: list[Knows], title: str) -> Html:
    rows = [
        {
            "country": country(item.country) if item.country else "",
            "region": link(name_of(item.region_id), links.profile("Region", item.region_id)),
            "since": _since(item),
            "whom": _whom(item),
        }
        for item in known
    ]
    columns = [
        Column("country", _("Country")),
        Column("region", _("Region")),
        Column("since", _("Since")),
        Column("whom", _("Organisations there")),
    ]
    return table(rows, columns, title)


def _since(item: Knows) -> str:
    when = in_words(item.since) if item.since else ""
    if item.began:
        return _("began there, {when}").format(when=when) if when else _("began there")
    return when


def _whom(item: Knows) -> Html:
    if not item.contacts:
        return tag("span", _("none on record; ask the region itself"), class_="quiet")
    shown: list[object] = [_contact(contact) for contact in item.contacts[:FEW]]
    if len(item.contacts) > FEW:
        more = len(item.contacts) - FEW
        shown.append(tag("span", ngettext("and {count} more", "and {count} more", more), class_="quiet"))
    return items(shown, "plain")


def _contact(contact: Contact) -> Html:
    """An organisation, and the first thing that it had to do with it."""
    part, node, name = contact.through[0]
    label, words = WAYS[part]
    what = sentence(_(words), what=link(name, links.profile(label, node)))
    return join([link(contact.name, links.profile("Organisation", contact.id)), " ", tag("span", what, class_="quiet")])
