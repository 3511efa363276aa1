"""For data stewards: upload tables, see what is wrong and what would change, load them, take that back."""

from collections.abc import Callable, Mapping
from typing import Any

import streamlit as st

from explorer import links
from explorer.data import door, loads, upload
from explorer.data.door import Steward
from explorer.data.later import Later
from explorer.data.upload import Counts, Done, Planned, Upload
from explorer.pictures.html import Column, Html, items, join, link, table, tag
from graph_store.errors import ExplorerError
from languages.words import N_, _, ngettext

from . import data_groups, frame

STEWARD, UPLOAD, PLAN, LOADING, DONE = "steward", "upload", "upload-plan", "upload-loading", "upload-done"
SEEN = 0.15  # seconds until what was sent is on the page
SORTS = {"added": N_("Would be added"), "changed": N_("Would change"), "removed": N_("Would be removed")}


def is_offered() -> bool:
    """Whether stewards can upload here."""
    return door.is_offered()


def knows_steward() -> bool:
    """Whether this session is one of somebody who has given the secret."""
    steward = st.session_state.get(STEWARD)
    return isinstance(steward, Steward) and steward.is_known()


def render(*, only_if_offered: bool = False) -> None:
    """Draw the part of the page for stewards."""
    if only_if_offered and not door.is_offered():
        return
    place = st.empty()  # so that a step is replaced as a whole by the next
    for key in (PLAN, LOADING):
        if key in st.session_state:  # what is sent at once would fill the place before it was seen empty
            st.session_state[key].ready(SEEN)
    with place.container(key="steward"):
        if not door.is_offered():
            _how_to()
        elif knows_steward():
            _steps()
        else:
            _forget()
            _ask()


def _head(*paragraphs: str, **attributes: str) -> None:
    """The heading of this part, and what stands below it."""
    told = (tag("p", words, **attributes) for words in paragraphs)
    frame.show(join([tag("h2", _("Upload a workbook"), id="upload"), *told]))


def _how_to() -> None:
    """What a steward does where nothing can be uploaded."""
    _head()
    if door.is_too_short():
        words = _("Uploads stay off: the secret in {name} is shorter than {least} characters.")
        frame.notice(words.format(name=door.SECRET, least=door.LEAST))
    else:
        words = _("Uploads are off here. Whoever keeps this app can turn them on, with a secret in {name}.")
        frame.show(tag("p", words.format(name=door.SECRET)))
    frame.show(tag("p", _("Until then data stewards load by command. The last load can be taken back:")))
    st.code(
        "graph-loader check partnership.xlsx\ngraph-loader load partnership.xlsx\ngraph-loader undo", language="bash"
    )


def _ask() -> None:
    _head(_("For data stewards. Whoever keeps this app can tell you the secret."))
    with st.form("steward-form", clear_on_submit=True, border=False):
        given = st.text_input(_("Secret"), type="password", key="steward-secret", autocomplete="off", width=330)
        if not st.form_submit_button(_("Go on"), type="primary"):
            return
    try:
        st.session_state[STEWARD] = Steward(given)
    except door.Mistaken as error:
        frame.notice(str(error), answers=True)
        return
    st.rerun()


def _steps() -> None:
    done = st.session_state.get(DONE)
    if _working(LOADING, _("Writing … Others see the data as they were until all of it is done."), _loaded):
        return
    given = st.session_state.get(UPLOAD)
    if not isinstance(given, Upload):
        if isinstance(done, Done):
            _head()
            _say_done(done)
        else:
            words = _(
                "The tables are checked first, and you see what would change. Nothing is written before you say so."
            )
            _head(words, **frame.ANSWER)
        _choose()
        _leave()
        return
    _working(PLAN, _("Checking …"), lambda planned: _planned(given, planned))


def _leave() -> None:
    """A way out, for who shares a computer."""
    if st.button(_("Leave this part"), key="steward-leave"):
        _forget()
        st.rerun()


def _choose() -> None:
    """Choose the files; nothing is written before the plan was seen."""
    with st.form("upload-form", border=False):
        chosen = st.file_uploader(
            _("A workbook, or CSV files that belong together (at most {most} MB)").format(most=upload.LARGEST),
            type=list(upload.KINDS),
            accept_multiple_files=True,
            max_upload_size=upload.LARGEST,
            key="upload-files",
        )
        name = st.text_input(
            _("Name of the data set, where the tables do not name it"), key="upload-name", max_chars=200, width=330
        )
        if not st.form_submit_button(_("Check, without loading"), type="primary"):
            return
    try:
        given = Upload.of([(file.name, file.getvalue()) for file in chosen or []], name or "")
    except ExplorerError as error:
        frame.notice(error.plain, answers=True)
        return
    _forget(keep=(STEWARD,))
    st.session_state[UPLOAD], st.session_state[PLAN] = given, given.plan()
    st.rerun()


def _planned(given: Upload, planned: Planned) -> None:
    """What was found and what a load would change, and what can be done with it."""
    may_be_loaded = _told(given, planned)
    with st.container(horizontal=True, key="upload-ways"):
        words = _("Load it as {data_set}").format(data_set=planned.name)
        if may_be_loaded and st.button(words, type="primary", key="upload-load"):
            st.session_state[LOADING] = given.load(planned)
            st.rerun()
        if st.button(_("Give it up, and choose other files"), key="upload-drop"):
            _forget(keep=(STEWARD,))
            st.rerun()


def _told(given: Upload, planned: Planned) -> bool:
    """Tell of a plan; returns whether it can be carried out."""
    names = ", ".join(file.name for file in given.files)
    head = _("{files}: {rows} read").format(files=names, rows=ngettext("{count} row", "{count} rows", planned.rows))
    _head()
    frame.show(tag("h3", head, data_come="yes"))
    if planned.notes:
        told = ngettext("How it was read: {count} remark", "How it was read: {count} remarks", len(planned.notes))
        said = items([str(note) for note in planned.notes], "plain")
        frame.show(tag("details", join([tag("summary", told), said])))
    _found(given, planned)
    if not planned.passed:
        return False
    if planned.changes_nothing:
        frame.show(tag("p", _("The graph says all of this already: nothing would change.")))
        return False
    frame.show(join([tag("h3", _("What a load would change")), _counted(planned.counts), _named(planned)]))
    if not planned.data_set:
        frame.notice(_("Nothing names the data set. Give it up, and write a name beside the files."))
        return False
    _replaced(planned)
    return True


def _replaced(planned: Planned) -> None:
    """That a load replaces what the data set said before, and since when that was shown."""
    former = next((run for run in loads.runs() if run.data_set == planned.data_set and run.state == "shown"), None)
    if former:
        words = _(
            "These tables replace what was loaded as {data_set} on {when}. "
            "What is no longer in them is removed, unless another data set says it, too."
        )
        frame.notice(words.format(data_set=planned.name, when=frame.day(former.at)))


def _found(given: Upload, planned: Planned) -> None:
    """Faults and doubts by cause, and the workbook with them marked."""
    faults, doubts = planned.faults, planned.doubts
    for groups, one, several, caption in (
        (faults, N_("{count} fault, to be mended first"), N_("{count} faults, to be mended first"), _("Faults")),
        (doubts, N_("{count} doubt"), N_("{count} doubts"), _("Doubts")),
    ):
        if groups:
            told = ngettext(one, several, sum(group.count for group in groups))
            frame.show(join([tag("h3", told), data_groups.table_of(groups, caption)]))
    if (faults or doubts) and planned.tables:
        frame.download(_("Save the workbook with all of this marked"), given.marked, given.marked_as)
    elif planned.passed:
        frame.show(tag("p", _("No faults and no doubts were found.")))


def _counted(counts: Mapping[str, Counts]) -> Html:
    rows = [{"kind": _kind(kind), **each._asdict()} for kind, each in counts.items()]
    columns = [
        Column("kind", _("Kind")),
        Column("added", _("Added"), numeric=True),
        Column("changed", _("Changed"), numeric=True),
        Column("removed", _("Removed"), numeric=True),
    ]
    return table(rows, columns, _("How many of each kind"))


def _kind(kind: str) -> str:
    words = loads.naming.kinds(kind)
    return words[:1].upper() + words[1:]


def _named(planned: Planned) -> Html:
    parts = []
    for sort, words in SORTS.items():
        names = [name for own, name in planned.named if own == sort]
        if names:
            body = join([tag("summary", _(words)), items(names, "plain")])
            parts.append(tag("details", body))
    return join(parts)


def _loaded(done: Done) -> None:
    """A load has ended: what it did is kept, the files go."""
    _forget(keep=(STEWARD,))
    st.session_state[DONE] = done
    st.rerun()


def _say_done(done: Done) -> None:
    if done.refused:
        frame.notice(_("Nothing was changed: other tables in the graph need what would go."), answers=True)
        frame.show(data_groups.table_of(done.refused, _("Faults")))
        return
    if done.unchanged:
        frame.show(tag("p", _("These tables were loaded before: nothing was changed."), **frame.ANSWER))
        return
    if not done.run:
        again = _("Taken back: {data_set} says again what it said before.")
        gone = _("Taken back: {data_set} is no longer there, as before the load.")
        words = (gone if done.gone else again).format(data_set=done.name)
        frame.show(tag("p", words, **frame.ANSWER))
        return
    total = sum(map(sum, done.counts.values()))
    words = _("Loaded as {data_set}: {changes}.").format(
        data_set=done.name, changes=ngettext("{count} change", "{count} changes", total)
    )
    news = link(_("What changed"), links.address(links.DATA, run=done.run))
    frame.show(tag("p", join([words, " ", news]), **frame.ANSWER))
    if st.button(_("Take it back"), key="upload-undo"):
        st.session_state[LOADING] = upload.undo(done)
        st.rerun()


def _working(key: str, words: str, ended: Callable[[Any], None]) -> bool:
    """Follow work that goes on beside the page; returns whether it still does, or has failed."""
    pending: Later[Any] | None = st.session_state.get(key)
    if pending is None:
        return False
    if not pending.ready():
        _head(words, **frame.ANSWER)
        with st.spinner(_("At work"), show_time=True):
            while not pending.ready(0.5):
                st.empty()  # where Streamlit ends this run once the reader has left
        st.rerun()
    try:
        answer = pending.answer()
    except (ExplorerError, OSError) as error:  # a disk may be full
        _head()
        frame.notice(error.plain if isinstance(error, ExplorerError) else str(error), answers=True)
        given = st.session_state.get(UPLOAD)
        if isinstance(error, upload.PlanOutdated) and isinstance(given, Upload):
            if st.button(_("Plan again"), key=f"{key}-plan"):
                st.session_state.pop(key)
                st.session_state[PLAN] = given.plan()
                st.rerun()
            return True
        if st.button(_("Start again"), key=f"{key}-again"):
            _forget(keep=(STEWARD,))
            st.rerun()
        return True
    ended(answer)
    return False


def _forget(keep: tuple[str, ...] = ()) -> None:
    """Give up what a steward has begun; the files go with it."""
    for key in (STEWARD, UPLOAD, PLAN, LOADING, DONE):
        if key in keep:
            continue
        held = st.session_state.pop(key, None)
        if isinstance(held, Upload):
            held.remove()
