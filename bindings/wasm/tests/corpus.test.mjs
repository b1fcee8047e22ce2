import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import * as rollbook from "rollbook";
import { runCorpus } from "./corpus.mjs";

test("every case of the corpus has the bytes that it has in every language", async () => {
  const folders = process.env.ROLLBOOK_CORPUS.split(",");
  const runs = await Promise.all(folders.map((folder) => runCorpus(rollbook, (name) => readFileSync(join(folder, name), "utf8"))));
  const failed = runs.flatMap((run) => run.failed);
  console.log(`corpus: ${runs.reduce((sum, run) => sum + run.asked, 0) - failed.length} passed, ${failed.length} failed`);
  assert.deepEqual(failed[0]?.got, failed[0]?.results, failed[0]?.name);
});
