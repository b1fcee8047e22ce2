// The npm package in Node.

import { LogicEngine } from "json-logic-engine";
import { load } from "rollbook";

import { aMillionCalls, measured, report } from "./calls.mjs";
import { line } from "./report.mjs";

const cpc = await load("cpc");
report(line, measured(cpc, new LogicEngine()));

const resident = () => {
  globalThis.gc();
  return process.memoryUsage().rss / 1024 ** 2;
};
aMillionCalls(cpc, 500_000); // the host settles on the size of its own heap
const before = resident();
aMillionCalls(cpc);
line("memory after a million calls more", resident() - before, "MiB", 32);
