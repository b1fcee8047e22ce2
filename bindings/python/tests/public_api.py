"""Prints what is public of the package, one line for each name: ``public_api.py FOLDER``.

It reads the sources and the stubs of the native part; that these are true of what is built, `stubtest` checks.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

MODULES = ["_native.pyi", "enums.py", "errors.py", "records.py", "types.py"]


def main() -> None:
    folder = Path(sys.argv[1])
    definitions: dict[str, ast.stmt] = {}
    for module in MODULES:
        for statement in ast.parse((folder / module).read_text(encoding="utf-8")).body:
            definitions.update((name, statement) for name in names_of(statement))
    for name in sorted(public_names(folder / "__init__.py")):
        print(*lines_of(f"rollbook.{name}", definitions[name]), sep="\n")


def public_names(init: Path) -> list[str]:
    """What stands in ``__all__``."""
    for statement in ast.parse(init.read_text(encoding="utf-8")).body:
        if "__all__" in names_of(statement):
            assert isinstance(statement, ast.Assign)
            return list(ast.literal_eval(statement.value))
    raise SystemExit(f"{init} has no __all__")


def names_of(statement: ast.stmt) -> list[str]:
    if isinstance(statement, (ast.ClassDef, ast.FunctionDef)):
        return [statement.name]
    if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
        return [statement.target.id]
    if isinstance(statement, ast.Assign):
        return [target.id for target in statement.targets if isinstance(target, ast.Name)]
    return []


def lines_of(path: str, statement: ast.stmt) -> Iterator[str]:
    """The line of a definition and, for a class, those of its members."""
    if isinstance(statement, ast.ClassDef):
        marks = "".join(f"@{ast.unparse(mark)} " for mark in statement.decorator_list)
        bases = ", ".join(map(ast.unparse, statement.bases))
        yield f"{marks}class {path}({bases})"
        for member in statement.body:
            for name in names_of(member):
                if not name.startswith("_") or (name.startswith("__") and path.count(".") == 1):
                    yield from lines_of(f"{path}.{name}", member)
    elif isinstance(statement, ast.FunctionDef):
        marks = "".join(f"@{ast.unparse(mark)} " for mark in statement.decorator_list)
        returns = f" -> {ast.unparse(statement.returns)}" if statement.returns else ""
        yield f"{marks}def {path}({ast.unparse(statement.args)}){returns}"
    elif isinstance(statement, ast.AnnAssign):
        value = f" = {ast.unparse(statement.value)}" if statement.value else ""
        yield f"{path}: {ast.unparse(statement.annotation)}{value}"
    elif isinstance(statement, ast.Assign):
        yield f"{path} = {ast.unparse(statement.value)}"


if __name__ == "__main__":
    main()
