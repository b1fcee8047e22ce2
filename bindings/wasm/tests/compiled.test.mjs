import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

import { isRollbookError, load, RULE_SET_SHA256, RULE_SETS, RuleSet } from "rollbook";
import { questions } from "./questions.mjs";

const require = createRequire(import.meta.url);
const file = (id) => readFileSync(require.resolve(`rollbook/rulesets/${id}.bin`));
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
const cpc = file("cpc");

/** The code of the error with which bytes are refused. */
function refused(bytes, hash) {
  try {
    RuleSet.compiled(bytes, hash);
  } catch (caught) {
    assert.ok(isRollbookError(caught), caught);
    return caught.code;
  }
  throw new assert.AssertionError({ message: "the bytes were not refused" });
}

test("the hashes of the package are those of its files", () => {
  for (const id of RULE_SETS) assert.equal(RULE_SET_SHA256[id], sha256(file(id)), id);
});

test("a compiled rule set answers as its document does when that is read and checked", async () => {
  for (const id of RULE_SETS) {
    const compiled = await load(id);
    const read = RuleSet.parse(compiled.document());
    assert.equal(read.hash, compiled.hash);
    assert.deepEqual(compiled.facts(), read.facts());
    assert.deepEqual([compiled.charges, compiled.answers, compiled.languages], [read.charges, read.answers, read.languages]);
    for (const [facts, request] of questions) {
      const asked = { ...(typeof request === "string" ? { period: request } : request), trace: true };
      const said = (rules) => {
        try {
          return [rules.duesJson(facts, request), rules.explain(facts, asked, "zh"), rules.explain(facts, asked, "en", "json")];
        } catch (caught) {
          return caught.message;
        }
      };
      assert.deepEqual(said(compiled), said(read));
    }
  }
});

test("a byte that was changed anywhere is seen by the hash", () => {
  for (let at = 10; at < cpc.length; at += 97) {
    const changed = Uint8Array.from(cpc);
    changed[at] ^= 1;
    assert.equal(refused(changed, RULE_SET_SHA256.cpc), "wrong_hash", `byte ${at}`);
  }
});

test("a hash that is another or none at all is refused", () => {
  for (const hash of [RULE_SET_SHA256.cyl, "", "x", "0".repeat(64), RULE_SET_SHA256.cpc.slice(1), "\ud800", "9".repeat(100_000)]) {
    assert.equal(refused(cpc, hash), "wrong_hash", hash.slice(0, 70));
  }
  assert.equal(RuleSet.compiled(cpc, RULE_SET_SHA256.cpc.toUpperCase()).id, "cpc");
});

test("a hash that was computed before is compared and not computed again", () => {
  const hash = RULE_SET_SHA256.cpc;
  assert.equal(RuleSet.compiled(cpc, hash, hash.toUpperCase()).id, "cpc");
  for (const digest of [RULE_SET_SHA256.cyl, "", "\ud800", "9".repeat(100_000)]) {
    assert.throws(() => RuleSet.compiled(cpc, hash, digest), { code: "wrong_hash" });
  }
});

test("what is cut off is refused, with the hash of the whole and with its own", () => {
  for (let length = 0; length < cpc.length; length += 251) {
    const cut = cpc.subarray(0, length);
    assert.match(refused(cut, RULE_SET_SHA256.cpc), /wrong_hash|not_compiled/, `${length} bytes`);
    assert.equal(refused(cut, sha256(cut)), "not_compiled", `${length} bytes`);
  }
  const longer = Buffer.concat([cpc, Buffer.from([0])]);
  assert.equal(refused(longer, sha256(longer)), "not_compiled");
});

test("a rule set of another format is refused by its number, and another file as such", () => {
  const later = Uint8Array.from(cpc);
  later[8] = 99;
  assert.throws(() => RuleSet.compiled(later, sha256(later)), ({ code, message, data }) =>
    code === "not_compiled" && /of format 99, and this version reads format \d+/.test(message) && /^\d+$/.test(data.params.format));
  const document = Buffer.from(readFileSync(require.resolve("rollbook/rulesets/cpc.json")));
  assert.equal(refused(document, sha256(document)), "not_compiled");
});

test("bytes that somebody vouches for without having compiled them end in an error or a rule set", () => {
  for (let at = 9; at < cpc.length; at += 61) {
    const changed = Uint8Array.from(cpc);
    changed[at] = (changed[at] + 1 + at) & 255;
    try {
      RuleSet.compiled(changed, sha256(changed)).free();
    } catch (caught) {
      assert.equal(caught.code, "not_compiled", caught);
    }
  }
});

test("a compiled rule set of one's own is loaded from a path or an address", async () => {
  const folder = mkdtempSync(join(tmpdir(), "rollbook-"));
  try {
    const path = join(folder, "own.bin");
    writeFileSync(path, cpc);
    const hash = { sha256: sha256(cpc) };
    assert.equal((await load(path, hash)).id, "cpc");
    assert.equal((await load(pathToFileURL(path), hash)).id, "cpc");
    assert.equal((await load(String(pathToFileURL(path)), hash)).id, "cpc");
    await assert.rejects(load(path, { sha256: sha256(file("cyl")) }), { code: "wrong_hash" });
    await assert.rejects(load(join(folder, "none.bin"), hash), { code: "ENOENT" });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
