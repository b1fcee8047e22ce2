import { load } from "/node_modules/rollbook/dist/browser.js";

const cpc = await load("cpc");
postMessage(cpc.dues({ stage: "full", category: "waged", base: "5400" }, "2026-11").amount);
