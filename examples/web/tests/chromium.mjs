// The pages in Chromium, as somebody uses them: `node tests/chromium.mjs PROGRAM` after `vite build`; ends with
// `N passed, N failed`. What the pages should show is asked of the package in Node.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";

import { load, RULE_SETS } from "rollbook";
import { complaints, count, faults, open, serve, start, test } from "./harness.mjs";

const PERIOD = "2026-11";
const cpc = await load("cpc");
const facts = new Map(cpc.facts().map((fact) => [fact.name, fact]));

const { origin, stop } = await serve();
const browser = await start(process.argv[2]);

const names = (page) => page.$$eval("fieldset:not([hidden]) .fields [name]", (controls) => controls.map(({ name }) => name));
const text = (page, place) => page.locator(place).innerText();
const focused = (page) => page.evaluate(() => document.activeElement.id);
const isRefused = (page, name) => page.waitForSelector(`#${name}[aria-invalid=true]`);
/** A sentence of the page: the first letter large, what was typed in quotation marks. */
const sentence = (said) => (said.charAt(0).toUpperCase() + said.slice(1)).replaceAll(/`([^`]*)`/g, "“$1”");
const addressed = (file, lang, rest = "") => `${origin}/${file}.html?lang=${lang}&period=${PERIOD}${rest}`;

async function fill(page, values) {
  for (const [name, value] of Object.entries(values)) {
    if (facts.get(name).words) await page.selectOption(`#${name}`, value);
    else await page.fill(`#${name}`, value);
  }
}

/** Everything that holds of a page, with and without a framework. */
async function holds(file) {
  const about = (fact) => `${file}: ${fact}`;
  const opened = (lang, size) => open(browser, addressed(file, lang), size);

  for (const lang of ["zh", "en"]) {
    await test(about(`titles, words, meanings and units are those of the rule set (${lang})`), async () => {
      const page = await opened(lang);
      await fill(page, { stage: "full", category: "waged" });
      for (const name of await names(page)) {
        const fact = facts.get(name);
        const label = await page.$eval(`label[for=${name}]`, (label) => label.firstChild.textContent);
        assert.equal(label, sentence(fact.titles[lang]));
        if (fact.words) {
          const shown = await page.$$eval(`#${name} option`, (options) => options.slice(1).map(({ value, text }) => [value, text]));
          assert.deepEqual(shown, fact.words.map((word) => [word.name, sentence(word.titles[lang])]));
        }
        if (fact.means) assert.ok((await text(page, `#${name}-hint`)).includes(sentence(fact.means[lang])));
      }
      assert.equal(await text(page, "#base-unit"), lang === "zh" ? "元/月" : "CNY per month");
      assert.equal(await page.getAttribute("html", "lang"), lang);
      await page.context().close();
    });
  }

  await test(about("only what matters is asked"), async () => {
    const page = await opened("en");
    assert.deepEqual(await names(page), ["stage", "joined", "left"]);
    await fill(page, { stage: "full" });
    assert.deepEqual(await names(page), ["stage", "category", "joined", "left", "hardship"]);
    await fill(page, { category: "waged", base: "5400" });
    assert.deepEqual(await names(page), ["stage", "category", "base", "joined", "left", "hardship"]);
    await fill(page, { hardship: "reduced" });
    assert.ok((await names(page)).includes("approved_by"));
    await fill(page, { approved_by: "next_higher_committee" });
    assert.deepEqual(await names(page), ["stage", "joined", "left", "hardship", "hardship_amount", "approved_by"]);
    await fill(page, { hardship: "none" });
    assert.equal(await page.inputValue("#base"), "5400", "what is asked again has kept its value");
    await fill(page, { category: "student" });
    assert.deepEqual(await names(page), ["stage", "category", "joined", "left", "hardship"]);
    assert.match(await text(page, ".amount"), /0\.20/);
    await page.context().close();
  });

  await test(about("what is typed is judged as it is typed, but nobody is interrupted"), async () => {
    const page = await opened("en");
    await fill(page, { stage: "full", category: "waged" });
    await page.focus("#base");
    await page.keyboard.type("5,400");
    assert.equal(await page.getAttribute("#base", "aria-invalid"), null);
    await isRefused(page, "base");
    const [issue] = cpc.validate({ base: "5,400" }, "dues", "en");
    assert.equal((await text(page, "#base-error")).replace(/ ?Use 5400$/, ""), sentence(issue.message));
    assert.ok((await page.getAttribute("#base", "aria-describedby")).split(" ").includes("base-error"));
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Delete");
    await page.waitForSelector("#base:not([aria-invalid])");
    assert.equal(await page.inputValue("#base"), "5400");
    assert.match(await text(page, ".amount"), /81\.00/);
    await page.context().close();
  });

  await test(about("what was probably meant is put in at a press of a button"), async () => {
    const page = await opened("zh");
    await fill(page, { stage: "full", category: "waged", base: "５,４００元" });
    await page.locator("#base").blur();
    await isRefused(page, "base");
    await page.keyboard.press("Tab");
    assert.equal(await page.evaluate(() => document.activeElement.textContent), "改为 5400");
    await page.keyboard.press("Enter");
    await page.waitForSelector("#base:not([aria-invalid])");
    assert.equal(await page.inputValue("#base"), "5400");
    assert.equal(await focused(page), "base");
    assert.match(await text(page, ".amount"), /81\.00/);
    await page.context().close();
  });

  for (const lang of ["zh", "en"]) {
    await test(about(`amount, clause, next band and steps are what the engine says (${lang})`), async () => {
      const page = await opened(lang);
      const told = { stage: "full", category: "waged", base: "5400" };
      await fill(page, told);
      const said = JSON.parse(cpc.explain(told, { period: PERIOD, trace: true }, lang, "json"));
      const shown = (await text(page, "main")).replaceAll(/\s+/g, " ");
      assert.equal((await text(page, ".amount")).replaceAll(/\s+/g, ""), sentence(said.result).replaceAll(" ", ""));
      for (const line of said.lines.filter(({ kind }) => kind !== "result")) assert.ok(shown.includes(sentence(line.text)), line.text);
      for (const clause of said.clauses) assert.ok(shown.includes(clause), clause);
      assert.ok(said.lines.some(({ kind }) => kind === "next_band"));
      await page.context().close();
    });
  }

  await test(about("the amount is said aloud after a pause in typing"), async () => {
    const page = await opened("zh");
    await fill(page, { stage: "full", category: "waged", base: "5400" });
    assert.equal(await page.getAttribute(".aloud", "role"), "status");
    await page.waitForFunction(() => document.querySelector(".aloud").textContent === "每月应交 81.00 元");
    await fill(page, { base: "" });
    await page.waitForFunction(() => document.querySelector(".aloud").textContent.includes("尚需填报：基数"));
    await page.context().close();
  });

  await test(about("what is missing is listed, and leads to its field"), async () => {
    const page = await opened("en");
    await fill(page, { stage: "full", category: "waged" });
    assert.deepEqual(await page.$$eval(".missing a", (links) => links.map(({ textContent }) => textContent)), ["Dues base"]);
    await page.click(".missing a");
    assert.equal(await focused(page), "base");
    await page.context().close();
  });

  await test(about("a form that is not ready is not finished, and the first mistake has the focus"), async () => {
    const page = await opened("en");
    await page.click("form button.main");
    await isRefused(page, "stage");
    assert.equal(await focused(page), "stage");
    await fill(page, { stage: "full", category: "waged", base: "-5", joined: "2026-11-30" });
    await page.click("form button.main");
    await isRefused(page, "base");
    assert.equal(await focused(page), "base");
    assert.equal(await page.$(".finished"), null);
    await page.context().close();
  });

  await test(about("an item of the pay slip stands in for the base, and the others are asked for"), async () => {
    const page = await opened("en");
    await fill(page, { stage: "full", category: "waged" });
    await page.click(".items summary");
    await page.selectOption("#item", "post_pay");
    await page.click(".items button");
    await page.waitForFunction(() => document.activeElement.id === "post_pay");
    await page.keyboard.type("5000");
    assert.equal(await focused(page), "post_pay");
    const told = { employer: "organ", grade_pay: "1000", allowances: "500", income_tax: "100", social_insurance: "300", housing_fund: "200" };
    await fill(page, told);
    assert.ok(!(await names(page)).includes("base"));
    const { amount } = cpc.dues({ stage: "full", category: "waged", post_pay: "5000", ...told }, PERIOD);
    assert.ok((await text(page, ".amount")).includes(amount), amount);
    await page.click(".remove");
    await page.waitForSelector("#base");
    await page.context().close();
  });

  await test(about("another language leaves what was typed, and gives the reasons anew"), async () => {
    const page = await opened("zh");
    await fill(page, { stage: "full", category: "waged", base: "abc" });
    await page.locator("#base").blur();
    await isRefused(page, "base");
    await page.click(".languages [lang=en]");
    await page.waitForFunction(() => document.querySelector("#base-error").textContent.startsWith("Dues base: “abc” cannot be read"));
    assert.equal(await page.inputValue("#base"), "abc");
    assert.equal(await page.inputValue("#category"), "waged");
    assert.match(page.url(), /lang=en/);
    await page.context().close();
  });

  await test(about("the keyboard alone is enough, from the first field to the saved declaration"), async () => {
    const page = await opened("en");
    const goTo = async (id) => {
      for (let tabs = 0; await focused(page) !== id; tabs += 1) {
        assert.ok(tabs < 30, `Tab does not lead to ${id}`);
        await page.keyboard.press("Tab");
        const seen = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
        assert.notEqual(seen, "none", "where the focus is can be seen");
      }
    };
    await goTo("stage");
    await page.keyboard.type("full");
    await goTo("category");
    await page.keyboard.type("paid");
    await goTo("base");
    await page.keyboard.type("5400");
    await page.keyboard.press("Enter");
    await page.waitForSelector(".finished");
    await page.waitForFunction(() => document.activeElement.id === "finished");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    const [download] = await Promise.all([page.waitForEvent("download"), page.keyboard.press("Enter")]);
    const told = { stage: "full", category: "waged", base: "5400" };
    const saved = JSON.parse(await readFile(await download.path(), "utf8"));
    const { answer } = JSON.parse(cpc.explain(told, { period: PERIOD, trace: true }, "en", "json"));
    assert.deepEqual(saved, { period: PERIOD, facts: told, answer });
    await page.context().close();
  });

  for (const width of [320, 375]) {
    await test(about(`at ${width} pixels nothing has to be scrolled sideways, and the amount stays in sight`), async () => {
      const page = await opened("en", { width, height: 640 });
      const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.equal(await overflow(), 0);
      await fill(page, { stage: "full", category: "waged", base: "5,400" });
      await page.locator("#base").blur();
      await isRefused(page, "base");
      assert.equal(await overflow(), 0);
      await page.fill("#base", "5400");
      await page.evaluate(() => scrollTo(0, 0));
      const seen = await page.$eval(".amount strong", (amount) => amount.getBoundingClientRect().bottom <= innerHeight && amount.getBoundingClientRect().top >= 0);
      assert.ok(seen, "the amount is out of sight");
      await page.click("form button.main");
      await page.waitForSelector(".finished");
      assert.equal(await overflow(), 0);
      await page.context().close();
    });
  }

  for (const lang of ["zh", "en"]) {
    await test(about(`axe-core finds nothing: empty, with mistakes, with an amount, finished (${lang})`), async () => {
      const page = await opened(lang);
      assert.deepEqual(await faults(page), [], "empty");
      await page.click("form button.main");
      await fill(page, { stage: "full", category: "waged", base: "5,400" });
      await page.locator("#base").blur();
      await isRefused(page, "base");
      await page.click(".items summary");
      assert.deepEqual(await faults(page), [], "with mistakes");
      await fill(page, { base: "5400" });
      await page.waitForSelector("#base:not([aria-invalid])");
      assert.deepEqual(await faults(page), [], "with an amount");
      await page.click("form button.main");
      await page.waitForSelector(".finished");
      assert.deepEqual(await faults(page), [], "finished");
      await page.setViewportSize({ width: 375, height: 700 });
      assert.deepEqual(await faults(page), [], "on a phone");
      await page.context().close();
    });
  }
}

try {
  for (const file of ["index", "react"]) await holds(file);

  for (const id of RULE_SETS) {
    await test(`the page asks what the rule set ${id} asks`, async () => {
      const rules = await load(id);
      const { missing = [], assumed = [] } = rules.dues({}, PERIOD);
      const page = await open(browser, addressed("index", "en", `&rules=${id}`));
      const asked = new Set([...missing.map(({ name }) => name), ...assumed]);
      assert.deepEqual(new Set(await names(page)), asked);
      assert.ok(asked.size > 0);
      await page.context().close();
    });
  }

  await test("an amount that members declare themselves can be declared", async () => {
    const page = await open(browser, addressed("index", "en", "&rules=fdp"));
    await page.fill("#income", "3000");
    await page.click(".items summary");
    await page.click(".items button");
    await page.keyboard.type("50");
    const { amount } = (await load("fdp")).dues({ income: "3000", declared: "50" }, PERIOD);
    assert.equal(await text(page, ".amount strong"), amount);
    await page.context().close();
  });

  await test("without a month in the address it is this month", async () => {
    const page = await open(browser, `${origin}/`);
    const now = new Date();
    assert.equal(await page.inputValue("#period"), `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}`);
    await page.context().close();
  });

  await test("rules that do not exist are said to be the trouble", async () => {
    const page = await browser.newPage();
    await page.goto(addressed("index", "zh", "&rules=cpd"));
    await page.waitForSelector("[role=alert]");
    await page.close();
  });

  await test("opened once, both pages work without a network", async () => {
    const page = await open(browser, addressed("index", "zh"));
    await page.evaluate(async () => {
      await navigator.serviceWorker.ready;
      if (!navigator.serviceWorker.controller) await new Promise((taken) => navigator.serviceWorker.addEventListener("controllerchange", taken));
    });
    await stop();
    for (const file of ["index", "react"]) {
      await page.goto(addressed(file, "en"));
      await page.reload();
      await fill(page, { stage: "full", category: "waged", base: "5400" });
      await page.waitForFunction(() => document.querySelector(".amount").textContent.includes("81.00"));
    }
    await page.context().close();
  });

  await test("nothing broke the policy and nothing was left uncaught", () => assert.deepEqual(complaints, []));
} finally {
  await browser.close();
}
count();
