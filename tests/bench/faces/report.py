"""One line for each measure: what it is, the value, and whether it meets its bar."""

from __future__ import annotations


def line(what: str, value: float, unit: str, bar: float | None, *, least: bool = False) -> None:
    """Prints a measure; ``least`` is for values that are to be large."""
    if bar is None:
        print(f"          {what}: {value:.3g} {unit}", flush=True)
        return
    met = value >= bar if least else value <= bar
    sign = "≥" if least else "≤"
    print(f"{'met   ' if met else 'MISSED'}    {what}: {value:.3g} {unit} ({sign} {bar:g})", flush=True)
