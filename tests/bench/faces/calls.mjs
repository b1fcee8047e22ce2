// What is measured of the npm package, in Node as in Chromium.

const PERIOD = "2026-11";
const waged = { stage: "full", category: "waged", base: "5400" };

// What `waged` meets of the rule: who owes, the bands of the whole base, and the limit. In binary floats, and unrounded.
const base = { var: "base" };
export const SAME_RULE = {
  if: [
    { and: [{ in: [{ var: "stage" }, ["full", "probationary"]] }, { in: [{ var: "category" }, ["waged", "annual_salary"]] }] },
    { min: [1000, { if: [{ ">": [base, 10000] }, { "*": [base, 0.02] }, { ">": [base, 5000] }, { "*": [base, 0.015] },
      { ">": [base, 3000] }, { "*": [base, 0.01] }, { "*": [base, 0.005] }] }] },
    null,
  ],
};

/** The best of many turns of each call, which take turns with one another, in microseconds. */
function microseconds(calls, times) {
  const best = calls.map(() => Infinity);
  for (let turn = 0; turn < 15; turn += 1) {
    calls.forEach((call, at) => {
      const start = performance.now();
      for (let time = 0; time < times; time += 1) call();
      best[at] = Math.min(best[at], (performance.now() - start) / times * 1000);
    });
  }
  return best;
}

/** Measures the calls; `engine` is that of json-logic-engine. */
export function measured(rules, engine) {
  const floats = { ...waged, base: 5400 };
  const built = engine.build(SAME_RULE);
  if (engine.run(SAME_RULE, floats) !== 81 || built(floats) !== 81 || rules.dues(waged, PERIOD).amount !== "81.00") {
    throw new Error("the rules do not agree");
  }
  // Each call another amount, as an office asks.
  const bases = Array.from({ length: 512 }, (_, at) => String(3000 + at * 17));
  const texts = bases.map((base) => ({ ...waged, base }));
  const numbers = bases.map((base) => ({ ...waged, base: Number(base) }));
  let next = 0;
  const one = (of) => of[(next += 1) % 512];
  const [call, run, compiled] = microseconds([
    () => rules.dues(one(texts), PERIOD).amount,
    () => engine.run(SAME_RULE, one(numbers)),
    () => built(one(numbers)),
  ], 4000);
  const asked = { period: PERIOD, trace: true };
  const [text, steps, json] = microseconds([
    () => rules.explain(one(texts), asked, "zh"),
    () => rules.dues(one(texts), asked).trace,
    () => rules.duesJson(one(texts), PERIOD),
  ], 400);
  const rows = Array.from({ length: 1000 }, (_, at) => texts[at % 512]);
  const [many] = microseconds([() => rules.duesOfMany(rows, PERIOD)], 4);
  return { call, run, compiled, text, steps, json, many: many / 1000 };
}

/** A million calls, refusals and explanations among them. */
export function aMillionCalls(rules, calls = 1_000_000) {
  for (let at = 0; at < calls; at += 1) {
    const facts = { ...waged, base: String(at) };
    rules.dues(facts, PERIOD);
    if (at % 64 === 0) {
      rules.explain(facts, { period: PERIOD, trace: true }, "zh");
      rules.dues({ ...facts, base: "x" }, PERIOD);
      try {
        rules.dues({ base: 1.5 }, PERIOD);
      } catch {
        // A number is refused.
      }
    }
  }
}

/** The lines of what was measured. */
export function report(line, { call, run, compiled, text, steps, json, many }) {
  line("one typed call, its amount read", call, "µs", 10);
  line("one typed call with its steps as text", text, "µs", 30);
  line("json-logic-engine's `run` of the same rule, times the call", run / call, "×", 1, true);
  line("json-logic-engine's compiled function, times the call", compiled / call, "×");
  line("one typed call, its steps read as objects", steps, "µs");
  line("one question and answer in JSON", json, "µs");
  line("one row in the call for many", many, "µs");
}
