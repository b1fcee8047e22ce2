// For workers that compile modules when they are deployed: the engines and the rule sets are modules.

import module from "./engine_bg.wasm";

import { RULE_SET_MODULES } from "./builtin-modules.js";
import { type EngineName, init, initSync } from "./engines.js";
import { body, type Compiled, loaded } from "./loading.js";
import type { RuleSet } from "./rules.js";

export * from "./slim.js";

initSync(module);

/** Loads the full engine, which `RuleSet.parse` and `RuleSet.check` need; the small one is loaded already. */
export async function ready(engine: EngineName = "small"): Promise<void> {
  if (engine === "full") await init((await import("./full_bg.wasm")).default, engine);
}

/**
 * A rule set that ships with the package.
 * @throws {RollbookError} `unknown_rule_set`
 */
export function load(id: string): Promise<RuleSet>;
/**
 * A rule set of your own that was checked and compiled before, by `rollbook compile`.
 * @throws {RollbookError} `wrong_hash` for another file than the one you vouch for; `not_compiled` for a file of another version
 */
export function load(url: string | URL, compiled: Compiled): Promise<RuleSet>;
export async function load(from: string | URL, compiled?: Compiled): Promise<RuleSet> {
  const file = async (id: keyof typeof RULE_SET_MODULES) => {
    const { default: digits } = await RULE_SET_MODULES[id]();
    return Uint8Array.from(digits.match(/../g) ?? [], (byte) => parseInt(byte, 16));
  };
  return loaded(from, compiled, undefined, file, (url) => body(url, fetch(url)));
}
