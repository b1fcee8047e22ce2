// For browsers: an engine is fetched from beside this file when it is first needed.

import { RULE_SET_FILES } from "./builtin-files.js";
import { type EngineName, init, isReady } from "./engines.js";
import { body, type Compiled, loaded } from "./loading.js";
import type { RuleSet } from "./rules.js";

export * from "./slim.js";

const ENGINES: Record<EngineName, URL> = {
  small: new URL("./engine_bg.wasm", import.meta.url),
  full: new URL("./full_bg.wasm", import.meta.url),
};

const engines: { [name in EngineName]?: Promise<void> } = {};

/**
 * Loads an engine ahead: the small one, which `load` needs and would load itself, or `full`, which `RuleSet.parse` and
 * `RuleSet.check` need.
 */
export function ready(engine: EngineName = "small"): Promise<void> {
  // One that could not be fetched may be asked for again.
  return engines[engine] ??= init(fetch(ENGINES[engine]), engine).catch((problem: unknown) => {
    delete engines[engine];
    throw problem;
  });
}

/**
 * A rule set that ships with the package. The engine and the rule set are fetched at the same time.
 * @throws {RollbookError} `unknown_rule_set`
 */
export function load(id: string): Promise<RuleSet>;
/**
 * A rule set of your own that was checked and compiled before, by `rollbook compile`.
 * @throws {RollbookError} `wrong_hash` for another file than the one you vouch for; `not_compiled` for a file of another version
 */
export function load(url: string | URL, compiled: Compiled): Promise<RuleSet>;
export async function load(from: string | URL, compiled?: Compiled): Promise<RuleSet> {
  const engine = isReady("small") ? undefined : ready();
  const fetched = (url: string | URL) => body(url, fetch(url));
  return loaded(from, compiled, engine, (id) => fetched(RULE_SET_FILES[id]), fetched);
}
