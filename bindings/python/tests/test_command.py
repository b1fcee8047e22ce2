"""`python -m rollbook` is the command."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

EXAMPLES = Path(__file__).parents[3] / "examples"


def run(*words: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    call = [sys.executable, "-m", "rollbook", *words]
    return subprocess.run(call, cwd=EXAMPLES, input=stdin, capture_output=True, encoding="utf-8", check=False)


def test_a_roster_is_answered() -> None:
    ended = run("dues", "roster.csv", "--rules", "cpc", "--period", "2026-11")
    assert (ended.returncode, ended.stdout.splitlines()[1].split(",")[:3]) == (0, ["M001", "2026-11", "14.30"])
    assert "2671.43 CNY" in ended.stderr


def test_a_row_that_needs_attention_is_the_exit_code() -> None:
    ended = run("dues", "-", "--rules", "cpc", "--period", "2026-11", stdin="id,stage\na,full\n")
    assert (ended.returncode, ended.stdout.splitlines()[1].split(",")[4]) == (1, "needs_facts")


def test_a_wrong_call_is_the_exit_code() -> None:
    ended = run("dues", "nowhere.csv", "--rules", "cpc", "--period", "2026-11")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr.startswith("rollbook: ")


def test_every_verb_is_there() -> None:
    assert run("--version").stdout.startswith("rollbook ")
    assert "cpc" in run("rulesets").stdout
    assert run("check", "cpc").returncode == 0
    assert run("test", "cpc").returncode == 0
    assert run("schema").stdout.startswith("{")
    assert "up to 3000: 0.5%" in run("show", "cpc", "--lang", "en").stdout
    assert run("diff", "cpc@2016-12-31", "cpc@2017-01-01").returncode == 1
    explained = run("explain", "--rules", "cpc", "--period", "2026-11", "stage=full", "category=waged", "base=5400")
    assert explained.returncode == 0 and "81" in explained.stdout


def test_a_verb_that_only_the_program_has_says_so() -> None:
    for verb in ["plot", "fmt", "completions", "man"]:
        ended = run(verb, "cpc")
        assert (ended.returncode, ended.stdout) == (2, "")
        assert ended.stderr.startswith("rollbook: this build of the command leaves this verb out")


def test_the_command_is_installed_under_its_name() -> None:
    script = Path(sys.executable).with_name("rollbook")
    assert subprocess.run([script, "--version"], capture_output=True, encoding="utf-8").stdout.startswith("rollbook ")
