// A field of the form for a fact: label, control, unit, what it means, and why a value is refused.

import type { Fact } from "rollbook";
import { element, put } from "./dom.js";
import { hintOf, leftOut, sentence, textsIn, titleOf, unitOf } from "./texts.js";

export type Control = HTMLInputElement | HTMLSelectElement;

/** A field in the page. */
export interface Field {
  readonly element: HTMLElement;
  readonly control: Control;
  /** Shows why the value is refused, with the value that was probably meant; an empty message shows nothing. */
  complain(message: string, near: string | undefined): void;
}

/** What a field may do beside taking a value. */
export interface FieldActions {
  /** Puts another value in the place of the one that is refused. */
  readonly replace: (value: string) => void;
  /** Takes the field away again; only for one that was added. */
  readonly remove?: (() => void) | undefined;
}

export function fieldOf(fact: Fact, language: string, value: string, actions: FieldActions): Field {
  const texts = textsIn(language);
  const { name } = fact;
  const [title, unit, hint] = [titleOf(fact, language), unitOf(fact, language), hintOf(fact, language)];
  const isOptional = fact.unless_given !== undefined;
  const control = controlOf(fact, language);
  control.value = value;
  const error = element("p", { id: `${name}-error`, class: "error", hidden: true });
  const described = [hint && `${name}-hint`, unit && `${name}-unit`].filter((id) => id !== "");
  put(control, { id: name, name, "aria-required": isOptional ? undefined : "true", "aria-describedby": described.join(" ") || undefined });

  const label = element("label", { for: name }, title);
  if (isOptional) label.append(" ", element("span", { class: "optional" }, texts.optional));
  const head = element("div", { class: "head" }, label);
  if (actions.remove) {
    const remove = element("button", { type: "button", class: "remove", "aria-label": texts.remove(title) }, "×");
    remove.addEventListener("click", actions.remove);
    head.append(remove);
  }
  const entry = element("div", { class: "entry" }, control);
  if (unit) entry.append(element("span", { class: "unit", id: `${name}-unit` }, unit));
  const field = element("div", { class: "field" }, head);
  if (hint) field.append(element("p", { class: "hint", id: `${name}-hint` }, hint));
  field.append(entry, error);

  return {
    element: field,
    control,
    complain(message, near) {
      const isWrong = message !== "";
      put(control, {
        "aria-invalid": isWrong ? "true" : undefined,
        "aria-describedby": [...described, ...(isWrong ? [error.id] : [])].join(" ") || undefined,
      });
      error.hidden = !isWrong;
      // What has not changed stays as it is: a button in it may have the focus.
      const shown = `${message}\n${near ?? ""}`;
      if (error.dataset.shown === shown) return;
      error.dataset.shown = shown;
      error.replaceChildren(sentence(message));
      if (isWrong && near) {
        const instead = element("button", { type: "button", class: "instead" }, texts.instead(near));
        instead.addEventListener("click", () => actions.replace(near));
        error.append(" ", instead);
      }
    },
  };
}

/** The control for the values of a fact. What it accepts beyond its form is judged by the engine alone. */
function controlOf(fact: Fact, language: string): Control {
  const texts = textsIn(language);
  const options = optionsOf(fact, language);
  if (options) {
    const first = fact.unless_given === undefined ? texts.choose : texts.leftOut(leftOut(fact, language));
    return element("select", {}, element("option", { value: "" }, sentence(first)),
      ...options.map(([value, title]) => element("option", { value }, title)));
  }
  return element("input", { autocomplete: "off", ...inputOf(fact) });
}

/** What can be chosen, as value and title; nothing where the value is typed. */
export function optionsOf(fact: Fact, language: string): readonly (readonly [string, string])[] | undefined {
  if (fact.kind === "yes_no") return language === "zh" ? [["yes", "是"], ["no", "否"]] : [["yes", "yes"], ["no", "no"]];
  if (fact.kind !== "one_of") return undefined;
  return (fact.words ?? []).map((word) => [word.name, titleOf(word, language)] as const);
}

/** Type and keyboard of an input. A `number` input would lose digits, so amounts are texts. */
export function inputOf({ kind, decimals }: Fact): { type: string; inputmode?: "decimal" | "numeric" } {
  if (kind === "date") return { type: "date" };
  if (kind === "money" || kind === "number" || kind === "share") return { type: "text", inputmode: "decimal" };
  return decimals === 0 ? { type: "text", inputmode: "numeric" } : { type: "text" };
}
