import type { Diagnostic, Position } from "./types.js";

/** What kind of error it is; codes never change their meaning. */
export type ErrorCode =
  | "refused_rule_set" | "unknown_rule_set" | "unknown_charge" | "no_charge" | "unknown_setting" | "bad_setting"
  | "not_set_aside" | "bad_period" | "bad_date" | "wrong_type" | "closed" | "not_loaded" | "bad_request"
  | "not_compiled" | "wrong_hash";

/** What an error says beside its message. */
export interface ErrorData {
  /** What the message is filled with, by name. */
  readonly params: { readonly [name: string]: string };
  /** Where in the text that was read it is. */
  readonly position?: Position;
  /** What is wrong with a rule set that is refused. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A call that cannot be answered. A fact that does not fit is none: the answer is then `rejected` and says which. */
export class RollbookError extends Error {
  override readonly name = "RollbookError";
  /** What kind of error it is. */
  readonly code: ErrorCode;
  /** Parameters, place and diagnostics. */
  readonly data: ErrorData;

  constructor(code: ErrorCode, message: string, data: ErrorData = { params: {}, diagnostics: [] }) {
    super(message);
    this.code = code;
    this.data = data;
  }

  /** The error of the engine, from its JSON. */
  static read(json: string): RollbookError {
    const { code, message, params = {}, position, diagnostics = [] } = JSON.parse(json) as
      { code: ErrorCode; message: string } & Partial<ErrorData>;
    return new RollbookError(code, message, { params, diagnostics, ...(position && { position }) });
  }
}

/** Whether something that was caught is an error of Rollbook, with a code and data; from another realm too. */
export function isRollbookError(caught: unknown): caught is RollbookError {
  return caught instanceof Error && caught.name === "RollbookError" && "code" in caught && "data" in caught;
}
