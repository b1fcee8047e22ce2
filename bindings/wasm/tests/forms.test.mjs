import assert from "node:assert/strict";
import { test } from "node:test";

import { createFormControl } from "react-hook-form";
import { load } from "rollbook";
import { applyValidity, factsOf, issuesOf, rhfResolver, standardSchema, toProblem } from "rollbook/forms";

const cpc = await load("cpc");
const options = { language: "en", charge: "dues", period: "2026-11" };
const sound = { stage: "full", category: "waged", base: "5400" };

test("an untouched field is not given", () => {
  assert.deepEqual(factsOf({ base: "", joined: null, stage: undefined, category: "waged" }), { category: "waged" });
});

test("without a period a form is judged by its values, with one also by what is missing", () => {
  assert.deepEqual(issuesOf(cpc, { stage: "full" }, { language: "en" }), []);
  const issues = issuesOf(cpc, { ...sound, base: "" }, options);
  assert.deepEqual(issues.map(({ code, pointer, message }) => [code, pointer, message]), [["missing", "/base", "still needed: dues base"]]);
  assert.deepEqual(issuesOf(cpc, sound, options), []);
});

test("a Standard Schema answers at once and keeps code and parameters", () => {
  const { validate, version, vendor, jsonSchema } = standardSchema(cpc, options)["~standard"];
  assert.deepEqual([version, vendor], [1, "rollbook"]);
  assert.deepEqual(validate({ ...sound, joined: "" }), { value: sound });
  const { issues } = validate({ ...sound, base: "5,400" });
  assert.equal(issues.length, 1);
  assert.deepEqual([issues[0].path, issues[0].code, issues[0].params.value], [["base"], "bad_value", "5,400"]);
  assert.match(issues[0].message, /5,400/);
  assert.ok(validate("no form").issues.length > 0);
  assert.equal(jsonSchema.input({ target: "draft-07" }).$schema, "http://json-schema.org/draft-07/schema#");
  assert.ok("base" in jsonSchema.output({ target: "draft-2020-12" }).properties);
  assert.throws(() => jsonSchema.input({ target: "openapi-3.0" }));
});

test("a field of a record has its number in the path", () => {
  const voluntary_payments = [{ paid: "10", paid_on: "2026-11-05" }, { paid: "x", paid_on: "2026-11-05" }];
  const { issues } = standardSchema(cpc, { language: "zh" })["~standard"].validate({ voluntary_payments });
  assert.deepEqual(issues.map(({ path, pointer }) => [path, pointer]), [[["voluntary_payments", 1, "paid"], "/voluntary_payments/1/paid"]]);
});

test("react-hook-form shows the code as the type, at the field", async () => {
  const { formControl } = createFormControl({ resolver: rhfResolver(cpc, options), defaultValues: { ...sound, base: "5,400" } });
  const { control, trigger, setValue, handleSubmit } = formControl;
  control._subjects.state.subscribe({ next() {} });
  control._proxyFormState.errors = true;
  assert.equal(await trigger(), false);
  assert.equal(control._formState.errors.base.type, "bad_value");
  setValue("base", "5400");
  assert.equal(await trigger(), true);
  let submitted;
  await handleSubmit((values) => { submitted = values; })();
  assert.deepEqual(submitted, sound);
});

test("errors of records stand in lists, and the first of a field stays", () => {
  const resolve = rhfResolver(cpc, { language: "en" });
  const { errors } = resolve({ voluntary_payments: [{ paid: "x", paid_on: "y" }] });
  assert.ok(Array.isArray(errors.voluntary_payments));
  assert.deepEqual(Object.keys(errors.voluntary_payments[0]).sort(), ["paid", "paid_on"]);
});

test("controls are marked by name and cleared when they are right", () => {
  const control = (name) => ({ name, said: "?", setCustomValidity(message) { this.said = message; } });
  const [stage, base, fields] = [control("stage"), control("base"), { name: "fields" }];
  const form = { elements: [stage, base, control(""), fields] };
  const rest = applyValidity(form, issuesOf(cpc, { ...sound, base: "-1", joined: "x" }, options));
  assert.equal(stage.said, "");
  assert.match(base.said, /out of range/);
  assert.deepEqual(rest.map(({ pointer }) => pointer), ["/joined"]);
  assert.deepEqual(applyValidity(form, []), []);
  assert.equal(base.said, "");
});

test("a problem has a pointer, a code and a detail for each issue", () => {
  const problem = toProblem(issuesOf(cpc, { ...sound, base: "5,400" }, options));
  assert.deepEqual([problem.type, problem.status], ["about:blank", 422]);
  assert.deepEqual([problem.errors[0].pointer, problem.errors[0].code], ["/base", "bad_value"]);
  assert.match(problem.errors[0].detail, /5,400/);
});
