import { anyEngine, fullEngine, type Engine, type FullEngine, type Parents, type Rules } from "./engines.js";
import { RollbookError } from "./errors.js";
import { Plain } from "./plain.js";
import type { Answer, Diagnostic, Fact, Facts, Format, Issue, Period, Request } from "./types.js";

/** Calls the engine and throws its errors as errors. */
function ask<T>(call: () => T): T {
  try {
    return call();
  } catch (caught) {
    throw typeof caught === "string" ? RollbookError.read(caught) : caught;
  }
}

function json(name: string, value: unknown): string {
  try {
    return JSON.stringify(value);
  } catch {
    // A bigint, or an object that contains itself.
    throw RollbookError.read(anyEngine().wrong_type(name, "a value that is no JSON", "strings, booleans and lists of them"));
  }
}

function question(facts: Facts, request: Request | Period): string {
  return json("facts", { facts, ...(typeof request === "string" ? { period: request } : request) });
}

/** One organisation's rules, compiled. Everything about them is decided in the engine. */
export class RuleSet {
  #rules: Rules | undefined;
  readonly #engine: Engine;
  readonly #plain: Plain;

  private constructor(engine: Engine, rules: Rules) {
    this.#engine = engine;
    this.#rules = rules;
    this.#plain = new Plain(engine);
  }

  /**
   * A rule set that was checked and compiled before: by `rollbook compile`, or for this package. Nothing of it is checked
   * again, and the small engine is enough.
   * @param sha256 the SHA-256 of the bytes in hexadecimal digits, by which you vouch for them; not the `hash` of the rule set
   * @param digest the SHA-256 that the bytes have, where it was computed already; left out, the engine computes it
   * @throws {RollbookError} `wrong_hash` for other bytes; `not_compiled` for bytes of something else or of another version
   */
  static compiled(bytes: Uint8Array, sha256: string, digest?: string): RuleSet {
    const engine = anyEngine();
    return new RuleSet(engine, ask(() => engine.Rules.load(bytes, sha256, digest)));
  }

  /**
   * Reads a rule set from its JSON and checks it, which takes the full engine: Node loads it when it is first needed, elsewhere
   * await `ready("full")` before.
   * @param parents the rule sets that it extends, a rule set after those that it extends itself
   * @throws {RollbookError} `refused_rule_set` with diagnostics that say what is wrong and where; `not_loaded`
   */
  static parse(text: string, parents: readonly RuleSet[] = []): RuleSet {
    const engine = fullEngine();
    return new RuleSet(engine, RuleSet.#with(engine, parents, (handed) => engine.Rules.parse(text, handed)));
  }

  /**
   * Reads a rule set and tells everything that a careful reviewer would, errors and warnings; it takes the full engine as
   * {@link RuleSet.parse} does.
   */
  static check(text: string, parents: readonly RuleSet[] = []): Diagnostic[] {
    const engine = fullEngine();
    return JSON.parse(RuleSet.#with(engine, parents, (handed) => engine.check(text, handed))) as Diagnostic[];
  }

  static #with<T>(engine: FullEngine, parents: readonly RuleSet[], call: (handed: Parents) => T): T {
    return ask(() => {
      const handed = new engine.Parents();
      try {
        for (const parent of parents) {
          // The engines share no memory: what the small one loaded is read once more from its document.
          const read = parent.#engine === engine ? undefined : engine.Rules.parse(parent.document(), handed);
          handed.add(read ?? parent.#open);
          read?.free();
        }
        return call(handed);
      } finally {
        handed.free();
      }
    });
  }

  get #open(): Rules {
    if (this.#rules === undefined) throw RollbookError.read(this.#engine.closed("rule set"));
    return this.#rules;
  }

  /** The short name. */
  get id(): string {
    return this.#open.id();
  }

  /** Counts up with every published change. */
  get edition(): number {
    return this.#open.edition();
  }

  /** SHA-256 of the canonical document without its cases. */
  get hash(): string {
    return this.#open.hash();
  }

  /** The languages of its texts, the default one first. */
  get languages(): string[] {
    return this.#open.languages();
  }

  /** The charges. */
  get charges(): string[] {
    return this.#open.charges();
  }

  /** The charge that is answered when none is named. */
  get answers(): string | undefined {
    return this.#open.answers();
  }

  /** What a form or a roster must hold, in the order of the rule set. */
  facts(): Fact[] {
    return JSON.parse(this.#open.facts()) as Fact[];
  }

  /** The JSON Schema (draft 2020-12) of the facts that a charge can read, or of all, with titles in a language. */
  factsSchema(charge: string | undefined, language: string): Record<string, unknown> {
    return JSON.parse(ask(() => this.#open.facts_schema(charge, language))) as Record<string, unknown>;
  }

  /**
   * What is owed. What answers have in common is shared by them, and frozen.
   * @param request the period, or the period and what else is asked
   * @throws {RollbookError} a charge, setting, period, day or path that cannot be; a value that is a number or `null`
   */
  dues(facts: Facts, request: Request | Period): Answer {
    const answers = this.#plain.ask(this.#open, [facts], request);
    return answers?.[0] ?? JSON.parse(this.duesJson(facts, request)) as Answer;
  }

  /** The answer as canonical JSON: the same bytes in every language. */
  duesJson(facts: Facts, request: Request | Period): string;
  /** A request in JSON, answered in JSON: `{"answer": …}`, `{"answers": […]}` or `{"error": …}`. */
  duesJson(request: string): string;
  duesJson(facts: Facts | string, request?: Request | Period): string {
    if (typeof facts === "string") return ask(() => this.#open.dues_json(facts));
    const asked = question(facts, request ?? "");
    return ask(() => this.#open.dues(asked));
  }

  /** What each of many owes: the question is made ready once. */
  duesOfMany(rows: readonly Facts[], request: Request | Period): Answer[] {
    const answers = this.#plain.ask(this.#open, rows, request);
    if (answers) return answers;
    const asked = json("rows", { rows, ...(typeof request === "string" ? { period: request } : request) });
    return JSON.parse(ask(() => this.#open.dues(asked))) as Answer[];
  }

  /** Why it is so, in words: each line with its clause and its arithmetic. */
  explain(facts: Facts, request: Request | Period, language: string, format: Format = "text"): string {
    const asked = question(facts, request);
    return ask(() => this.#open.explain(asked, language, format));
  }

  /** What a form shows: what is missing for an answer, and its findings. */
  issues(facts: Facts, request: Request | Period, language: string): Issue[] {
    const asked = question(facts, request);
    return JSON.parse(ask(() => this.#open.issues(asked, language))) as Issue[];
  }

  /** What is wrong with facts by themselves: values, ranges, words and names. */
  validate(facts: Facts, charge: string | undefined, language: string): Issue[] {
    const told = json("facts", facts);
    return JSON.parse(ask(() => this.#open.validate(told, charge, language))) as Issue[];
  }

  /** The document as JSON without its cases, in its own order; it reads back as the same rule set with the same hash; it needs its parents then. */
  document(): string {
    return this.#open.document();
  }

  /** Gives the memory of the rule set back at once; without it that happens some time after the last use. */
  free(): void {
    this.#rules?.free();
    this.#rules = undefined;
    this.#plain.free();
  }

  /** See {@link RuleSet.free}. */
  [Symbol.dispose](): void {
    this.free();
  }
}
