// What the answer says, beside the form: the amount, its clauses, the next band, what is missing, remarks, the steps.

import type { Fact } from "rollbook";
import { factsOf } from "rollbook/forms";
import { element } from "./dom.js";
import type { Declaration, Explanation, Line, Subject } from "./declaration.js";
import { periodIn, sentence, textsIn, titleOf, unitOf } from "./texts.js";
import { optionsOf } from "./fields.js";

/** How long the page waits for a pause in typing before it says aloud what is owed, in milliseconds. */
const PAUSE = 700;

/** Lines that are no step: they are shown in places of their own, or the heading says them. */
const NO_STEP = new Set(["next_band", "missing", "finding", "result", "guide"]);

export interface Result {
  readonly element: HTMLElement;
  show(declaration: Declaration, subject: Subject): void;
}

/** The result; `goTo` puts the focus on the field of a fact. */
export function resultOf(goTo: (name: string) => void): Result {
  const heading = element("h2", { id: "owed", tabindex: "-1" });
  const amount = element("p", { class: "amount" });
  const aloud = element("p", { role: "status", class: "aloud" });
  const details = element("div", { class: "details" });
  const card = element("div", { class: "card" }, heading, amount, aloud);
  let opened = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    element: element("section", { class: "result", "aria-labelledby": "owed" }, card, details),
    show(declaration, { language }) {
      const { explanation, issues } = declaration;
      const texts = textsIn(language);
      heading.textContent = texts.owed;
      amount.replaceChildren(...emphasised(explanation));
      card.dataset.status = explanation.answer.status;
      const missing = issues.filter(({ code }) => code === "missing");
      clearTimeout(timer);
      const words = [explanation.result, ...missing.map(({ message }) => message)].join(language === "zh" ? "。" : ". ");
      timer = setTimeout(() => { if (aloud.textContent !== words) aloud.textContent = words; }, PAUSE);

      const parts: HTMLElement[] = [];
      if (missing.length > 0) {
        const links = missing.map(({ path, message }) => {
          const fact = declaration.needed.concat(declaration.special).find(({ name }) => name === path[0]);
          const link = element("a", { href: `#${path[0]}` }, fact ? titleOf(fact, language) : sentence(message));
          link.addEventListener("click", (event) => { event.preventDefault(); goTo(String(path[0])); });
          return element("li", {}, link);
        });
        parts.push(part(texts.missing, element("ul", { class: "missing" }, ...links)));
      }
      const { clauses, lines } = explanation;
      const next = lines.filter(({ kind }) => kind === "next_band" || kind === "guide");
      if (next.length > 0) parts.push(part(texts.next, ...next.map(({ text }) => element("p", {}, sentence(text)))));
      if (clauses.length > 0) parts.push(part(texts.clauses, element("ul", { class: "clauses" }, ...clauses.map((clause) => element("li", {}, clause)))));
      // What stands at a field already is not said twice.
      const remarks = lines.filter(({ kind, text }) => kind === "finding" && !issues.some(({ path, message }) => path.length > 0 && message === text));
      if (remarks.length > 0) {
        parts.push(part(texts.remarks, element("ul", { class: "remarks" }, ...remarks.map((line) => element("li", {}, sentence(line.text))))));
      }
      const steps = lines.filter(({ kind }) => !NO_STEP.has(kind));
      if (steps.length > 0) {
        const shown = element("details", { class: "part steps", open: opened }, element("summary", {}, texts.steps), list(steps, texts.same));
        shown.addEventListener("toggle", () => { opened = shown.open; });
        parts.push(shown);
      }
      details.replaceChildren(...parts);
    },
  };
}

function part(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return element("div", { class: "part" }, element("h3", {}, title), ...content);
}

/** The steps; a clause that repeats the one before is not written again. */
function list(steps: readonly Line[], same: string): HTMLElement {
  const items = steps.map(({ text, cite }, at) => {
    const item = element("li", {}, sentence(text));
    if (cite !== undefined) item.append(" ", element("span", { class: "cite" }, cite === steps[at - 1]?.cite ? same : cite));
    return item;
  });
  return element("ol", {}, ...items);
}

/** What it comes to, with the amount large. */
function emphasised({ result, answer }: Explanation): (Node | string)[] {
  const [before = "", after] = answer.amount === undefined ? [result] : result.split(answer.amount);
  if (after === undefined || answer.amount === undefined) return [sentence(result)];
  return [sentence(before), element("strong", {}, answer.amount), after];
}

/** The finished declaration: what was declared and what it comes to, to be printed or saved. */
export function finished(declaration: Declaration, subject: Subject): HTMLElement {
  const { rules, language, period } = subject;
  const texts = textsIn(language);
  const { explanation, values } = declaration;
  const given = [...declaration.needed, ...declaration.special].filter(({ name }) => (values[name] ?? "") !== "");
  const row = (title: string, value: string) => element("div", {}, element("dt", {}, title), element("dd", {}, value));
  const print = element("button", { type: "button", class: "main" }, texts.print);
  print.addEventListener("click", () => window.print());
  const save = element("button", { type: "button" }, texts.save);
  save.addEventListener("click", () => {
    const content = JSON.stringify({ period, facts: factsOf(values), answer: explanation.answer }, null, 2);
    const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    element("a", { href: address, download: `declaration-${period}.json` }).click();
    URL.revokeObjectURL(address);
  });
  return element("section", { class: "finished", "aria-labelledby": "finished" },
    element("h2", { id: "finished", class: "screen", tabindex: "-1" }, texts.done),
    element("p", { class: "screen" }, texts.doneText),
    element("h3", {}, texts.declared),
    element("dl", {},
      row(texts.period, periodIn(period, language)),
      ...given.map((fact) => row(titleOf(fact, language), shown(fact, values[fact.name] ?? "", language))),
      row(texts.owed, sentence(explanation.result)),
      row(texts.clauses, explanation.clauses.join(language === "zh" ? "；" : "; "))),
    element("p", { class: "edition" }, `${rules.id} · ${texts.edition(rules.edition)} · ${rules.hash.slice(0, 12)}`),
    element("p", { class: "paper" }, `${texts.sign}: ____________________    ${texts.date}: ______________`),
    element("div", { class: "buttons screen" }, print, save));
}

function shown(fact: Fact, value: string, language: string): string {
  const word = optionsOf(fact, language)?.find(([name]) => name === value)?.[1];
  return word ?? [value, unitOf(fact, language)].filter((text) => text !== "").join(" ");
}
