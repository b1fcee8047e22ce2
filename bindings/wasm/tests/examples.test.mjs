import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";

test("one member's story is told in JavaScript", () => {
  const cwd = new URL(".", import.meta.url);
  const told = execFileSync(process.execPath, ["a-member.mjs"], { cwd, encoding: "utf8" });
  for (const line of [
    "  81.00 CNY a month, by dues.tariff.waged",
    "5400 × 1.5% = 81",
    "  /base: still needed: dues base",
    "  /base: dues base: `5,400` cannot be read",
  ]) {
    assert.ok(told.includes(line), `${line}\nis not in\n${told}`);
  }
});
