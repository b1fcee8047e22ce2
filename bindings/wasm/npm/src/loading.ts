// What every host does to load a rule set; where files come from is the host's.

import { RULE_SET_SHA256, RULE_SETS, type RuleSetId } from "./builtin.js";
import { anyEngine } from "./engines.js";
import { RollbookError } from "./errors.js";
import { RuleSet } from "./rules.js";

/** What is known of a compiled rule set before it is loaded. */
export interface Compiled {
  /** The SHA-256 of the file in hexadecimal digits, as `rollbook compile` and `sha256sum` print it. */
  readonly sha256: string;
}

/** Bytes that a host has from somewhere. */
export type Bytes = Promise<Uint8Array>;

/** The bytes of a response. */
export async function body(url: URL | string, answered: Response | Promise<Response>): Bytes {
  const response = await answered;
  if (!response.ok) throw new Error(`${url} was answered with ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}

/** A rule set that ships, by its id, or a compiled one from elsewhere; `engine` is awaited beside the bytes. */
export async function loaded(
  from: string | URL,
  compiled: Compiled | undefined,
  engine: Promise<void> | undefined,
  shipped: (id: RuleSetId) => Bytes,
  elsewhere: (url: string | URL) => Bytes,
): Promise<RuleSet> {
  // `ids.map(load)` hands a number on as well.
  if (typeof compiled === "object") {
    const [bytes] = await Promise.all([elsewhere(from), engine]);
    return RuleSet.compiled(bytes, compiled.sha256);
  }
  const id = RULE_SETS.find((known) => known === from);
  if (id === undefined) {
    await engine;
    throw RollbookError.read(anyEngine().unknown_rule_set(String(from), [...RULE_SETS]));
  }
  const [bytes] = await Promise.all([shipped(id), engine]);
  return RuleSet.compiled(bytes, RULE_SET_SHA256[id]);
}
