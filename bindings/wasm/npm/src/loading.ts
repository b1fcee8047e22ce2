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

/**
 * Bytes with their SHA-256 by the host, which is faster at it than an engine that was just loaded and does it while that is
 * fetched. Pages that came without TLS have none.
 */
async function digested(given: Bytes): Promise<[bytes: Uint8Array, digest: string | undefined]> {
  const bytes = await given;
  const hash = await globalThis.crypto?.subtle?.digest("SHA-256", bytes as Uint8Array<ArrayBuffer>);
  const digits = hash && Array.from(new Uint8Array(hash), (byte) => byte.toString(16).padStart(2, "0"));
  return [bytes, digits?.join("")];
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
    const [[bytes, digest]] = await Promise.all([digested(elsewhere(from)), engine]);
    return RuleSet.compiled(bytes, compiled.sha256, digest);
  }
  const id = RULE_SETS.find((known) => known === from);
  if (id === undefined) {
    await engine;
    throw RollbookError.read(anyEngine().unknown_rule_set(String(from), [...RULE_SETS]));
  }
  const [[bytes, digest]] = await Promise.all([digested(shipped(id)), engine]);
  return RuleSet.compiled(bytes, RULE_SET_SHA256[id], digest);
}
