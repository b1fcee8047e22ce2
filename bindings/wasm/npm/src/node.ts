// For Node: the engine is loaded from its file when the package is imported.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { RULE_SETS } from "./builtin.js";
import { initSync, RuleSet, unknownRuleSet } from "./rules.js";

export * from "./slim.js";
export { RULE_SETS } from "./builtin.js";
export type { RuleSetId } from "./builtin.js";

initSync(readFileSync(new URL("./engine_bg.wasm", import.meta.url)));

/**
 * A rule set that ships with the package.
 * @throws {RollbookError} `unknown_rule_set`
 */
export async function load(id: string): Promise<RuleSet> {
  if (!RULE_SETS.some((known) => known === id)) throw unknownRuleSet(id, RULE_SETS);
  return RuleSet.parse(await readFile(new URL(`./rulesets/${id}.json`, import.meta.url), "utf8"));
}
