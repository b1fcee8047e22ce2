"""The command: ``python -m rollbook dues roster.csv --rules cpc --period 2026-11``; ``--help`` says more."""

from __future__ import annotations

import signal
import sys

from ._native import _command

__all__ = ["main"]


def main() -> int:
    """Runs the command with the words of the command line and gives its exit code.

    0 says that everything is in order, 1 that something in the output needs attention, 2 that it could not run.
    """
    # The command does not come back to the interpreter before it ends, and is to end at once.
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    sys.stdout.flush()
    sys.stderr.flush()
    return _command(sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
