// What the tests stand on: a server with the strict policy, Chromium, and the count.

import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

const KINDS = {
  ".html": "text/html", ".js": "text/javascript", ".json": "application/json", ".wasm": "application/wasm", ".css": "text/css", ".svg": "image/svg+xml",
};
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'; connect-src 'self'; worker-src 'self'; form-action 'none'; base-uri 'none'";
const folder = new URL("../dist/", import.meta.url).pathname;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Serves the finished page; `stop` cuts the network. */
export async function serve() {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url, "http://localhost").pathname).replace(/\/$/, "/index.html");
    readFile(join(folder, path)).then(
      (bytes) => response.writeHead(200, { "content-type": KINDS[extname(path)] ?? "text/plain", "content-security-policy": POLICY }).end(bytes),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
  const stop = () => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    return closed;
  };
  return { origin: `http://127.0.0.1:${server.address().port}`, stop };
}

/** Starts Chromium; its profile is new and goes with it. */
export function start(program) {
  return chromium.launch({
    executablePath: program,
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
      "--disable-component-update", "--disable-sync"],
  });
}

/** What was wrong in any page, though no test asked: breaches of the policy, errors on the console, uncaught errors. */
export const complaints = [];

/** Opens a page of the example as somebody opens it for the first time. */
export async function open(browser, address, { width = 1280, height = 900 } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, locale: "en-US" });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (problem) => complaints.push(`${address}: ${problem.message}`));
  page.on("console", (message) => { if (message.type() === "error") complaints.push(`${address}: ${message.text()}`); });
  await page.goto(address);
  await page.waitForSelector("form");
  return page;
}

/** What axe-core finds wrong, as `rule: element`. */
export async function faults(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => axe.run(document, { resultTypes: ["violations"] }));
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, failureSummary }) => `${id}: ${target} ${failureSummary}`));
}

let passed = 0;
let failed = 0;

/** One fact, checked. */
export async function test(fact, check) {
  try {
    await check();
    passed += 1;
    console.log(`ok - ${fact}`);
  } catch (problem) {
    failed += 1;
    console.log(`not ok - ${fact}\n${problem.stack}`);
  }
}

/** The last line, and the ending of the program. */
export function count() {
  console.log(`${passed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}
