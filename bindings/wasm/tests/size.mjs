// What the engine weighs as it travels: compressed by brotli at its strongest, without rule sets.

import { readFileSync } from "node:fs";
import { brotliCompressSync, constants } from "node:zlib";

const budget = Number(process.argv[2]);
const engine = readFileSync(new URL("./node_modules/rollbook/dist/engine_bg.wasm", import.meta.url));
const params = { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: engine.length };
const weight = brotliCompressSync(engine, { params }).length;
console.log(`the engine has ${engine.length} bytes, ${weight} compressed; its budget is ${budget}`);
if (!(weight <= budget)) process.exitCode = 1;
