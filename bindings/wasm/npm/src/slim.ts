// The package without loading of its own: for strict build systems, or one's own way to the bytes of the engine.

export { isRollbookError, RollbookError } from "./errors.js";
export type { ErrorCode, ErrorData } from "./errors.js";
export { init, initSync, RuleSet } from "./rules.js";
export type { EngineSource } from "./rules.js";
export type * from "./types.js";
