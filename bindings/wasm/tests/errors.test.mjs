import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { isRollbookError, load, RollbookError, RuleSet } from "rollbook";

const cpc = await load("cpc");
const waged = { stage: "full", category: "waged", base: "5400" };

/** The error of a call that is refused. */
function refused(call) {
  try {
    call();
  } catch (caught) {
    assert.ok(isRollbookError(caught), caught);
    return caught;
  }
  throw new assert.AssertionError({ message: "the call was not refused" });
}

test("an error is an Error with a code, a message and data", () => {
  const error = refused(() => cpc.dues(waged, { period: "2026-11", charge: "deus" }));
  assert.ok(error instanceof Error && error instanceof RollbookError);
  assert.equal(error.name, "RollbookError");
  assert.equal(error.code, "unknown_charge");
  assert.equal(error.message, "there is no charge `deus`; did you mean `dues`?");
  assert.deepEqual(error.data.params, { name: "deus", near: "dues" });
  assert.match(error.stack, /errors\.test\.mjs/);
  assert.equal(isRollbookError(new Error("another")), false);
});

test("a number is a binary float and refused by the name of its fact", () => {
  for (const number of [5400, 0.1, -0, 1e400, NaN, Infinity]) {
    const error = refused(() => cpc.dues({ ...waged, base: number }, "2026-11"));
    assert.deepEqual([error.code, error.data.params.name], ["wrong_type", "base"], String(number));
  }
});

test("null, a bigint, a date and an object are no values", () => {
  assert.equal(refused(() => cpc.dues({ base: null }, "2026-11")).code, "wrong_type");
  assert.equal(refused(() => cpc.dues({ base: 5400n }, "2026-11")).code, "wrong_type");
  assert.equal(refused(() => cpc.dues({ base: { amount: "1" } }, "2026-11")).code, "wrong_type");
  assert.equal(refused(() => cpc.dues(null, "2026-11")).data.params.name, "facts");
  assert.equal(refused(() => cpc.dues({ ...waged }, "2026-13")).code, "bad_period");
  // A Date is written with its time, which no fact takes.
  assert.equal(cpc.dues({ ...waged, joined: new Date(0) }, "2026-11").findings[0].code, "bad_value");
});

test("a word, a name, a date or a number that cannot be rejects the answer and names the fact", () => {
  const codes = (facts) => cpc.dues({ ...waged, ...facts }, "2026-11").findings?.map(({ code, pointer }) => `${code} ${pointer ?? ""}`);
  assert.deepEqual(codes({ category: "wages" }), ["unknown_word /category"]);
  assert.deepEqual(codes({ bsae: "1" }), ["unknown_fact "]);
  assert.deepEqual(codes({ joined: "2026-02-30" }), ["bad_value /joined"]);
  assert.deepEqual(codes({ base: "9".repeat(5000) }), ["bad_value /base"]);
  assert.deepEqual(codes({ base: "-1" }), ["out_of_range /base"]);
  assert.deepEqual(codes({ base: [] }), ["bad_history /base"]);
});

// Before anything large is passed: the engine's memory grows for it once, and how much is free then depends on chance.
setFlagsFromString("--expose-gc");
const collect = runInNewContext("gc");

test("memory stays as large as it is over a million calls", async () => {
  const calls = async (count) => {
    for (let call = 0; call < count; call += 1) {
      cpc.dues({ ...waged, base: String(call % 20_000) }, "2026-11");
      if (call % 20 === 1) cpc.duesJson(waged, "2026-11");
      if (call % 20 === 2) refused(() => cpc.dues({ base: 1 }, "2026-11"));
      if (call % 20 === 3) cpc.dues({ ...waged, base: "-1" }, "2026-11");
      if (call % 5_000 === 0) (await load("cpc")).free();
    }
  };
  // In bytes, when what nobody holds any more was collected: the values of the host, the engine, the whole process.
  const held = () => {
    for (let turn = 0; turn < 3; turn += 1) collect();
    const { heapUsed, external, arrayBuffers, rss } = process.memoryUsage();
    return { host: heapUsed, engine: external + arrayBuffers, process: rss };
  };
  await calls(400_000); // Node settles on the size of its own heap
  const before = held();
  await calls(1_000_000);
  const after = held();
  const most = { host: 2 << 20, engine: 1 << 20, process: 48 << 20 };
  for (const [what, bytes] of Object.entries(most)) assert.ok(after[what] - before[what] < bytes, `${what}: ${after[what] - before[what]} bytes more`);
});

test("text that no text can be is refused and not replaced", () => {
  const error = refused(() => cpc.dues({ ...waged, base: "\ud800" }, "2026-11"));
  assert.deepEqual([error.code, error.data.params.name], ["wrong_type", "base"]);
  assert.equal(cpc.dues({ ...waged, base: "5".repeat(50_000_000) }, "2026-11").findings[0].code, "bad_value");
  assert.throws(() => cpc.dues({ ...waged, base: "5".repeat(70_000_000) }, "2026-11"), { code: "bad_request" });
  assert.equal(cpc.dues(waged, "2026-11").amount, "81.00");
});

test("a key that a question does not have is refused with the near one", () => {
  const error = refused(() => cpc.dues(waged, { period: "2026-11", chrage: "dues" }));
  assert.equal(error.code, "bad_request");
  assert.match(error.message, /did you mean `charge`/);
});

test("a setting outside its bounds and a rule that holds strictly are wrong calls", () => {
  assert.equal(refused(() => cpc.dues(waged, { period: "2026-11", settings: { farmer_dues: "2.00" } })).code, "bad_setting");
  assert.equal(refused(() => cpc.dues(waged, { period: "2026-11", set_aside: { "dues.tariff.waged": "no" } })).code, "not_set_aside");
  assert.equal(refused(() => cpc.dues(waged, { period: "2026-11", known: "yesterday" })).code, "bad_date");
});

test("a rule set that is refused says where and what would be right", () => {
  const error = refused(() => RuleSet.parse('{\n  "rollbook": "1",\n  "currency": 5\n}'));
  assert.equal(error.code, "refused_rule_set");
  assert.deepEqual(error.data.position, { line: 3, column: 15 });
  assert.equal(error.data.diagnostics[0].code, "not_text");
  assert.match(error.data.diagnostics[0].shown, /3 \| {3}"currency": 5/);
  assert.equal(refused(() => RuleSet.parse("rollbook: 1")).code, "refused_rule_set");
  const found = RuleSet.check('{"rollbook": "2"}');
  assert.deepEqual(found.map(({ code }) => code), ["format_version"]);
});

test("a rule set that does not ship is refused by its id", async () => {
  await assert.rejects(load("cpd"), { code: "unknown_rule_set", message: /did you mean `cpc`/ });
  await assert.rejects(load("../package"), { code: "unknown_rule_set" });
});

test("a closed rule set says so, however often it is closed", async () => {
  const rules = await load("cpc");
  rules.free();
  rules.free();
  rules[Symbol.dispose]?.();
  assert.equal(refused(() => rules.dues(waged, "2026-11")).code, "closed");
  assert.equal(refused(() => rules.id).code, "closed");
});
