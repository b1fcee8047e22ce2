// What the engines weigh as they travel: compressed by brotli at its strongest, without rule sets. `node size.mjs FILE=BUDGET…`

import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

for (const [file, budget] of process.argv.slice(2).map((argument) => argument.split("="))) {
  const engine = readFileSync(new URL(`./node_modules/rollbook/dist/${file}`, import.meta.url));
  const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: engine.length };
  const weight = brotliCompressSync(engine, { params }).length;
  console.log(`${file} has ${engine.length} bytes, ${weight} compressed; its budget is ${budget}`);
  if (!(weight <= Number(budget))) process.exitCode = 1;
}
