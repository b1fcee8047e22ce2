import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";

import { build } from "esbuild";
import { Miniflare } from "miniflare";

import { load } from "rollbook";

test("a worker whose modules are compiled on deployment answers as Node does", async () => {
  const facts = { stage: "full", category: "waged", base: "5400" };
  const worker = `
    import { load, ready, RuleSet } from "rollbook";
    const cpc = await load("cpc");
    const facts = ${JSON.stringify(facts)};
    const parsed = async () => {
      await ready("full");
      return RuleSet.parse(cpc.document()).hash;
    };
    export default {
      fetch: async () => Response.json([
        cpc.duesJson(facts, "2026-11"), await load("cpd").catch((problem) => problem.code), await parsed(),
      ]),
    };`;
  // As the tools of such workers do: one script by the condition `workerd`, with the engine beside it.
  const { outputFiles: [script] } = await build({
    stdin: { contents: worker, resolveDir: import.meta.dirname },
    bundle: true, write: false, format: "esm", target: "es2022", conditions: ["workerd"], external: ["*.wasm"],
  });
  const engine = (path) => ({
    type: "CompiledWasm", path, contents: readFileSync(new URL(`./node_modules/rollbook/dist/${path}`, import.meta.url)),
  });
  const flare = new Miniflare({
    compatibilityDate: "2026-01-01",
    modules: [
      { type: "ESModule", path: "worker.mjs", contents: script.text },
      engine("engine_bg.wasm"),
      engine("full_bg.wasm"),
    ],
  });
  try {
    const response = await flare.dispatchFetch("http://localhost/");
    const [answer, code, hash] = await response.json();
    assert.equal(answer, (await load("cpc")).duesJson(facts, "2026-11"));
    assert.equal(code, "unknown_rule_set");
    assert.equal(hash, (await load("cpc")).hash);
  } finally {
    await flare.dispose();
  }
});
