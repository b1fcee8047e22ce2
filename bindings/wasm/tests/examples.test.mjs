import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";

test("one member's story is told in JavaScript", () => {
  const cwd = new URL(".", import.meta.url);
  const told = execFileSync(process.execPath, ["a-member.mjs"], { cwd, encoding: "utf8" });
  assert.equal(told, readFileSync(new URL("a-member.txt", import.meta.url), "utf8"));
});
