// The quick way of a question: facts that are single values cross as one text, and of an answer that says what an earlier one
// said only the amounts cross back. How the texts are made up is told in the engine's `plain`; what is not plain is asked in JSON.

import type { Engine, Question, Rules } from "./engines.js";
import type { Answer, Facts, Period, Request } from "./types.js";

const FIELD = "\u001f";
const FACT = "\u001e";
const ROW = "\u001d";
/** Rows that cross at once. */
const MOST = 1000;
/** Longer texts are judged by the reader of JSON. */
const LONGEST = 16_384;
/** Questions that are kept. */
const QUESTIONS = 8;

/** Half of a character has no UTF-8. */
const isWhole: (text: string) => boolean = "isWellFormed" in String.prototype
  ? (text) => (text as unknown as { isWellFormed(): boolean }).isWellFormed()
  : (text) => !/\p{Cs}/u.test(text);

/** Freezes what an answer consists of: later ones share it. */
function frozen<T>(part: T): T {
  if (typeof part === "object" && part !== null) {
    for (const inner of Object.values(part)) frozen(inner);
    Object.freeze(part);
  }
  return part;
}

/** What is kept for the next question to the same rule set. */
export class Plain {
  readonly #questions = new Map<string, Question>();
  /** What was said last, by its letter. */
  readonly #said: Answer[] = [];
  readonly #engine: Engine;
  #told = "";
  #count = 0;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  /** The answers; `undefined` where they have to be asked for in JSON, which also says what is wrong. */
  ask(rules: Rules, rows: readonly Facts[], request: Request | Period): Answer[] | undefined {
    if (!Array.isArray(rows) || rows.length === 0 || (typeof request !== "string" && request?.trace)) return undefined;
    const question = this.#question(request);
    if (question === undefined) return undefined;
    const answers: Answer[] = [];
    for (let row = 0; row < rows.length; row += MOST) {
      this.#told = "";
      this.#count = 0;
      for (const facts of rows.slice(row, row + MOST)) if (!this.#tell(facts)) return undefined;
      if (!isWhole(this.#told)) return undefined;
      const said = rules.dues_if_plain(question, this.#count, this.#told);
      if (said === "") return undefined;
      for (let at = 0; at < said.length;) {
        const end = said.indexOf(FACT, at);
        answers.push(this.#answer(said.charCodeAt(at), said.slice(at + 1, end)));
        at = end + 1;
      }
    }
    return answers;
  }

  #tell(facts: Facts): boolean {
    if (typeof facts !== "object" || facts === null || Array.isArray(facts) || "toJSON" in facts) return false;
    let told = "";
    for (const name of Object.keys(facts)) {
      const value = facts[name];
      if (value === undefined) continue;
      if (typeof value === "string") told += `${name}${FIELD}t${value}${FACT}`;
      else if (typeof value === "boolean") told += `${name}${FIELD}${value ? "y" : "n"}${FACT}`;
      else return false;
      this.#count += 1;
    }
    if (told.length > LONGEST) return false;
    this.#told += told + ROW;
    return true;
  }

  #question(request: Request | Period): Question | undefined {
    try {
      // No period begins as a request in JSON does.
      const asked = typeof request === "string" ? `=${request}` : JSON.stringify(request);
      const known = this.#questions.get(asked);
      if (known !== undefined) return known;
      const question = this.#engine.Question.read(typeof request === "string" ? JSON.stringify({ period: request }) : asked);
      if (this.#questions.size === QUESTIONS) this.free();
      this.#questions.set(asked, question);
      return question;
    } catch {
      return undefined;
    }
  }

  #answer(letter: number, said: string): Answer {
    if (letter < 97) {
      const answer = frozen(JSON.parse(said) as Answer);
      this.#said[letter - 65] = answer;
      return { ...answer };
    }
    const between = said.indexOf(FIELD);
    const answer: { -readonly [field in keyof Answer]: Answer[field] } = { ...(this.#said[letter - 97] as Answer) };
    if (answer.amount !== undefined) answer.amount = said.slice(0, between);
    if (answer.exact !== undefined) answer.exact = said.slice(between + 1);
    return answer;
  }

  /** Gives the memory of the questions back. */
  free(): void {
    for (const question of this.#questions.values()) question.free();
    this.#questions.clear();
  }
}
