// The page that the tests in Chromium drive: everything by the package as it was installed, nothing inline.

import * as rollbook from "/node_modules/rollbook/dist/browser.js";
import { applyValidity, issuesOf } from "/node_modules/rollbook/dist/forms.js";
import { runCorpus } from "/corpus.mjs";

const violations = [];
document.addEventListener("securitypolicyviolation", (event) => violations.push(`${event.violatedDirective} ${event.blockedURI}`));

const form = document.querySelector("form");
const options = { language: "en", charge: "dues", period: "2026-11" };

function judge(rules) {
  const values = { stage: "full", ...Object.fromEntries(new FormData(form)) };
  applyValidity(form, issuesOf(rules, values, options));
  const answer = rules.dues({ ...values, base: values.base || undefined, category: values.category || undefined }, options.period);
  form.querySelector("output").value = answer.amount ?? answer.status;
}

globalThis.page = {
  violations,
  /** The first rule set, with the time that it took to the first answer. */
  async start() {
    const begin = performance.now();
    const rules = await rollbook.load("cpc");
    rules.dues({ stage: "full", category: "waged", base: "5400" }, "2026-11");
    this.rules = rules;
    form.addEventListener("input", () => judge(rules));
    form.addEventListener("submit", (event) => event.preventDefault());
    judge(rules);
    return performance.now() - begin;
  },
  answers(questions) {
    const trace = (request) => ({ ...(typeof request === "string" ? { period: request } : request), trace: true });
    return questions.map(([facts, request]) => [
      this.rules.duesJson(facts, request),
      this.rules.explain(facts, trace(request), "zh"),
      this.rules.explain(facts, trace(request), "en"),
    ]);
  },
  async caught(call) {
    try {
      await this[call]();
      return "nothing";
    } catch (error) {
      return [rollbook.isRollbookError(error), error instanceof Error, error.code];
    }
  },
  parse: async () => rollbook.RuleSet.parse("{}"),
  /** A compiled rule set by its address, asked once. */
  async own(path, sha256) {
    return (await rollbook.load(path, { sha256 })).dues({ stage: "full", category: "waged", base: "5400" }, "2026-11").amount;
  },
  async refused(path, sha256) {
    return rollbook.load(path, { sha256 }).then(() => "nothing", (error) => error.code);
  },
  /** The document of the first rule set, read by the full engine. */
  async parsed() {
    await rollbook.ready("full");
    return rollbook.RuleSet.parse(this.rules.document()).hash;
  },
  unknownRuleSet: () => rollbook.load("cpd"),
  float() {
    this.rules.dues({ base: 0.1 }, "2026-11");
  },
  /** Every case of so many folders of the corpus. */
  async corpus(folders) {
    const all = { asked: 0, failed: [] };
    for (let number = 0; number < folders; number += 1) {
      const run = await runCorpus(rollbook, async (name) => (await fetch(`/corpus/${number}/${name}`)).text());
      all.asked += run.asked;
      all.failed.push(...run.failed);
    }
    return all;
  },
  /** The same in a worker. */
  worker() {
    const worker = new Worker("/worker.mjs", { type: "module" });
    return new Promise((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = ({ message }) => reject(new Error(message));
    });
  },
};
