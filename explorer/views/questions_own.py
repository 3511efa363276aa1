"""One's own Cypher on the page Questions: written, run beside everything else, stopped, and its answer.

The statement is the text of the editor, with the parameters above it. It is
kept in the session as it was last sent, and in the address, so that an answer
is a link; ``run`` in the address says that it was asked to run.
"""

import os
from dataclasses import dataclass, field

import streamlit as st

from explorer import links
from explorer.data import editor_words, graph, own_cypher
from explorer.data.own_cypher import LIMITS, Begun, Ended, EngineAway, Mistake, Mistaken, Plan
from explorer.pictures.html import Html, items, join, tag
from languages.words import _, ngettext, number

from . import frame, questions_own_answer
from .as_cypher import copied
from .editor import EditorEvent, Mark, editor

KEY, CYPHER, RUN = "own-cypher", "cypher", "run"  # the editor; and what the address calls the statement, and its run
PATIENT = 0.4  # seconds that an answer is waited for without a word
STEP = 0.5  # seconds between two looks at a statement that runs
STOPPING = 2.0  # seconds that a stop is waited for


@dataclass
class _Desk:
    """What a reader has on the desk: the text as last sent, its run, and what was said of it."""

    text: str = ""
    shown: str = ""  # what the page itself last put into the editor: the reader has written on since
    version: int = 0  # how often it did
    address: str | None = None  # the statement in the address that the text was last taken from
    to_run: bool = False  # asked for by a button; done when the page is drawn, which knows what to do without an engine
    begun: Begun | None = None
    mistakes: tuple[Mistake, ...] = ()
    refusal: str = ""
    plan: Plan | None = None
    wrong_values: dict[str, str] = field(default_factory=dict)  # what was written, by parameter

    def put(self, text: str) -> None:
        """Put a text into the editor, over what stands there."""
        self.text, self.shown, self.version = text, text, self.version + 1
        self.clear()

    def clear(self) -> None:
        """Forget what was said of another text."""
        self.mistakes, self.refusal, self.plan = (), "", None


def allowed() -> bool:
    """Whether one's own Cypher may be asked here: a public server may switch it off."""
    return os.environ.get("EXPLORER_OWN_CYPHER", "").strip().lower() != "off"


def render() -> None:
    """Draw the editor, what it asks for, and the answer."""
    desk = _desk()
    _from_address(desk)
    if desk.to_run:
        _run(desk)
        _to_address(desk)
    frame.show(tag("p", _limits(), class_="quiet"))
    event = editor(
        _key(),
        desk.shown,
        words=editor_words.words(),
        mistakes=[_mark(item) for item in desk.mistakes if item.line],
        version=desk.version,
    )
    if event:
        _sent(desk, event)
    with st.container(horizontal=True, vertical_alignment="bottom", key="own-parameters"):
        wanted = own_cypher.asked_values(desk.text)
        for asked in wanted:
            _value_field(desk, asked)
    for asked in wanted:
        if asked.name in desk.wrong_values:
            frame.notice(f"${asked.name}: {desk.wrong_values[asked.name]}")
    if st.button(_("How is the answer found?"), key="own-plan", disabled=not desk.text.strip()):
        _explain(desk)
    _said(desk)
    if desk.begun:
        _followed(desk, desk.begun)


def _desk() -> _Desk:
    desk: _Desk = st.session_state.setdefault(f"{_key()}-desk", _Desk())
    return desk


def _key() -> str:
    """Of the editor: each network has a desk of its own, so that no answer stands under the other's mark."""
    return f"{KEY}-{links.SIMULATED}" if graph.simulated() else KEY


def _from_address(desk: _Desk) -> None:
    """Take the statement that the address names, where it is another one than before; run it where it says so."""
    named = st.query_params.get(CYPHER, "")
    if named == desk.address:
        return
    desk.address = named
    if named and named != desk.text:
        desk.put(named)
        if desk.begun:
            desk.begun.running.stop(0)
        desk.begun = None
        desk.to_run = RUN in st.query_params
    elif desk.text:
        _to_address(desk)


def _to_address(desk: _Desk) -> None:
    """Write the statement into the address, where it is short enough."""
    desk.address = desk.text if own_cypher.short(desk.text) else ""
    if desk.address:
        st.query_params[CYPHER] = desk.address
    else:
        st.query_params.pop(CYPHER, None)
    if desk.begun and desk.begun.text == desk.text and desk.address:
        st.query_params[RUN] = "1"
    else:
        st.query_params.pop(RUN, None)


def _sent(desk: _Desk, event: EditorEvent) -> None:
    """What the editor sent: keep it, and run it where the reader asked to."""
    marked = desk.mistakes
    if event.statement != desk.text:
        desk.text = event.statement
        desk.clear()
        desk.wrong_values.clear()
    if event.run:
        _run(desk)
    _to_address(desk)
    if desk.mistakes != marked:
        st.rerun()  # the editor is drawn already, with other marks


def _run(desk: _Desk) -> None:
    desk.to_run = False
    desk.clear()
    if desk.begun and not desk.begun.running.wait(0):
        desk.begun.running.stop(STOPPING)
    desk.begun = None
    try:
        desk.begun = own_cypher.begin(desk.text)
    except Mistaken as error:
        desk.mistakes = error.mistakes
    except (own_cypher.WriteRefused, own_cypher.TooManyRunning) as error:
        desk.refusal = str(error)


def _explain(desk: _Desk) -> None:
    marked = desk.mistakes
    desk.clear()
    try:
        desk.plan = own_cypher.plan(desk.text)
    except Mistaken as error:
        desk.mistakes = error.mistakes
    except own_cypher.WriteRefused as error:
        desk.refusal = str(error)
    if desk.mistakes != marked:
        st.rerun()


def _value_field(desk: _Desk, asked: own_cypher.Asked) -> None:
    key = f"own-value-{asked.name}"
    if asked.name not in desk.wrong_values and st.session_state.get(key) != asked.written:
        st.session_state[key] = asked.written
    st.text_input(
        f"${asked.name}",
        key=key,
        placeholder=_("'text', 12 or true"),
        on_change=_set_value,
        args=(asked.name, key),
        width=220,
    )


def _set_value(name: str, key: str) -> None:
    desk, written = _desk(), st.session_state[key].strip()
    desk.wrong_values.pop(name, None)
    try:
        desk.put(own_cypher.set_value(desk.text, name, written))
    except own_cypher.WrongStatement:
        if written:
            desk.wrong_values[name] = _(
                "write a text in quotes, such as 'Arnhem', or a number, true, a list or a date."
            )
    else:
        _to_address(desk)


def _said(desk: _Desk) -> None:
    """What is wrong, refused or explained."""
    if desk.text and not own_cypher.short(desk.text):
        words = _("This statement is too long to stand in the address: save it above to have it again.")
        frame.show(tag("p", words, class_="quiet"))
    if desk.refusal:
        frame.notice(desk.refusal)
    for place, mistake in enumerate(desk.mistakes):
        if not mistake.line:  # the others are listed by the editor
            frame.notice(mistake.sentence)
        _mend_button(mistake, f"own-mend-{place}")
    if desk.plan:
        frame.show(_plan(desk.plan))


def _mend_button(mistake: Mistake, key: str) -> None:
    if mistake.mend and mistake.line:
        label = _("Write {name} instead").format(name=mistake.mend)
        st.button(label, key=key, on_click=_mend, args=(mistake,))


def _mend(mistake: Mistake) -> None:
    desk = _desk()
    desk.put(own_cypher.mended(desk.text, mistake))
    desk.to_run = True


def _followed(desk: _Desk, begun: Begun) -> None:
    """The answer where it is there, else how it is getting on."""
    if not begun.running.wait(PATIENT):
        _watched(begun)
        return
    try:
        found = own_cypher.outcome(begun)
    except Mistaken as error:
        desk.begun, desk.mistakes = None, error.mistakes
        st.rerun()
    except Ended as error:
        frame.notice(str(error))
    except EngineAway:
        desk.begun = None  # so that the page can be drawn once the engine is back
        raise
    else:
        if begun.text != desk.text:
            frame.show(tag("p", _("This answers the statement as it was last run."), class_="quiet"))
        for place, doubt in enumerate(found.doubts):
            frame.notice(str(doubt))
            if begun.text == desk.text:
                _mend_button(doubt, f"own-doubt-{place}")
        questions_own_answer.show(found)
    frame.show(copied(_("As Cypher"), begun.text))
    frame.show(copied(_("In Python"), own_cypher.python(begun)))


def _watched(begun: Begun) -> None:
    """How long it has been running, and a button that stops it; the page is drawn anew once it has ended."""

    @st.fragment(run_every=STEP, key="own-running")
    def watch() -> None:
        running = begun.running
        if running.wait(0):
            st.rerun()
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(_("Stop"), key="own-stop", on_click=_stop, args=(running,), disabled=running.stopping)
            words = _("Stopping …") if running.stopping else _("Running for {seconds} seconds …")
            told = words.format(seconds=number(running.seconds))
            frame.show(tag("p", join([told, " ", _so_far(running.rows_so_far)]), class_="quiet", role="status"))

    watch()


def _stop(running: own_cypher.Running) -> None:
    running.stop(STOPPING)


def _so_far(rows: int) -> str:
    return ngettext("{count} row so far.", "{count} rows so far.", rows) if rows else ""


def _limits() -> str:
    return _(
        "Only reading: nothing can be changed here. A statement may give {rows} rows of {megabytes} MB in all, "
        "and run for {seconds} seconds."
    ).format(rows=number(LIMITS.rows), megabytes=number(LIMITS.megabytes), seconds=number(LIMITS.seconds))


def _mark(mistake: Mistake) -> Mark:
    return Mark(mistake.line, mistake.column, mistake.sentence, mistake.length)


def _plan(plan: Plan) -> Html:
    """The steps in words; beneath, what the engine says itself."""
    if not plan.steps and not plan.text:
        return tag("p", _("The engine does not tell how it finds the answer."), class_="notice")
    parts: list[object] = [
        tag("h2", _("How the engine finds the answer; nothing was run")),
        items(map(_step, plan.steps), ordered=True),
    ]
    if any(step.dear for step in plan.steps):
        words = _("The steps in bold go through everything: bind a pattern to an id, a label or another pattern.")
        parts.append(tag("p", words, class_="quiet"))
    if plan.text:
        summary = tag("summary", _("In the engine's own words"))
        parts.append(tag("details", join([summary, tag("pre", plan.text, tabindex="0")])))
    return tag("section", join(parts))


def _step(step: own_cypher.Step) -> Html:
    words = tag("strong", step.words) if step.dear else step.words
    if step.rows is None:
        return join([words, "."])
    told = ngettext("about {count} row", "about {count} rows", round(step.rows))
    return join([words, ": ", tag("span", told, class_="quiet"), "."])
