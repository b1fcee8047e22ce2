// The form: react-hook-form keeps the values, the resolver of the package judges them.

import { useEffect, useRef, useState, type RefObject } from "react";
import { useForm, type FieldErrors } from "react-hook-form";
import { rhfResolver } from "rollbook/forms";
import { declare, type Declaration, type Subject, type Values } from "../declaration.js";
import { nameOf, speak, titleOfRules, type Opened } from "../page.js";
import { finished, resultOf } from "../result.js";
import { months, offerOf, periodIn, textsIn } from "../texts.js";
import { Field, Items, type FormOf } from "./Field.js";

/** How long somebody who is typing is left in peace before the page objects, in milliseconds. */
const PATIENCE = 600;

export function App({ rules, ...start }: Opened) {
  const [language, setLanguage] = useState(start.language);
  const [period, setPeriod] = useState(start.period);
  const [added, setAdded] = useState<ReadonlySet<string>>(new Set());
  const [done, setDone] = useState<Declaration>();
  const place = useRef<HTMLFormElement>(null);
  const subject: Subject = { rules, language, period, added };
  const texts = textsIn(language);

  const judge = rhfResolver<Values>(rules, { language, period });
  const form: FormOf = useForm<Values>({
    mode: "all",
    delayError: PATIENCE,
    shouldFocusError: false,
    // Only what is asked is judged: a value that is not shown any more stops nobody.
    resolver: (values) => judge(declare(values, subject).values),
  });
  const { errors } = form.formState;
  const typed = form.watch();
  const declaration = declare(typed, subject);

  useEffect(() => speak(language), [language]);
  // Reasons that are shown are given in the new language, or for the new month.
  useEffect(() => { if (Object.keys(errors).length > 0) void form.trigger(Object.keys(errors)); }, [language, period]);
  useEffect(() => setDone(undefined), [language, period, JSON.stringify(typed)]);

  const refuse = (wrong: FieldErrors<Values>) => {
    const controls = [...place.current!.elements] as (HTMLInputElement | HTMLSelectElement)[];
    const first = controls.find(({ name }) => name !== "" && name in wrong);
    // What no field can mend is said beside the form: the rules may have no answer.
    (first ?? document.querySelector<HTMLElement>("#owed"))?.focus();
  };
  const add = (name: string) => { setAdded(new Set([...added, name])); focusSoon(name); };
  const remove = (name: string) => { setAdded(new Set([...added].filter((other) => other !== name))); focusSoon("item"); };
  const fields = (facts: Declaration["needed"]) => facts.map((fact) => (
    <Field key={fact.name} fact={fact} language={language} form={form}
      issue={declaration.issues.find(({ path }) => path[0] === fact.name)}
      remove={added.has(fact.name) ? () => remove(fact.name) : undefined} />
  ));

  return (
    <>
      <header>
        <p className="organisation">{titleOfRules(rules, language)}</p>
        <div className="languages" role="group" aria-label={texts.language}>
          {rules.languages.map((name) => (
            <button key={name} type="button" lang={name} aria-pressed={name === language} onClick={() => setLanguage(name)}>{nameOf(name)}</button>
          ))}
        </div>
        <h1>{texts.title}</h1>
        <p className="lead">{texts.lead}</p>
      </header>
      <main>
        <form ref={place} noValidate onSubmit={(event) => void form.handleSubmit(() => setDone(declaration), refuse)(event)}>
          <div className="field">
            <div className="head"><label htmlFor="period">{texts.period}</label></div>
            <div className="entry">
              <select id="period" value={period} onChange={({ target }) => setPeriod(target.value)}>
                {months(new Date(), period).map((value) => <option key={value} value={value}>{periodIn(value, language)}</option>)}
              </select>
            </div>
          </div>
          <fieldset className="needed">
            <legend>{texts.needed}</legend>
            <div className="fields">{fields(declaration.needed)}</div>
            <div className="items">{declaration.items.length > 0 && <Items title={offerOf(declaration.needed, language)} facts={declaration.items} language={language} add={add} />}</div>
          </fieldset>
          <fieldset className="special" hidden={declaration.special.length === 0}>
            <legend>{texts.special}</legend>
            <div className="fields">{fields(declaration.special)}</div>
          </fieldset>
          <button className="main">{texts.submit}</button>
        </form>
        <Result declaration={declaration} subject={subject} />
        <div className="outcome">{done && <Finished declaration={done} subject={subject} />}</div>
      </main>
      <footer>
        <p>{texts.private}</p>
        <p><a href={`./index.html${location.search}`}>{texts.other.plain}</a></p>
      </footer>
    </>
  );
}

/** Puts the focus on a field that the next rendering may only just make. */
function focusSoon(name: string): void {
  setTimeout(() => document.getElementById(name)?.focus());
}

/** The result is the same part of the page as without a framework; it is shown anew whenever something changes. */
function Result({ declaration, subject }: { declaration: Declaration; subject: Subject }) {
  const place = useRef<HTMLDivElement>(null);
  const [result] = useState(() => resultOf((name) => document.getElementById(name)?.focus()));
  useEffect(() => { place.current!.append(result.element); }, [result]);
  const shown = JSON.stringify([declaration.explanation, declaration.issues, subject.language]);
  useEffect(() => result.show(declaration, subject), [shown]);
  return <div ref={place} className="contents" />;
}

function Finished({ declaration, subject }: { declaration: Declaration; subject: Subject }) {
  const place: RefObject<HTMLDivElement | null> = useRef(null);
  useEffect(() => {
    place.current!.replaceChildren(finished(declaration, subject));
    document.querySelector<HTMLElement>("#finished")!.focus();
  }, [declaration]);
  return <div ref={place} className="contents" />;
}
