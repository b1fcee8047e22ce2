// For Node: the small engine is loaded from its file when the package is imported, the full one when it is first needed.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";

import { type EngineName, type FullEngine, fullEngine, initSync, supplyFull } from "./engines.js";
import * as full from "./full.js";
import { body, type Compiled, loaded } from "./loading.js";
import type { RuleSet } from "./rules.js";

export * from "./slim.js";

initSync(readFileSync(new URL("./engine_bg.wasm", import.meta.url)));
supplyFull(() => {
  full.initSync({ module: readFileSync(new URL("./full_bg.wasm", import.meta.url)) });
  return full as unknown as FullEngine;
});

/** Loads the full engine ahead of the first `RuleSet.parse` or `RuleSet.check`; both engines are loaded without it too. */
export async function ready(engine: EngineName = "small"): Promise<void> {
  if (engine === "full") fullEngine();
}

/**
 * A rule set that ships with the package.
 * @throws {RollbookError} `unknown_rule_set`
 */
export function load(id: string): Promise<RuleSet>;
/**
 * A rule set of your own that was checked and compiled before, by `rollbook compile`: a path, or the URL of a file or of a page.
 * @throws {RollbookError} `wrong_hash` for another file than the one you vouch for; `not_compiled` for a file of another version
 */
export function load(url: string | URL, compiled: Compiled): Promise<RuleSet>;
export async function load(from: string | URL, compiled?: Compiled): Promise<RuleSet> {
  const file = (id: string) => readFile(new URL(`./rulesets/${id}.bin`, import.meta.url));
  const elsewhere = (url: string | URL) => {
    const text = String(url);
    if (/^https?:/.test(text)) return body(url, fetch(url));
    return readFile(text.startsWith("file:") ? new URL(text) : text);
  };
  return loaded(from, compiled, undefined, file, elsewhere);
}
