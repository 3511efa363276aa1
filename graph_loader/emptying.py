"""Take everything out of the graph that the loader has put there."""

from collections.abc import Iterator
from math import ceil

from graph_store.loads import NO_DATA
from graph_store.schema import NODE_KINDS
from graph_store.store import Store, Writer
from languages.words import _

from .commit import Statement, Work, carry_out_in_steps
from .lock import clear_mark, mark_loading, only_loader, touch_fence
from .progress import silent
from .write import Progress, prepare

# The runs go first: whatever is left without them is too much, and the next load takes it away.
_LABELS = ("Load", "LoadedTable", *(kind.label for kind in NODE_KINDS))
_PORTION = 20_000


def reset(store: Store, progress: Progress | None = None, *, wait: float = 0.0, in_steps: bool = False) -> None:
    """Take everything out of the graph that the loader has put there, its own records too.

    Parameters
    ----------
    wait
        As for `load`.
    in_steps
        In several transactions, for what is too large for one. Where it is
        broken off, the graph stays marked unfinished until the next load.

    Raises
    ------
    graph_loader.lock.AnotherLoadRuns
        When another process loads into the same graph.
    """
    told = progress or silent
    prepare(store)
    with only_loader(store, NO_DATA, command="reset", wait=wait, told=told):
        if in_steps:
            portions = Work.of(list(_portions(store)))
            carry_out_in_steps(store, portions, Work.of([]), NO_DATA, "", _emptying(told))
        else:
            _at_once(store, told)


def _emptying(progress: Progress) -> Progress:
    return lambda _step, _done, _total: progress(_("Emptying"), 0, 0)


def _at_once(store: Store, progress: Progress) -> None:
    def work(writer: Writer) -> None:
        touch_fence(writer, NO_DATA)
        for done, label in enumerate(_LABELS):
            progress(_("Emptying"), done, len(_LABELS))
            writer.run(f"MATCH (n:{label}) WITH collect(n) AS all UNWIND all AS one DETACH DELETE one")
        mark_loading(store, NO_DATA)

    store.write(work)
    clear_mark(store, NO_DATA, "")


def _portions(store: Store) -> Iterator[Statement]:
    for label in _LABELS:
        number = store.read(f"MATCH (n:{label}) RETURN count(n) AS number")[0]["number"]
        text = f"MATCH (n:{label}) WITH n LIMIT {_PORTION} WITH collect(n) AS some UNWIND some AS one DETACH DELETE one"
        for _portion in range(ceil(number / _PORTION)):
            yield Statement(text, [])
