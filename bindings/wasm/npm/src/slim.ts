// The package without loading of its own: for strict build systems, or one's own way to the bytes of the engine.

export { RULE_SET_SHA256, RULE_SETS } from "./builtin.js";
export type { RuleSetId } from "./builtin.js";
export { init, initSync } from "./engines.js";
export type { EngineName, EngineSource } from "./engines.js";
export { isRollbookError, RollbookError } from "./errors.js";
export type { ErrorCode, ErrorData } from "./errors.js";
export type { Compiled } from "./loading.js";
export { RuleSet } from "./rules.js";
export type * from "./types.js";
