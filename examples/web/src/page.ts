// What both pages share: the rules, the language, the frame around the form.

import { load, type RuleSet } from "rollbook";
import { element } from "./dom.js";
import { textsIn } from "./texts.js";

/** What the page is opened with: `?rules=cpc&lang=zh&period=2026-11`. */
export interface Opened {
  readonly rules: RuleSet;
  readonly language: string;
  readonly period: string;
}

/** Loads the rules. Whoever opens the page sees at once that it is on its way, and if it fails, that it failed. */
export async function opened(place: HTMLElement): Promise<Opened> {
  const asked = new URLSearchParams(location.search);
  const preferred = asked.get("lang") ?? navigator.language.slice(0, 2);
  place.replaceChildren(element("p", { class: "waiting", role: "status" }, textsIn(preferred).waiting));
  try {
    const rules = await load(asked.get("rules") ?? "cpc");
    const language = rules.languages.includes(preferred) ? preferred : (rules.languages[0] ?? "en");
    return { rules, language, period: periodAsked(asked.get("period")) };
  } catch (problem) {
    place.replaceChildren(element("p", { class: "waiting", role: "alert" }, textsIn(preferred).failed));
    throw problem;
  }
}

/** The month that was asked for, or this month. The engine reads no clock, so the page has to. */
function periodAsked(period: string | null): string {
  if (period !== null && /^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return period;
  const now = new Date();
  return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`;
}

/** Says in which language the page is, for readers, translators and the next visit. */
export function speak(language: string): void {
  document.documentElement.lang = language;
  document.title = textsIn(language).title;
  const address = new URL(location.href);
  address.searchParams.set("lang", language);
  history.replaceState(null, "", address);
}

/** The name of a language in itself: `中文`, `English`. */
export function nameOf(language: string): string {
  return new Intl.DisplayNames([language], { type: "language" }).of(language) ?? language;
}

/** The title of the rule set. */
export function titleOfRules(rules: RuleSet, language: string): string {
  return String(rules.factsSchema(undefined, language)["title"]);
}

/** Keeps the page for times without a network. While it is developed it is not kept. */
export function keep(): void {
  if (import.meta.env.PROD && "serviceWorker" in navigator) void navigator.serviceWorker.register("./worker.js");
}
