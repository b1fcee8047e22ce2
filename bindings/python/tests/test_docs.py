"""Everything that the documentation shows is run."""

from __future__ import annotations

import doctest
import inspect
import re
import subprocess
import sys
from pathlib import Path

import pytest

import rollbook
from rollbook import enums, errors, records, types

NATIVE = (rollbook.Answer, rollbook.DuesTable, rollbook.RuleSet)
README = Path(__file__).parent.parent / "README.md"


def examples() -> list[doctest.DocTest]:
    """The examples of all docstrings, those of the native classes among them."""
    finder, parser = doctest.DocTestFinder(exclude_empty=True), doctest.DocTestParser()
    found = [test for module in (rollbook, enums, errors, records, types) for test in finder.find(module)]
    for native in NATIVE:
        for name, member in [("", native), *inspect.getmembers(native)]:
            text = inspect.getdoc(member) or ""
            if not name.startswith("__") and ">>>" in text:
                found.append(parser.get_doctest(text, {}, f"{native.__name__}.{name}", None, None))
    return [test for test in found if test.examples]


@pytest.mark.parametrize("example", examples(), ids=lambda example: example.name)
def test_an_example_of_a_docstring_gives_what_it_shows(example: doctest.DocTest) -> None:
    assert doctest.DocTestRunner().run(example).failed == 0


def test_every_method_that_asks_shows_an_example() -> None:
    shown = {example.name for example in examples()}
    assert {f"RuleSet.{name}" for name in ("check", "dues", "dues_of_many", "dues_table", "facts", "validate")} <= shown
    assert "Answer.explain" in shown


def test_everything_public_is_described() -> None:
    for name in rollbook.__all__:
        item = getattr(rollbook, name)
        assert not inspect.isclass(item) or inspect.getdoc(item), name
    for native in NATIVE:
        for name, member in inspect.getmembers(native):
            assert name.startswith("_") or inspect.getdoc(member), name


def blocks() -> list[str]:
    return re.findall(r"^```python\n(.*?)^```", README.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("block", blocks(), ids=lambda block: block.splitlines()[0])
def test_a_block_of_the_readme_runs(block: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(README.parent)
    exec(compile(block, str(README), "exec"), {"__name__": "readme"})


def test_the_example_tells_its_story() -> None:
    story = README.parents[2] / "examples" / "python" / "a_member.py"
    told = subprocess.run([sys.executable, story], capture_output=True, encoding="utf-8", check=True).stdout
    assert told == story.parents[1].joinpath("a-member.txt").read_text(encoding="utf-8")


def test_the_version_is_that_of_the_package() -> None:
    from importlib.metadata import version

    assert rollbook.__version__ == version("rollbook")


def test_an_amount_needs_neither_records_nor_types() -> None:
    code = (
        "import sys, rollbook; rules = rollbook.RuleSet.builtin('cpc');"
        "print(rules.dues({'stage': 'full', 'category': 'student'}, period='2026-11').amount);"
        "print([name for name in ('dataclasses', 'typing', 'fractions') if name in sys.modules]);"
        "print(set(rollbook.__all__) <= set(dir(rollbook)), rollbook.Facts is not None, rollbook.Finding.__name__)"
    )
    said = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, encoding="utf-8", check=True).stdout
    assert said.split("\n") == ["0.20", "[]", "True True Finding", ""]
    with pytest.raises(AttributeError, match="no attribute 'nothing'"):
        rollbook.nothing  # type: ignore[attr-defined]
