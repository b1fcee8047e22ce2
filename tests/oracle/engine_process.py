"""An engine as a child process that answers JSON lines, many at a time."""

from __future__ import annotations

import json
import shlex
import subprocess
import threading
from typing import Any

Message = dict[str, Any]


class EngineEnded(Exception):
    pass


class Engine:
    def __init__(self, command: str) -> None:
        self.process = subprocess.Popen(
            shlex.split(command), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def ask(self, requests: list[Message]) -> dict[Any, Message]:
        """Writes all requests, reads as many answers; they may come in any order."""
        writer = threading.Thread(target=self._write, args=(requests,), daemon=True)
        writer.start()
        answers: dict[Any, Message] = {}
        assert self.process.stdout is not None
        for _ in requests:
            line = self.process.stdout.readline()
            if not line:
                raise EngineEnded(f"the engine ended after {len(answers)} of {len(requests)} answers")
            answer = json.loads(line)
            answers[answer["id"]] = answer
        writer.join()
        return answers

    def _write(self, requests: list[Message]) -> None:
        assert self.process.stdin is not None
        try:
            for request in requests:
                self.process.stdin.write(json.dumps(request, ensure_ascii=False) + "\n")
            self.process.stdin.flush()
        except BrokenPipeError:
            pass  # the reader says how far it came

    def close(self) -> None:
        assert self.process.stdin is not None
        try:
            self.process.stdin.close()
        except BrokenPipeError:
            pass
        self.process.wait(timeout=30)
