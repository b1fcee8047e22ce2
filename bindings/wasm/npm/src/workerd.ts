// For workers that compile modules when they are deployed: the engine and the rule sets are modules.

import module from "./engine_bg.wasm";

import { RULE_SETS, type RuleSetId } from "./builtin.js";
import { RULE_SET_MODULES } from "./builtin-modules.js";
import { initSync, RuleSet, unknownRuleSet } from "./rules.js";

export * from "./slim.js";
export { RULE_SETS } from "./builtin.js";
export type { RuleSetId } from "./builtin.js";

initSync(module);

/**
 * A rule set that ships with the package.
 * @throws {RollbookError} `unknown_rule_set`
 */
export async function load(id: string): Promise<RuleSet> {
  if (!RULE_SETS.some((known) => known === id)) throw unknownRuleSet(id, RULE_SETS);
  const { default: document } = await RULE_SET_MODULES[id as RuleSetId]();
  return RuleSet.parse(JSON.stringify(document));
}
