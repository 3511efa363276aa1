"""The answer to one's own Cypher: how many rows, what was cut, the network that it holds, and all its looks."""

from explorer.data import questions
from explorer.data.own_cypher import LIMITS, MEGABYTES, ROWS, SECONDS, Outcome
from explorer.data.questions import GRAPH, Look
from explorer.pictures.html import tag
from languages.words import N_, _, listing, ngettext, number

from . import answer, frame
from .answer_network import draw_network

FILE = "own-cypher"
_TIES = Look(GRAPH, {"start": "start", "end": "end", "start_name": "start_name", "end_name": "end_name"})
_CUT = {
    ROWS: N_("These are the first {rows} rows; there are more. Ask for fewer, or count them."),
    MEGABYTES: N_("These are the first {rows} rows, which fill {megabytes} MB; there are more. Return fewer columns."),
    SECONDS: N_("These are the first {rows} rows; after {seconds} seconds the rest was stopped."),
}


def show(found: Outcome) -> None:
    """Draw the answer."""
    count = len(found.rows)
    words = ngettext("{count} row in {seconds} seconds", "{count} rows in {seconds} seconds", count)
    took = number(max(found.seconds, 0.01), 1 if found.seconds >= 1 else 2)
    frame.show(tag("h2", words.format(count=number(count), seconds=took), role="status"))
    if found.cut:
        told = _(_CUT[found.cut])
        frame.notice(
            told.format(rows=number(count), megabytes=number(LIMITS.megabytes), seconds=number(LIMITS.seconds))
        )
    if found.rows.empty:
        frame.notice(_nothing(found))
        return
    caption = _("The answer to your own statement")
    looks = questions.possible(found.shown)
    if not found.ties.empty:
        draw_network(found.ties, _TIES, caption)
        looks = tuple(look for look in looks if look.form != GRAPH)  # the network is drawn already
    if found.loose:
        words = ngettext(
            "{count} relationship is not drawn, since the answer does not hold both its ends: return them, too.",
            "{count} relationships are not drawn, since the answer does not hold both their ends: return them, too.",
            found.loose,
        )
        frame.show(tag("p", words, class_="quiet"))
    answer.show(found.shown, looks, caption)
    answer.saves(found.rows, FILE)


def _nothing(found: Outcome) -> str:
    columns = [str(name) for name in found.rows.columns]
    if not columns:
        return _("No rows: nothing in the graph is as the statement says.")
    return _("No rows: nothing in the graph is as the statement says. A row would hold {columns}.").format(
        columns=listing(columns)
    )
