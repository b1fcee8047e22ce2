"""Runs the first example of the README where only the wheel is installed."""

import re
from pathlib import Path

readme = Path(__file__).parent.parent / "README.md"
found = re.search(r"^```python\n(.*?)^```", readme.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
assert found, "the README shows no example"
exec(compile(found.group(1), str(readme), "exec"), {"__name__": "readme"})
print("the README's first example holds")
