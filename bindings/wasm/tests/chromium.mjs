// The tests in Chromium, under a strict Content-Security-Policy: `node chromium.mjs PROGRAM`; ends with `N passed, N failed`.

import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

import { load, RULE_SET_SHA256 } from "rollbook";
import { questions } from "./questions.mjs";

const KINDS = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'; worker-src 'self'; form-action 'self'";

const folder = new URL(".", import.meta.url).pathname;
const corpus = process.env.ROLLBOOK_CORPUS.split(",");
const server = createServer((request, response) => {
  const path = normalize(new URL(request.url, "http://localhost").pathname);
  const kind = KINDS[extname(path)];
  // `/corpus/0/index.json`: a file of the first folder of the corpus.
  const [, number, name] = /^\/corpus\/(\d+)\/(.*)$/.exec(path) ?? [];
  // `/changed/cpc.bin`: the file as it ships, with one bit that fell over.
  const changed = path.startsWith("/changed/");
  const file = changed ? join(folder, "node_modules/rollbook/dist/rulesets", path.slice(9)) : join(folder, path);
  readFile(number === undefined ? file : join(corpus[Number(number)], name)).then(
    (bytes) => {
      if (changed) bytes[1000] ^= 1;
      return bytes;
    },
  ).then(
    (bytes) => response.writeHead(200, { "content-type": kind ?? "text/plain", "content-security-policy": POLICY }).end(bytes),
    () => response.writeHead(404).end(),
  );
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const origin = `http://127.0.0.1:${server.address().port}`;

const profile = mkdtempSync(join(tmpdir(), "rollbook-chromium-"));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: process.argv[2],
  headless: true,
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP intranet.test 127.0.0.1"],
});

let passed = 0;
let failed = 0;
async function test(fact, check) {
  try {
    await check();
    passed += 1;
    console.log(`ok - ${fact}`);
  } catch (problem) {
    failed += 1;
    console.log(`not ok - ${fact}\n${problem.stack}`);
  }
}

try {
  const page = await context.newPage();
  const complaints = [];
  const requests = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  page.on("pageerror", (problem) => complaints.push(problem.message));
  await page.goto(`${origin}/page.html`);
  const cpc = await load("cpc");

  await test("the first answer comes soon after the package was asked for", async () => {
    const milliseconds = await page.evaluate(() => page.start());
    console.log(`# first answer after ${milliseconds.toFixed(1)} ms`);
    assert.ok(milliseconds < 1000, `${milliseconds} ms`);
  });

  await test("a page fetches one module, the engine and the rule set that it names", async () => {
    const folder = "/node_modules/rollbook/dist/";
    const fetched = requests.filter((path) => path.startsWith(folder)).map((path) => path.slice(folder.length));
    assert.deepEqual(fetched.sort(), ["browser.js", "engine_bg.wasm", "forms.js", "rulesets/cpc.bin"]);
  });

  const engines = () => requests.filter((path) => path.endsWith(".wasm")).map((path) => path.split("/").at(-1));
  const compiled = { sha256: RULE_SET_SHA256.cpc, hash: cpc.hash };
  await test("a page that loads checked rule sets fetches the small engine alone", async () => {
    assert.equal(await page.evaluate(({ sha256 }) => page.own("/node_modules/rollbook/dist/rulesets/cpc.bin", sha256), compiled), "81.00");
    assert.deepEqual(await page.evaluate(() => page.caught("parse")), [true, true, "not_loaded"]);
    assert.deepEqual(engines(), ["engine_bg.wasm"]);
  });

  await test("a rule set that was changed on its way is refused", async () => {
    const refused = (path, sha256) => page.evaluate(([path, sha256]) => page.refused(path, sha256), [path, sha256]);
    assert.equal(await refused("/changed/cpc.bin", compiled.sha256), "wrong_hash");
    assert.equal(await refused("/node_modules/rollbook/dist/rulesets/cpc.bin", "0".repeat(64)), "wrong_hash");
    assert.equal(await refused("/node_modules/rollbook/dist/rulesets/cpc.json", compiled.sha256), "not_compiled");
    assert.deepEqual(engines(), ["engine_bg.wasm"]);
  });

  await test("a page without TLS, where the browser computes no hash, holds rule sets against theirs too", async () => {
    const plain = await context.newPage();
    await plain.goto(`http://intranet.test:${server.address().port}/page.html`);
    assert.equal(await plain.evaluate(() => globalThis.crypto.subtle), undefined);
    assert.equal(await plain.evaluate(({ sha256 }) => page.own("/node_modules/rollbook/dist/rulesets/cpc.bin", sha256), compiled), "81.00");
    assert.equal(await plain.evaluate(({ sha256 }) => page.refused("/changed/cpc.bin", sha256), compiled), "wrong_hash");
    await plain.close();
  });

  await test("a document of one's own takes the full engine", async () => {
    assert.equal(await page.evaluate(() => page.parsed()), compiled.hash);
    assert.deepEqual(engines(), ["engine_bg.wasm", "full_bg.wasm"]);
  });

  const answers = await page.evaluate((asked) => page.answers(asked), questions);
  for (const [at, [facts, request]] of questions.entries()) {
    await test(`answer ${at + 1} and its explanations have the bytes that Node gives`, () => {
      const asked = { ...(typeof request === "string" ? { period: request } : request), trace: true };
      assert.deepEqual(answers[at], [cpc.duesJson(facts, request), cpc.explain(facts, asked, "zh"), cpc.explain(facts, asked, "en")]);
    });
  }

  await test("an error is an Error with its code in the page too", async () => {
    assert.deepEqual(await page.evaluate(() => page.caught("unknownRuleSet")), [true, true, "unknown_rule_set"]);
    assert.deepEqual(await page.evaluate(() => page.caught("float")), [true, true, "wrong_type"]);
  });

  await test("every case of the corpus has the bytes that it has in every language", async () => {
    const { asked, failed } = await page.evaluate((folders) => page.corpus(folders), corpus.length);
    console.log(`corpus: ${asked - failed.length} passed, ${failed.length} failed`);
    assert.deepEqual(failed[0]?.got, failed[0]?.results, failed[0]?.name);
  });

  await test("a worker answers as the page does", async () => {
    assert.equal(await page.evaluate(() => page.worker()), "81.00");
  });

  const says = (name) => page.$eval(`[name=${name}]`, (control) => control.validationMessage);
  await test("an empty form says at each field what is missing", async () => {
    const title = await page.evaluate(() => page.rules.facts().find((fact) => fact.name === "category").titles.en);
    assert.equal(await says("category"), `still needed: ${title}`);
    assert.equal(await page.$eval("output", (output) => output.value), "needs_facts");
  });

  await test("what is typed is judged as it is typed", async () => {
    await page.selectOption("[name=category]", "waged");
    assert.equal(await says("category"), "");
    await page.focus("[name=base]");
    await page.keyboard.type("5,400");
    assert.match(await says("base"), /`5,400` cannot be read/);
    assert.equal(await page.$eval("output", (output) => output.value), "rejected");
  });

  await test("a form that is wrong is not sent, and the first mistake has the focus", async () => {
    await page.focus("button");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.name), "base");
    assert.equal(await page.$eval("form", (form) => form.checkValidity()), false);
  });

  await test("a form that is right shows its amount", async () => {
    await page.fill("[name=base]", "5400");
    assert.equal(await says("base"), "");
    assert.equal(await page.$eval("form", (form) => form.checkValidity()), true);
    assert.equal(await page.$eval("output", (output) => output.value), "81.00");
  });

  await test("nothing broke the policy and nothing was left uncaught", async () => {
    assert.deepEqual(await page.evaluate(() => page.violations), []);
    assert.deepEqual(complaints, []);
  });
} finally {
  await context.close();
  server.close();
  rmSync(profile, { recursive: true, force: true });
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
