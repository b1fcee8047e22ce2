// What the page knows about a member's declaration. Every question about the rules goes to the engine: which facts
// matter, which values are right, what is owed and why. Both pages show what stands here.

import type { Answer, Fact, Facts, Issue, Request, RuleSet } from "rollbook";
import { factsOf, issuesOf } from "rollbook/forms";

/** What has been typed, by the name of the fact. */
export type Values = Readonly<Record<string, string | undefined>>;

/** What the declaration is about. */
export interface Subject {
  readonly rules: RuleSet;
  readonly language: string;
  readonly period: string;
  /** Facts that the member wants to state although nothing asks for them yet, such as an item of the pay slip. */
  readonly added: ReadonlySet<string>;
}

/** A line of an explanation. */
export interface Line {
  readonly kind: string;
  readonly text: string;
  readonly cite?: string;
}

/** An answer in words, as `explain` gives it in JSON. */
export interface Explanation {
  readonly result: string;
  readonly lines: readonly Line[];
  /** The clauses that the answer rests on. */
  readonly clauses: readonly string[];
  readonly answer: Answer;
}

/** Everything that a page shows. */
export interface Declaration {
  /** The facts that the answer needs, in the order of the rule set. */
  readonly needed: Fact[];
  /** The facts that matter only to some: what holds without them is known. */
  readonly special: Fact[];
  /** What the member may add: the items of a value that is worked out from them, or an amount to declare. */
  readonly items: readonly Fact[];
  /** What was typed into the fields that are shown. */
  readonly values: Values;
  /** What stops the declaration, field by field: what cannot be read, and what is missing. */
  readonly issues: readonly Issue[];
  readonly explanation: Explanation;
}

/** The declaration as far as it has come. */
export function declare(typed: Values, subject: Subject): Declaration {
  const { rules, language, period, added } = subject;
  const facts = rules.facts();
  const told = readable(typed, rules);
  const sure = only(told, (name) => facts.some((fact) => fact.name === name && fact.unless_given === undefined));
  const asked = matter(rules, told, period, added);
  const always = matter(rules, sure, period, added);
  const shown = facts.filter(({ name }) => asked.has(name));
  const isNeeded = ({ name, unless_given }: Fact) => added.has(name) || (always.has(name) && unless_given === undefined);
  const values = only(typed, (name) => asked.has(name));
  const explanation = JSON.parse(rules.explain(factsOf(values), { period, trace: true }, language, "json")) as Explanation;
  const isDeclared = explanation.answer.findings?.some(({ code }) => code === "assumed_minimum") ?? false;
  const mayAdd = isDeclared || added.size > 0 || shown.some(({ derived }) => derived);
  return {
    needed: shown.filter(isNeeded),
    special: shown.filter((fact) => !isNeeded(fact)),
    items: mayAdd ? facts.filter((fact) => isItem(fact, rules) && !asked.has(fact.name)) : [],
    values,
    issues: issuesOf(rules, values, { language, period }),
    explanation,
  };
}

/**
 * The facts whose absence an answer notices: it lacks them, or says what it took in their place. They are found by
 * asking, since a value that was told may bring further facts into play and put others out of it.
 */
function matter(rules: RuleSet, told: Facts, period: string, added: ReadonlySet<string>): Set<string> {
  const request: Request = { period };
  const noticed = (facts: Facts): string[] => {
    const { missing = [], assumed = [] } = rules.dues(facts, request);
    return [...missing.map(({ name }) => name), ...assumed];
  };
  const names = new Set(added);
  for (let grew = true; grew; ) {
    const before = names.size;
    for (const name of noticed(only(told, (name) => names.has(name)))) names.add(name);
    grew = names.size > before;
  }
  const facts = only(told, (name) => names.has(name));
  for (const name of names) {
    if (!added.has(name) && !noticed(only(facts, (other) => other !== name)).includes(name)) names.delete(name);
  }
  return names;
}

/** The facts without those that cannot be read: nothing is concluded from them. */
function readable(typed: Values, rules: RuleSet): Facts {
  const facts = factsOf(typed);
  const wrong = new Set(rules.validate(facts, undefined, "en").map(({ path }) => path[0]));
  return only(facts, (name) => !wrong.has(name));
}

/** Whether a fact is a number that the charge can read: it stands on a pay slip or the like, or is declared. */
function isItem({ kind, owner, derived, read_by }: Fact, rules: RuleSet): boolean {
  const isNumber = kind === "money" || kind === "number" || kind === "count" || kind === "share";
  return isNumber && owner === "member" && !derived && rules.answers !== undefined && read_by.includes(rules.answers);
}

function only<Value>(values: { readonly [name: string]: Value }, keeps: (name: string) => boolean): { [name: string]: Value } {
  return Object.fromEntries(Object.entries(values).filter(([name]) => keeps(name)));
}
