// What the types say: the right calls compile, and the wrong ones are named by the compiler.

import { createFormControl } from "react-hook-form";
import type { StandardSchemaV1, StandardJSONSchemaV1 } from "@standard-schema/spec";
import { isRollbookError, load, ready, RULE_SET_SHA256, RuleSet, type Answer, type FactValue } from "rollbook";
import { factsOf, rhfResolver, standardSchema, toProblem } from "rollbook/forms";
import { init, initSync } from "rollbook/slim";

const rules: RuleSet = await load("cpc");
const answer: Answer = rules.dues({ stage: "full", base: "5400", joined: undefined }, "2026-11");
const amount: string | undefined = answer.amount;
rules.dues({ base: [{ from: "2026-01-01", value: "5400" }] }, { period: "2026-11", trace: true, known: undefined });
rules.dues({ voluntary_payments: [{ paid: "10", paid_on: "2026-11-05" }] }, { period: "2026-11", charge: "voluntary" });

// @ts-expect-error an amount is no binary float
rules.dues({ base: 5400 }, "2026-11");
// @ts-expect-error nothing is known by leaving it out, not by null
rules.dues({ base: null }, "2026-11");
// @ts-expect-error a period is needed
rules.dues({}, {});
// @ts-expect-error a key that does not exist
rules.dues({}, { period: "2026-11", chrage: "dues" });
// @ts-expect-error an amount is text, to be counted with by something exact
const wrong: number = answer.amount;
// @ts-expect-error an answer is not changed
answer.status = "exempt";
// @ts-expect-error a format that does not exist
rules.explain({}, "2026-11", "zh", "html");

const schema: StandardSchemaV1 & StandardJSONSchemaV1 = standardSchema(rules, { language: "zh" });
createFormControl<{ base: string }>({ resolver: rhfResolver(rules, { language: "zh", period: "2026-11" }) });
const value: FactValue | undefined = factsOf({ base: "" })["base"];
toProblem(rules.issues({}, "2026-11", "zh"), { status: 400 });
initSync(new Uint8Array());
await init("full_bg.wasm", "full");
await ready("full");
const own: RuleSet = await load(new URL("https://example.org/own.bin"), { sha256: RULE_SET_SHA256.cpc });
RuleSet.compiled(new Uint8Array(), RULE_SET_SHA256.cpc);
// @ts-expect-error a compiled rule set is vouched for by its hash
await load(new URL("https://example.org/own.bin"));
// @ts-expect-error an engine that does not exist
await ready("large");

try {
  RuleSet.parse("");
} catch (caught) {
  if (isRollbookError(caught)) {
    const line: number | undefined = caught.data.position?.line;
    const first = caught.data.diagnostics[0]?.shown;
    console.log(caught.code === "refused_rule_set", line, first);
  }
}
console.log(amount, wrong, schema, value, own);
