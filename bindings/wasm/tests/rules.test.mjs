import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";

import { load, RULE_SETS, RuleSet } from "rollbook";
import { questions } from "./questions.mjs";

const cpc = await load("cpc");
const waged = { stage: "full", category: "waged", base: "5400" };

test("the ten lines of the README print what stands beside them", () => {
  const readme = readFileSync(new URL("./node_modules/rollbook/README.md", import.meta.url), "utf8");
  const code = readme.match(/```js\n([^]*?)```/)[1];
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8" });
  for (const [, wanted] of code.matchAll(/\); \/\/ (.*?)(?: …|: missing.*)?$/gm)) {
    assert.ok(printed.replaceAll(/\s+/g, " ").includes(wanted), `${wanted}\nis not in\n${printed}`);
  }
  assert.equal([...code.matchAll(/console\.log/g)].length, 4);
});

test("an amount is text with the decimals of its unit", () => {
  const answer = cpc.dues(waged, "2026-11");
  assert.equal(answer.amount, "81.00");
  assert.equal(answer.currency, "CNY");
  assert.equal(answer.rule, "dues.tariff.waged");
  assert.deepEqual(answer.cite[0], { source: "dues-2008", clause: "arts 1-4" });
});

test("an answer is a plain object that can be cloned and compared", () => {
  const answer = cpc.dues(waged, { period: "2026-11", trace: true });
  assert.equal(Object.getPrototypeOf(answer), Object.prototype);
  assert.deepEqual(structuredClone(answer), answer);
  assert.deepEqual(JSON.parse(cpc.duesJson(waged, { period: "2026-11", trace: true })), answer);
});

const choir = RuleSet.parse(JSON.stringify({
  rollbook: "1", id: "choir", edition: "1", languages: ["en"], title: "Choir", currency: "EUR",
  sources: { rules: { title: "Rules", in_force: "2020-01-01", attested: "official" } },
  charges: {
    fee: {
      per: "year",
      tariff: { cite: "rules art. 3", amount: "99.90" },
      round: { cite: "rules art. 4", is: "half_up to 0.01" },
      pay_by: {
        quarters: { cite: "rules art. 6", parts: "4", round: "half_up to 0.05" },
        week: { cite: "rules art. 5", times: "1/52", round: "half_up to 0.01" },
      },
    },
  },
}));

test("an amount may be paid in instalments", () => {
  const [quarters, week] = choir.dues({}, "2026").instalments;
  assert.deepEqual(quarters, {
    way: "quarters", amount: "25.00", count: 4, rest: { last: true, amount: "24.90" }, version: "2020-01-01",
    cite: [{ source: "rules", clause: "art. 6" }], attested: "official",
  });
  assert.deepEqual([week.way, week.amount, week.count, week.rest], ["week", "1.92", undefined, undefined]);
});

test("every answer is what the types say, with no field beside them", () => {
  const answers = questions.map(([facts, request]) => cpc.dues(facts, request));
  answers.push(choir.dues({}, { period: "2026", trace: true }));
  const lines = answers.map((answer, at) => `const a${at}: Answer = ${JSON.stringify(answer)};`);
  const fields = new Set(answers.flatMap((answer) => Object.keys(answer)));
  const file = new URL("./answers.ts", import.meta.url);
  const facts = `const facts: Fact[] = ${JSON.stringify(cpc.facts())};`;
  const issues = `const issues: Issue[] = ${JSON.stringify(cpc.issues({}, "2026-11", "en"))};`;
  writeFileSync(file, `import type { Answer, Fact, Issue } from "rollbook";\n${lines.join("\n")}\n${facts}\n${issues}\nexport {};\n`);
  execFileSync(process.execPath, [new URL("../node_modules/typescript/bin/tsc", import.meta.url).pathname, "-p", "."], {
    cwd: new URL(".", import.meta.url), stdio: "pipe",
  });
  for (const field of ["amount", "exact", "missing", "next_band", "instalments", "goes_to", "lines", "parts", "findings", "trace", "assumed", "version"]) {
    assert.ok(fields.has(field), `${field} is in no answer`);
  }
});

test("many are answered as each is", () => {
  const rows = [waged, { ...waged, base: "3000" }, { ...waged, base: "x" }, {}];
  const many = cpc.duesOfMany(rows, "2026-11");
  assert.deepEqual(many, rows.map((facts) => cpc.dues(facts, "2026-11")));
  assert.deepEqual(cpc.duesOfMany([], "2026-11"), []);
});

test("the quick way says what the way in JSON says, however often and after whatever else it was asked", () => {
  const plain = questions.filter(([, request]) => !request.trace);
  for (let round = 0; round < 3; round += 1) {
    for (const [facts, request] of plain) {
      const answer = cpc.dues(facts, request);
      assert.equal(JSON.stringify(answer), cpc.duesJson(facts, request));
    }
    // More kinds of answers than are kept.
    for (let month = 1; month <= 24; month += 1) {
      const period = `20${20 + Math.ceil(month / 12)}-${String(month % 12 + 1).padStart(2, "0")}`;
      for (const base of ["3000", "5400.55", "123456"]) {
        const facts = { ...waged, base };
        assert.equal(JSON.stringify(cpc.dues(facts, period)), cpc.duesJson(facts, period));
      }
    }
  }
  const rows = Array.from({ length: 2500 }, (_, row) => ({ ...waged, base: String(row), ...(row % 7 === 0 && { category: "student" }) }));
  assert.deepEqual(cpc.duesOfMany(rows, "2026-11"), rows.map((facts) => JSON.parse(cpc.duesJson(facts, "2026-11"))));
});

test("no sign in a name or value is taken for one that divides them", () => {
  for (const sign of ["\u001d", "\u001e", "\u001f"]) {
    for (const text of [`5400${sign}`, `${sign}5400`, `5400${sign}x${sign}ty`, `5400\u001e\u001dstage\u001ftfull`, `5400\u001ebase\u001ft1`]) {
      const facts = [{ ...waged, base: text }, { ...waged, [text]: true }, { [`base\u001ft1${sign}`]: "2" }];
      for (const told of facts) assert.equal(cpc.dues(told, "2026-11").status, "rejected", JSON.stringify(told));
      assert.deepEqual(cpc.duesOfMany(facts, "2026-11"), facts.map((told) => JSON.parse(cpc.duesJson(told, "2026-11"))));
    }
  }
  assert.throws(() => cpc.dues(waged, '={"period":"2026-11"}'), { code: "bad_period" });
  assert.throws(() => cpc.dues(waged, '{"period":"2026-11"}'), { code: "bad_period" });
  assert.throws(() => cpc.duesOfMany([], "2026-13"), { code: "bad_period" });
});

test("what answers share cannot be changed, and an answer itself can be", () => {
  const one = cpc.dues(waged, "2026-11");
  assert.throws(() => one.cite.pop(), TypeError);
  one.amount = "0";
  assert.equal(cpc.dues(waged, "2026-11").amount, "81.00");
});

test("an answer is explained in the language that is asked for", () => {
  const asked = { period: "2026-11", trace: true };
  assert.match(cpc.explain(waged, asked, "zh"), /每月应交 81\.00 元/);
  assert.match(cpc.explain(waged, asked, "en"), /5400 × 1\.5% = 81/);
  assert.equal(JSON.parse(cpc.explain(waged, asked, "en", "json")).answer.amount, "81.00");
});

test("what is missing is listed and is not zero", () => {
  const answer = cpc.dues({ stage: "full", category: "waged" }, "2026-11");
  assert.equal(answer.status, "needs_facts");
  assert.deepEqual(answer.missing, [{ name: "base" }]);
  assert.equal(answer.amount, undefined);
});

test("true and false are yes and no, and undefined is not given", () => {
  assert.equal(cpc.validate({ base: true }, undefined, "en")[0].code, "bad_value");
  assert.deepEqual(cpc.dues({ ...waged, joined: undefined }, "2026-11"), cpc.dues(waged, "2026-11"));
});

test("the facts say what a form needs", () => {
  const base = cpc.facts().find((fact) => fact.name === "base");
  assert.deepEqual(base.titles, { en: "dues base", zh: "基数" });
  assert.deepEqual([base.kind, base.per, base.currency, base.at_least], ["money", "month", "CNY", "0"]);
});

test("facts and words come in the order of the rule set, since forms follow it", () => {
  const facts = cpc.facts();
  assert.deepEqual(facts.slice(0, 2).map((fact) => fact.name), ["stage", "category"]);
  assert.deepEqual(facts[1].words.slice(0, 3).map((word) => word.name), ["waged", "annual_salary", "irregular"]);
});

test("a rule set names itself as every answer does", () => {
  const { id, edition, hash } = cpc.dues(waged, "2026-11").rule_set;
  assert.deepEqual([cpc.id, cpc.edition, cpc.hash], [id, edition, hash]);
  assert.deepEqual(cpc.languages, ["zh", "en"]);
  assert.equal(cpc.answers, "dues");
  assert.deepEqual([...cpc.charges].sort(), ["dues", "remittance", "voluntary"]);
  assert.equal(RuleSet.parse(cpc.document()).hash, hash);
});

test("every rule set that ships is loaded by its id and is sound", async () => {
  assert.ok(RULE_SETS.includes("cpc"));
  for (const id of RULE_SETS) {
    const rules = await load(id);
    assert.equal(rules.id, id);
    assert.deepEqual(RuleSet.check(rules.document()).filter((found) => found.severity === "error"), []);
  }
});

test("a rule set extends one that is handed in, and refuses to stand without it", async () => {
  const igmetall = await load("igmetall");
  const district = (id, parent, edition, levy) => JSON.stringify({
    rollbook: "1", id, edition: "1", title: id, languages: igmetall.languages, currency: "EUR", extends: { id: parent, edition: String(edition) },
    sources: { [`${id}_rules`]: { title: "Ortsstatut", in_force: "2024-01-01", attested: "official" } },
    charges: {
      [levy]: {
        per: "year",
        tariff: { cite: `${id}_rules art. 1`, amount: "12" },
        round: { cite: `${id}_rules art. 2`, is: "half_up to 0.01" },
      },
    },
  });
  const text = district("district", "igmetall", igmetall.edition, "levy");
  const own = RuleSet.parse(text, [igmetall]);
  assert.deepEqual(own.charges, [...igmetall.charges, "levy"]);
  assert.equal(own.dues({}, { period: "2026", charge: "levy" }).amount, "12.00");
  assert.equal(RuleSet.parse(own.document(), [igmetall]).hash, own.hash);
  assert.deepEqual(RuleSet.parse(district("branch", "district", 1, "gate"), [own]).charges, [...own.charges, "gate"]);
  assert.deepEqual(RuleSet.check(text, [igmetall]), []);
  assert.throws(() => RuleSet.parse(text), ({ code, data }) => code === "refused_rule_set" && data.diagnostics[0].code === "no_parent");
  igmetall.free();
  assert.throws(() => RuleSet.parse(text, [igmetall]), { code: "closed" });
});

test("the files of the package are named by its exports", () => {
  const require = createRequire(import.meta.url);
  assert.equal(JSON.parse(readFileSync(require.resolve("rollbook/rulesets/cpc.json"), "utf8")).id, "cpc");
  const engines = ["rollbook/rollbook.wasm", "rollbook/rollbook-full.wasm"].map((name) => readFileSync(require.resolve(name)));
  assert.deepEqual(engines.map((engine) => WebAssembly.validate(engine)), [true, true]);
  assert.ok(engines[0].length * 1.5 < engines[1].length);
});

test("the slim entry has the engine from where its user has it", () => {
  const code = `
    import { readFileSync } from "node:fs";
    import { init, initSync, isRollbookError, RULE_SET_SHA256, RuleSet } from "rollbook/slim";
    const file = (name) => readFileSync(new URL(import.meta.resolve(name)));
    try { RuleSet.parse("{}"); } catch (caught) { console.log(isRollbookError(caught), caught.code); }
    initSync(file("rollbook/rollbook.wasm"));
    const cpc = RuleSet.compiled(file("rollbook/rulesets/cpc.bin"), RULE_SET_SHA256.cpc);
    try { RuleSet.parse(cpc.document()); } catch (caught) { console.log(caught.code); }
    await init(file("rollbook/rollbook-full.wasm"), "full");
    console.log(RuleSet.parse(cpc.document()).hash === cpc.hash);`;
  const cwd = new URL(".", import.meta.url);
  const printed = execFileSync(process.execPath, ["--input-type=module", "-e", code], { cwd, encoding: "utf8" });
  assert.deepEqual(printed.trim().split("\n"), ["true not_loaded", "not_loaded", "true"]);
});
