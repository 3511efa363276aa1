"""The example notebook runs on the demo, and shows what it shows."""

import os
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from graph_loader import api
from graph_store.store import Store

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.ipynb"


def shown(notebook: Any) -> list[str]:
    """What each cell of code shows, as text."""
    return [
        "".join(output["data"]["text/plain"] for output in cell.outputs if output.output_type == "execute_result")
        for cell in notebook.cells
        if cell.cell_type == "code"
    ]


def read() -> Any:
    """The notebook as it is written."""
    return nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]


def run(notebook: Any) -> Any:
    """The notebook, run from the root of the checkout in the environment of this process."""
    for cell in notebook.cells:
        cell.pop("outputs", None)
        if cell.cell_type == "code":
            cell.outputs = []
    client = NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(NOTEBOOK.parents[1])}})
    return client.execute(env={**os.environ, "PYTHONPATH": str(NOTEBOOK.parents[1])})


def test_the_notebook_runs_and_shows_what_is_written_in_it(
    writer_store: Store, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    api.load(api.demo_path(), "", writer_store)
    written = read()

    fresh = run(read())

    assert shown(fresh) == shown(written)
