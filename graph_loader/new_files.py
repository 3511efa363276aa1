"""Files that are written by request: none takes the place of another."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from graph_store.errors import WrongUse
from languages.words import _


def taken(path: Path) -> WrongUse:
    """What is said of a file that is there already."""
    return WrongUse(_("{path} is there already. Choose another name, or move it away.").format(path=path))


def refuse_taken_file(path: Path) -> None:
    """Refuse to write a file where something is already."""
    if path.exists():
        raise taken(path)


def refuse_taken_folder(path: Path) -> None:
    """Refuse to write into a folder that holds something already, or is a file."""
    if path.exists() and (not path.is_dir() or any(path.iterdir())):
        raise WrongUse(_("{path} is there already and not an empty folder. Choose another name.").format(path=path))


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Tell by the name that was asked for what stands in the way of writing, whatever file beside it was in hand."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise WrongUse(
            _("{path} could not be written ({reason}). Choose another place.").format(path=path, reason=reason)
        ) from error
