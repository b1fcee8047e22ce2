import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { build } from "esbuild";
import { Miniflare } from "miniflare";

import { load } from "rollbook";

test("a worker whose modules are compiled on deployment answers as Node does", async () => {
  const facts = { stage: "full", category: "waged", base: "5400" };
  const worker = `
    import { load } from "rollbook";
    const cpc = await load("cpc");
    const facts = ${JSON.stringify(facts)};
    export default {
      fetch: async () => Response.json([
        cpc.duesJson(facts, "2026-11"), await load("cpd").catch((problem) => problem.code),
      ]),
    };`;
  // As the tools of such workers do: one script by the condition `workerd`, with the engine beside it.
  const { outputFiles: [script] } = await build({
    stdin: { contents: worker, resolveDir: import.meta.dirname },
    bundle: true, write: false, format: "esm", target: "es2022", conditions: ["workerd"], external: ["*.wasm"],
  });
  const engine = readFileSync(new URL("./node_modules/rollbook/dist/engine_bg.wasm", import.meta.url));
  const flare = new Miniflare({
    compatibilityDate: "2026-01-01",
    modules: [
      { type: "ESModule", path: "worker.mjs", contents: script.text },
      { type: "CompiledWasm", path: "engine_bg.wasm", contents: engine },
    ],
  });
  try {
    const response = await flare.dispatchFetch("http://localhost/");
    const [answer, code] = await response.json();
    assert.equal(answer, (await load("cpc")).duesJson(facts, "2026-11"));
    assert.equal(code, "unknown_rule_set");
  } finally {
    await flare.dispose();
  }
});
