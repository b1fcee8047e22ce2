// The declaration without a framework: the form, the result beside it, and what happens when somebody types.

import type { Fact } from "rollbook";
import { applyValidity } from "rollbook/forms";
import { declare, type Declaration, type Subject } from "./declaration.js";
import { element } from "./dom.js";
import { fieldOf, type Field } from "./fields.js";
import { keep, nameOf, opened, speak, titleOfRules } from "./page.js";
import { finished, resultOf } from "./result.js";
import { months, offerOf, periodIn, textsIn, titleOf } from "./texts.js";

/** How long somebody who is typing is left in peace before the page objects, in milliseconds. */
const PATIENCE = 600;

const place = document.querySelector<HTMLElement>("#page")!;
const start = await opened(place);
const { rules } = start;

let { language, period } = start;
const typed: Record<string, string> = {};
const added = new Set<string>();
/** Fields that were left or typed to the end: only they show why their value is refused. */
const settled = new Set<string>();
const waiting = new Map<string, ReturnType<typeof setTimeout>>();
let fields = new Map<string, Field>();
let declaration: Declaration;

const form = element("form", { novalidate: true });
const result = resultOf((name) => fields.get(name)?.control.focus());
const outcome = element("div", { class: "outcome" });

const subject = (): Subject => ({ rules, language, period, added });

/** Builds the page in the language. What was typed stays. */
function build(): void {
  const texts = textsIn(language);
  speak(language);
  fields = new Map();
  const switches = rules.languages.map((name) => {
    const button = element("button", { type: "button", lang: name, "aria-pressed": String(name === language) }, nameOf(name));
    button.addEventListener("click", () => {
      language = name;
      build();
      place.querySelector<HTMLElement>(".languages [aria-pressed=true]")?.focus();
    });
    return button;
  });
  const month = element("select", { id: "period", name: "period" },
    ...months(new Date(), period).map((value) => element("option", { value, selected: value === period }, periodIn(value, language))));
  form.replaceChildren(
    element("div", { class: "field" }, element("div", { class: "head" }, element("label", { for: "period" }, texts.period)), element("div", { class: "entry" }, month)),
    element("fieldset", { class: "needed" }, element("legend", {}, texts.needed), element("div", { class: "fields" }), element("div", { class: "items" })),
    element("fieldset", { class: "special" }, element("legend", {}, texts.special), element("div", { class: "fields" })),
    element("button", { class: "main" }, texts.submit));
  place.replaceChildren(
    element("header", {},
      element("p", { class: "organisation" }, titleOfRules(rules, language)),
      element("div", { class: "languages", role: "group", "aria-label": texts.language }, ...switches),
      element("h1", {}, texts.title),
      element("p", { class: "lead" }, texts.lead)),
    element("main", {}, form, result.element, outcome),
    element("footer", {}, element("p", {}, texts.private),
      element("p", {}, element("a", { href: `./react.html${location.search}` }, texts.other.react))));
  refresh();
}

/** Shows what follows from what has been typed. */
function refresh(): void {
  declaration = declare(typed, subject());
  arrange(".needed .fields", declaration.needed);
  arrange(".special .fields", declaration.special);
  form.querySelector<HTMLElement>(".special")!.hidden = declaration.special.length === 0;
  offer(declaration.items, offerOf(declaration.needed, language));
  applyValidity(form, declaration.issues);
  for (const name of fields.keys()) complain(name);
  result.show(declaration, subject());
  outcome.replaceChildren();
}

/** Puts the fields of facts into a part of the form. Those that stay are not moved, so that the focus stays. */
function arrange(part: string, facts: readonly Fact[]): void {
  const list = form.querySelector(part)!;
  const wanted = new Set<Element>(facts.map((fact) => field(fact).element));
  for (const present of [...list.children]) if (!wanted.has(present)) present.remove();
  let next = list.firstElementChild;
  for (const one of wanted) {
    if (one === next) next = next.nextElementSibling;
    else list.insertBefore(one, next);
  }
}

/** The field of a fact, which is made once. */
function field(fact: Fact): Field {
  const { name } = fact;
  const present = fields.get(name);
  if (present) return present;
  const made = fieldOf(fact, language, typed[name] ?? "", {
    replace(value) {
      made.control.value = typed[name] = value;
      refresh();
      made.control.focus();
    },
    remove: added.has(name) ? () => {
      added.delete(name);
      fields.delete(name);
      refresh();
      form.querySelector<HTMLElement>(".items select")?.focus();
    } : undefined,
  });
  fields.set(name, made);
  return made;
}

/** Shows at a field why its value is refused, once whoever types has had the time to finish. */
function complain(name: string): void {
  const { control, complain } = fields.get(name)!;
  const issue = declaration.issues.find(({ path }) => path[0] === name);
  const message = settled.has(name) ? control.validationMessage : "";
  complain(message, message === issue?.message ? issue?.params?.["near"] : undefined);
}

/** Offers what may be added to what is asked. */
function offer(items: readonly Fact[], title: string): void {
  const texts = textsIn(language);
  const place = form.querySelector<HTMLElement>(".items")!;
  const shown = [title, ...items.map(({ name }) => name)].join(" ");
  if (place.dataset.shown === shown) return;
  const open = place.querySelector("details")?.open ?? false;
  place.dataset.shown = shown;
  place.replaceChildren();
  if (items.length === 0) return;
  const choice = element("select", { id: "item" }, ...items.map((fact) => element("option", { value: fact.name }, titleOf(fact, language))));
  const add = element("button", { type: "button" }, texts.add);
  add.addEventListener("click", () => {
    const name = choice.value;
    added.add(name);
    fields.delete(name);
    refresh();
    fields.get(name)?.control.focus();
  });
  place.append(
    element("details", { open }, element("summary", {}, title),
      element("div", { class: "head" }, element("label", { for: "item" }, texts.item)),
      element("div", { class: "entry" }, choice, add)));
}

form.addEventListener("input", ({ target }) => {
  const control = target as HTMLInputElement | HTMLSelectElement;
  const { name } = control;
  if (name === "period") period = control.value;
  if (name === "period" || name === "") return refresh();
  typed[name] = control.value;
  // Who corrects a mistake sees at once that it is mended; who has just begun is given time.
  if (control.getAttribute("aria-invalid") !== "true") settled.delete(name);
  clearTimeout(waiting.get(name));
  waiting.set(name, setTimeout(() => settle(name), PATIENCE));
  refresh();
});

form.addEventListener("focusout", ({ target }) => settle((target as HTMLInputElement).name));

function settle(name: string): void {
  clearTimeout(waiting.get(name));
  if (!fields.has(name)) return;
  settled.add(name);
  complain(name);
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  for (const name of fields.keys()) settle(name);
  const wrong = [...fields.values()].filter(({ control }) => control.isConnected && !control.validity.valid);
  const first = wrong.map(({ control }) => control).sort(inOrder)[0];
  if (first) return first.focus();
  // What no field can mend is said beside the form: the rules may have no answer.
  if (declaration.issues.length > 0) return document.querySelector<HTMLElement>("#owed")!.focus();
  outcome.replaceChildren(finished(declaration, subject()));
  outcome.querySelector<HTMLElement>("#finished")!.focus();
});

function inOrder(one: Node, other: Node): number {
  return one.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING ? -1 : 1;
}

build();
keep();
