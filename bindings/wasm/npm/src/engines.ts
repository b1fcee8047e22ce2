// The two engines: the small one loads rule sets that were checked and compiled before, the full one also reads and checks documents.

import * as smallEngine from "./engine.js";
import { RollbookError } from "./errors.js";

/** `small` loads compiled rule sets; `full` also reads and checks documents. */
export type EngineName = "small" | "full";

/** Where an engine comes from: its bytes, its compiled module, or where to fetch it. */
export type EngineSource = BufferSource | WebAssembly.Module | Response | Promise<Response> | URL | string;

/** A compiled rule set, of either engine. */
export type Rules = Pick<smallEngine.Rules, keyof smallEngine.Rules>;

/** What is asked beside the facts, of either engine. */
export type Question = smallEngine.Question;

/** What both engines have. */
export interface Engine {
  readonly Rules: { load(bytes: Uint8Array, hash: string, digest?: string): Rules };
  readonly Question: { read(json: string): Question };
  wrong_type(name: string, given: string, wanted: string): string;
  closed(name: string): string;
  unknown_rule_set(id: string, known: string[]): string;
}

/** The rule sets that one of them extends, in a list of the engine's own. */
export interface Parents {
  add(rules: Rules): void;
  free(): void;
}

/** What only the full engine has. */
export interface FullEngine extends Engine {
  readonly Rules: Engine["Rules"] & { parse(text: string, parents: Parents): Rules };
  readonly Parents: new () => Parents;
  check(text: string, parents: Parents): string;
}

let small: Engine | undefined;
let full: FullEngine | undefined;
let supply: (() => FullEngine) | undefined;

/** Loads an engine, the small one if none is named; once is enough, and again does nothing. */
export async function init(source: EngineSource, engine: EngineName = "small"): Promise<void> {
  if (engine === "small") {
    if (small) return;
    await smallEngine.default({ module_or_path: source });
    small = smallEngine;
  } else {
    if (full) return;
    const code = await import("./full.js");
    await code.default({ module_or_path: source });
    full = code as unknown as FullEngine;
  }
}

/** Loads the small engine from its bytes or its compiled module, without waiting. */
export function initSync(source: BufferSource | WebAssembly.Module): void {
  if (small) return;
  smallEngine.initSync({ module: source });
  small = smallEngine;
}

/** Whether an engine is loaded, or need not be before it is used. */
export function isReady(engine: EngineName): boolean {
  return engine === "small" ? small !== undefined || full !== undefined : full !== undefined || supply !== undefined;
}

/** For hosts that can load the full engine without waiting when it is first needed. */
export function supplyFull(load: () => FullEngine): void {
  supply = load;
}

/** An engine that is loaded, whichever it is. */
export function anyEngine(): Engine {
  const engine = small ?? full;
  if (engine) return engine;
  throw new RollbookError("not_loaded", "the engine is not loaded yet; await `load(id)` or `init(source)` first");
}

/** The full engine. */
export function fullEngine(): FullEngine {
  full ??= supply?.();
  if (full) return full;
  throw new RollbookError("not_loaded",
    "the full engine, which reads and checks documents, is not loaded yet; await `ready(\"full\")` or `init(source, \"full\")` first");
}
