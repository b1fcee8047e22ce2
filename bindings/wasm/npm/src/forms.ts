// What form libraries expect, without depending on one. Whether a value is right is decided by the engine alone.

import type { RuleSet } from "./rules.js";
import type { Facts, FactValue, Issue, Request } from "./types.js";

/** How a form is validated. */
export interface FormOptions extends Partial<Request> {
  /** The language of the messages. */
  readonly language: string;
}

/** What a form holds: a field that is empty is not given. */
export type FormValues = { readonly [name: string]: FactValue | null | undefined };

/** The facts of a form: an empty text, `null` and `undefined` are what an untouched field has, so they are left out. */
export function factsOf(values: FormValues): Facts {
  const given = ([, value]: [string, unknown]) => value !== "" && value !== null && value !== undefined;
  return Object.fromEntries(Object.entries(values).filter(given)) as Facts;
}

/**
 * The issues of a form that stop it: what cannot be read; with a `period` also what is missing for the answer and
 * whatever else leaves it without an amount.
 */
export function issuesOf(rules: RuleSet, values: FormValues, options: FormOptions): Issue[] {
  const { language, period, ...request } = options;
  const facts = factsOf(values);
  const all = period === undefined
    ? rules.validate(facts, request.charge, language)
    : rules.issues(facts, { ...request, period, trace: false }, language);
  return all.filter((issue) => issue.severity === "error");
}

/** An issue as Standard Schema has it, with code and parameters kept. */
export interface SchemaIssue {
  readonly message: string;
  readonly path: readonly (string | number)[];
  readonly code: string;
  readonly params: { readonly [name: string]: string };
  readonly pointer: string;
}

/** A schema by the interfaces `StandardSchemaV1` and `StandardJSONSchemaV1` of `@standard-schema/spec`. */
export interface FormSchema {
  readonly "~standard": {
    readonly version: 1;
    readonly vendor: "rollbook";
    readonly validate: (value: unknown) => { readonly value: Facts } | { readonly issues: readonly SchemaIssue[] };
    readonly jsonSchema: {
      readonly input: (options: { readonly target: string }) => Record<string, unknown>;
      readonly output: (options: { readonly target: string }) => Record<string, unknown>;
    };
    readonly types?: { readonly input: FormValues; readonly output: Facts };
  };
}

const DRAFTS: { readonly [target: string]: string } = {
  "draft-2020-12": "https://json-schema.org/draft/2020-12/schema",
  "draft-07": "http://json-schema.org/draft-07/schema#",
};

/** A Standard Schema of a form. It validates without waiting, so it also serves where nothing may be awaited. */
export function standardSchema(rules: RuleSet, options: FormOptions): FormSchema {
  const jsonSchema = ({ target }: { readonly target: string }) => {
    const draft = DRAFTS[target];
    if (draft === undefined) throw new Error(`there is no JSON Schema for the target ${target}`);
    return { ...rules.factsSchema(options.charge, options.language), $schema: draft };
  };
  return {
    "~standard": {
      version: 1,
      vendor: "rollbook",
      validate(value) {
        // The engine says what is wrong with a form that is no object of values.
        const values = (typeof value === "object" && value !== null ? value : { "": value }) as FormValues;
        const issues = issuesOf(rules, values, options);
        if (issues.length === 0) return { value: factsOf(values) };
        return { issues: issues.map(({ message, path, code, params = {}, pointer }) => ({ message, path, code, params, pointer })) };
      },
      jsonSchema: { input: jsonSchema, output: jsonSchema },
    },
  };
}

/** An error at a field, as react-hook-form has it. */
export interface FieldError {
  readonly type: string;
  readonly message: string;
}
/** Errors by field; those of records stand in lists. */
export interface FieldErrors {
  [name: string]: FieldError | FieldErrors | undefined;
}

/** What react-hook-form gets: the values without empty fields, or errors by field. */
export type Resolved<Values> = { values: Values; errors: Record<string, never> } | { values: Record<string, never>; errors: Record<string, any> };

/** A resolver for react-hook-form: `useForm({ resolver: rhfResolver(rules, { language: "zh" }) })`. `type` is the code. */
export function rhfResolver<Values extends object = FormValues>(rules: RuleSet, options: FormOptions) {
  return (values: Values): Resolved<Values> => {
    const issues = issuesOf(rules, values as FormValues, options);
    if (issues.length === 0) return { values: factsOf(values as FormValues) as Values, errors: {} };
    const errors: FieldErrors = {};
    for (const { path, code: type, message } of issues) put(errors, path.length > 0 ? path : ["root"], { type, message });
    return { values: {}, errors };
  };
}

/** Puts an error at a path; the first at a field stays. */
function put(errors: FieldErrors, path: readonly (string | number)[], error: FieldError): void {
  let place = errors;
  for (const [at, item] of path.slice(0, -1).entries()) {
    const inside = typeof path[at + 1] === "number" ? ([] as unknown as FieldErrors) : {};
    place = (place[item] ??= inside) as FieldErrors;
  }
  place[path[path.length - 1]!] ??= error as never;
}

/** A control of a form that can be marked as wrong. */
interface Control {
  readonly name: string;
  setCustomValidity(message: string): void;
}

/**
 * Marks the controls of a form by the constraint validation of HTML: each control whose name is the path of an issue
 * (`base`, `payments.0.paid`) gets its message, all others are cleared. Gives back the issues without a control; call
 * `form.reportValidity()` to show the first and put the focus there.
 */
export function applyValidity(form: { readonly elements: Iterable<unknown> }, issues: readonly Issue[]): Issue[] {
  const messages = new Map<string, string>();
  for (const { path, message } of issues) {
    const name = path.join(".");
    if (!messages.has(name)) messages.set(name, message);
  }
  const marked = new Set<string>();
  for (const element of form.elements) {
    const control = element as Partial<Control>;
    if (typeof control.setCustomValidity !== "function") continue;
    const message = messages.get(control.name ?? "");
    // Of radio buttons with one name the first says it for all.
    const says = control.name !== undefined && control.name !== "" && message !== undefined && !marked.has(control.name);
    control.setCustomValidity(says ? message : "");
    if (says) marked.add(control.name);
  }
  return issues.filter(({ path }) => !marked.has(path.join(".")));
}

/** A problem of RFC 9457, as `application/problem+json`. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly errors: readonly {
    readonly pointer: string;
    readonly code: string;
    readonly detail: string;
    readonly params?: { readonly [name: string]: string };
  }[];
}

/** Issues as a problem of RFC 9457, for the answer of a service to a request that it refuses. */
export function toProblem(
  issues: readonly Issue[],
  { type = "about:blank", title = "Unprocessable Content", status = 422 }: Partial<Omit<Problem, "errors">> = {},
): Problem {
  const errors = issues.map(({ pointer, code, message, params }) => ({ pointer, code, detail: message, ...(params && { params }) }));
  return { type, title, status, errors };
}
