// A field of the form for a fact, as react-hook-form registers it.

import { useState } from "react";
import type { UseFormReturn } from "react-hook-form";
import type { Fact, Issue } from "rollbook";
import type { Values } from "../declaration.js";
import { inputOf, optionsOf } from "../fields.js";
import { hintOf, leftOut, sentence, textsIn, titleOf, unitOf } from "../texts.js";

export type FormOf = UseFormReturn<Values>;

interface FieldProps {
  readonly fact: Fact;
  readonly language: string;
  readonly form: FormOf;
  readonly issue: Issue | undefined;
  readonly remove: (() => void) | undefined;
}

export function Field({ fact, language, form, issue, remove }: FieldProps) {
  const texts = textsIn(language);
  const { name } = fact;
  const [title, unit, hint] = [titleOf(fact, language), unitOf(fact, language), hintOf(fact, language)];
  const message = form.formState.errors[name]?.message;
  const near = message === issue?.message ? issue?.params?.["near"] : undefined;
  const isOptional = fact.unless_given !== undefined;
  const described = [hint && `${name}-hint`, unit && `${name}-unit`, message && `${name}-error`].filter((id) => id);
  const attributes = {
    id: name,
    "aria-required": isOptional ? undefined : true,
    "aria-invalid": message ? true : undefined,
    "aria-describedby": described.join(" ") || undefined,
    ...form.register(name),
  };
  const options = optionsOf(fact, language);
  const { type, inputmode } = inputOf(fact);
  const replace = (value: string) => {
    form.setValue(name, value, { shouldValidate: true });
    document.getElementById(name)?.focus();
  };
  return (
    <div className="field">
      <div className="head">
        <label htmlFor={name}>{title}{isOptional && <> <span className="optional">{texts.optional}</span></>}</label>
        {remove && <button type="button" className="remove" aria-label={texts.remove(title)} onClick={remove}>×</button>}
      </div>
      {hint && <p className="hint" id={`${name}-hint`}>{hint}</p>}
      <div className="entry">
        {options
          ? (
            <select {...attributes}>
              <option value="">{sentence(isOptional ? texts.leftOut(leftOut(fact, language)) : texts.choose)}</option>
              {options.map(([value, shown]) => <option key={value} value={value}>{shown}</option>)}
            </select>
          )
          : <input type={type} inputMode={inputmode} autoComplete="off" {...attributes} />}
        {unit && <span className="unit" id={`${name}-unit`}>{unit}</span>}
      </div>
      {message && (
        <p className="error" id={`${name}-error`}>
          {sentence(message)}
          {near && <> <button type="button" className="instead" onClick={() => replace(near)}>{texts.instead(near)}</button></>}
        </p>
      )}
    </div>
  );
}

interface ItemsProps {
  readonly title: string;
  readonly facts: readonly Fact[];
  readonly language: string;
  readonly add: (name: string) => void;
}

/** What may be added to what is asked. */
export function Items({ title, facts, language, add }: ItemsProps) {
  const texts = textsIn(language);
  const [chosen, choose] = useState("");
  const name = facts.some((fact) => fact.name === chosen) ? chosen : facts[0]!.name;
  return (
    <details>
      <summary>{title}</summary>
      <div className="head"><label htmlFor="item">{texts.item}</label></div>
      <div className="entry">
        <select id="item" value={name} onChange={({ target }) => choose(target.value)}>
          {facts.map((fact) => <option key={fact.name} value={fact.name}>{titleOf(fact, language)}</option>)}
        </select>
        <button type="button" onClick={() => add(name)}>{texts.add}</button>
      </div>
    </details>
  );
}
