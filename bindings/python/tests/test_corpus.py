"""Every case of `tests/corpus` in Python: the calls that every language makes, and the same bytes."""

import json
import os
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from rollbook import RollbookError, RuleSet
MARKS: Any = {"number": Decimal, "date": date.fromisoformat, "float": float, "repeat": lambda n, it: it * int(n)}


def told(value: Any) -> Any:
    if isinstance(value, (dict, list)):
        return {name: told(it) for name, it in value.items()} if isinstance(value, dict) else [told(it) for it in value]
    mark, *rest = value.split(":", 2) if isinstance(value, str) else [value]
    return MARKS[mark](*rest) if rest and mark in MARKS else value


def results(rules: RuleSet, case: dict[str, Any]) -> list[str]:
    call, text, about = case["call"], told(case.get("text")), {"charge": case.get("charge"), "lang": case.get("lang")}
    if call in ("builtin", "parse"):
        return [getattr(RuleSet, call)(text).hash]
    if call == "check":
        return [found.shown for found in RuleSet.check(text).diagnostics]
    if call == "facts":
        return [rules.facts_json(), rules.facts_schema(**about)]
    if call == "dues_json":
        return [rules.dues_json(text)]
    asked = told(case["request"])
    facts, rows = asked.pop("facts", None), asked.pop("rows", None)
    if call in ("validate", "issues"):
        found = rules.validate(facts, **about) if call == "validate" else rules.dues(facts, **asked).issues(about["lang"])
        return [f"{issue.code} {issue.pointer} {issue.message}" for issue in found]
    answers = [rules.dues(facts, **asked)] if rows is None else rules.dues_of_many(rows, **asked)
    assert "expect" not in case or case["expect"].get("amount") in (None, str(answers[0].amount)), case
    if call == "explain":
        return [answers[0].explain(lang, form) for form in ("markdown", "json") for lang in ("zh", "en")]
    return [it for said in answers for it in (said.to_json(), *map(said.explain, ("zh", "en") if "trace" in asked else ()))]


def test_every_case_has_the_bytes_that_it_has_in_every_language(capsys: pytest.CaptureFixture[str]) -> None:
    asked, failed = 0, []
    for folder in os.environ.get("ROLLBOOK_CORPUS", "../../tests/corpus").split(","):
        for name, count in json.loads(Path(folder, "index.json").read_text("utf-8"))["files"].items():
            file = json.loads(Path(folder, name).read_text("utf-8"))
            rules = RuleSet.parse(file["document"]) if "document" in file else RuleSet.builtin(file["rules"])
            assert len(file["cases"]) == count, name
            for case in file["cases"]:
                try:
                    got = results(rules, case)
                except RollbookError as error:
                    got = [f"{error.code}: {error.params['name'] if error.code == 'wrong_type' else error}"]
                failed += [] if got == case["results"] else [[case, got]]
                asked += 1
    with capsys.disabled():
        print(f"\ncorpus: {asked - len(failed)} passed, {len(failed)} failed")
    assert not failed, json.dumps(failed[0], ensure_ascii=False, indent=1)
