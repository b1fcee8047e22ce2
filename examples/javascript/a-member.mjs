// One member's dues: the amount, why, what is missing, and a form with a mistake.

import { load } from "rollbook";

const rules = await load("cpc");
const member = { stage: "full", category: "waged", base: "5400" };

console.log("The amount");
const answer = rules.dues(member, "2026-11");
console.log(`  ${answer.amount} ${answer.currency}, by ${answer.rule}`);

console.log("Why");
console.log(rules.explain(member, { period: "2026-11", trace: true }, "en"));

console.log("What is missing");
const unknown = { stage: "full", category: "waged" };
for (const issue of rules.issues(unknown, "2026-11", "en").filter((issue) => issue.pointer)) {
  console.log(`  ${issue.pointer}: ${issue.message}`); // missing, which is not zero
}

console.log("A form with a mistake");
for (const issue of rules.validate({ ...member, base: "5,400" }, "dues", "en")) {
  console.log(`  ${issue.pointer}: ${issue.message}`);
}
