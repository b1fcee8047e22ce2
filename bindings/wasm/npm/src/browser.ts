// For browsers: the engine is fetched from beside this file with the first rule set.

import { RULE_SETS, type RuleSetId } from "./builtin.js";
import { RULE_SET_FILES } from "./builtin-files.js";
import { init, RuleSet, unknownRuleSet } from "./rules.js";

export * from "./slim.js";
export { RULE_SETS } from "./builtin.js";
export type { RuleSetId } from "./builtin.js";

let engine: Promise<void> | undefined;

/** Loads the engine ahead of the first rule set. */
export function ready(): Promise<void> {
  // One that could not be fetched may be asked for again.
  engine ??= init(fetch(new URL("./engine_bg.wasm", import.meta.url))).catch((problem: unknown) => {
    engine = undefined;
    throw problem;
  });
  return engine;
}

/**
 * A rule set that ships with the package. The engine and the rule set are fetched at the same time.
 * @throws {RollbookError} `unknown_rule_set`
 */
export async function load(id: string): Promise<RuleSet> {
  if (!RULE_SETS.some((known) => known === id)) {
    await ready();
    throw unknownRuleSet(id, RULE_SETS);
  }
  const [response] = await Promise.all([fetch(RULE_SET_FILES[id as RuleSetId]), ready()]);
  if (!response.ok) throw new Error(`the rule set ${id} was answered with ${response.status}`);
  return RuleSet.parse(await response.text());
}
