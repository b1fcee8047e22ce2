// The npm package in Chromium: `node chromium.mjs PROGRAM`. Everything is served from this folder.

import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, normalize } from "node:path";
import { chromium } from "playwright-core";

import { report } from "./calls.mjs";
import { line } from "./report.mjs";

const KINDS = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".json": "application/json", ".wasm": "application/wasm" };
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
  "--disable-component-update", "--disable-sync"];

const folder = new URL(".", import.meta.url).pathname;
/** What was served before is in memory, as a server of files has it. */
const served = new Map([["/", "<!doctype html><title>Dues</title>"], ["/nothing.mjs", ""]].map(([path, text]) => [path, Buffer.from(text)]));
const server = createServer(async (request, response) => {
  const path = normalize(new URL(request.url, "http://localhost").pathname);
  const bytes = served.get(path) ?? await readFile(join(folder, path)).catch(() => undefined);
  if (bytes === undefined) return response.writeHead(404).end();
  served.set(path, bytes);
  const kind = KINDS[path === "/" ? ".html" : extname(path)] ?? "text/plain";
  return response.writeHead(200, { "content-type": kind, "content-length": bytes.length }).end(bytes);
});
await new Promise((listening) => server.listen(0, "127.0.0.1", listening));
const origin = `http://127.0.0.1:${server.address().port}`;

/** So many milliseconds a browser that was just started has for itself, before anything is asked of it. */
const SETTLED = 1500;

/** A browser that has seen nothing yet. */
async function fresh(use) {
  const profile = mkdtempSync(join(tmpdir(), "rollbook-bench-"));
  const context = await chromium.launchPersistentContext(profile, { executablePath: process.argv[2], headless: true, args: ARGUMENTS });
  try {
    const page = await context.newPage();
    await page.goto(`${origin}/`);
    await page.waitForTimeout(SETTLED);
    return await use(page);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** From nothing to the first answer, then to that of a second rule set, then the fetch of a third and no more, in milliseconds. */
const start = (page) => page.evaluate(async () => {
  const begin = performance.now();
  const { load } = await import("/node_modules/rollbook/dist/browser.js");
  const cpc = await load("cpc");
  const amount = cpc.dues({ stage: "full", category: "waged", base: "5400" }, "2026-11").amount;
  const first = performance.now();
  const second = await load("igmetall");
  second.dues({}, "2026-11");
  const end = performance.now();
  await (await fetch("/node_modules/rollbook/dist/rulesets/fdp.bin")).arrayBuffer();
  const fetched = performance.now();
  if (amount !== "81.00") throw new Error(amount);
  return [first - begin, end - first, fetched - end];
});

/** The import of a module that does nothing, in milliseconds. */
const nothing = (page) => page.evaluate(async () => {
  const begin = performance.now();
  await import("/nothing.mjs");
  return performance.now() - begin;
});

const median = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)];

try {
  const [starts, imports] = [[], []];
  for (let turn = 0; turn < 9; turn += 1) {
    starts.push(await fresh(start));
    imports.push(await fresh(nothing));
  }
  line("start: import to first answer in a browser that has seen nothing", median(starts.map(([first]) => first)), "ms", 30);
  line("the import of a module that does nothing, likewise", median(imports), "ms");
  line("the first answer of a second rule set", median(starts.map(([, second]) => second)), "ms", 5);
  line("the fetch of a third, of the same size, and no more", median(starts.map(([, , fetched]) => fetched)), "ms");
  report(line, await fresh((page) => page.evaluate(async () => {
    const { load } = await import("/node_modules/rollbook/dist/browser.js");
    const { LogicEngine } = await import("/peer.js");
    const { measured } = await import("/calls.mjs");
    return measured(await load("cpc"), new LogicEngine());
  })));
} finally {
  server.close();
}
