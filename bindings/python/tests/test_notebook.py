"""The notebook of the examples is run, and says what is printed in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

NOTEBOOK = Path(__file__).parents[3] / "examples" / "dues.ipynb"


def said(notebook: Any) -> list[str]:
    """What the cells print and explain. How a library draws its tables and figures is its own matter."""
    texts = []
    for cell in notebook["cells"]:
        # What a cell prints may come in several pieces.
        outputs = cell.get("outputs", [])
        shown = [output.get("text") or output.get("data", {}).get("text/markdown") or "" for output in outputs]
        texts.append("".join("".join(text) for text in shown))
    return texts


@pytest.fixture(scope="module")
def executed() -> Any:
    notebook = nbformat.read(NOTEBOOK, as_version=4)  # type: ignore[no-untyped-call]
    resources = {"metadata": {"path": str(NOTEBOOK.parent)}}
    return NotebookClient(notebook, timeout=120, kernel_name="python3", resources=resources).execute()


def test_the_notebook_says_what_is_printed_in_it(executed: Any) -> None:
    printed = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert said(executed) == said(printed)
    assert sum(1 for text in said(printed) if text) == 4


def test_the_notebook_shows_a_table_and_a_plot(executed: Any) -> None:
    kinds = {kind for cell in executed["cells"] for output in cell.get("outputs", []) for kind in output.get("data", {})}
    assert {"text/html", "image/png"} <= kinds
