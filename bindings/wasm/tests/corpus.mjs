// Every case of `tests/corpus` in JavaScript, by the package as it was installed: the calls of every language, and the same bytes.

const MARKS = {
  number: (text) => text, // JavaScript has no exact number and no day: both are texts
  date: (text) => text,
  float: Number,
  repeat: (text) => text.replace(/^\d+:/, "").repeat(parseInt(text)),
};

function told(value) {
  if (Array.isArray(value)) return value.map(told);
  if (value !== null && typeof value === "object") {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, told(inner)]));
  }
  const [, mark, text] = (typeof value === "string" && /^(number|date|float|repeat):(.*)$/s.exec(value)) || [];
  return mark === undefined ? value : MARKS[mark](text);
}

async function results({ load, RuleSet }, rules, { call, text: given, request: asked, charge, lang, expect }) {
  const text = told(given);
  if (call === "builtin") return [(await load(text)).hash];
  if (call === "parse") return [RuleSet.parse(text).hash];
  if (call === "check") return RuleSet.check(text).map((found) => found.shown);
  if (call === "facts") return [rules.facts(), rules.factsSchema(charge, lang)].map((found) => JSON.stringify(found));
  if (call === "dues_json") return [rules.duesJson(text)];
  const { facts, rows, ...request } = told(asked);
  const line = ({ code, pointer, message }) => `${code} ${pointer} ${message}`;
  if (call === "validate") return rules.validate(facts, charge, lang).map(line);
  if (call === "issues") return rules.issues(facts, request, lang).map(line);
  const explained = (facts, format) => ["zh", "en"].map((language) => rules.explain(facts, request, language, format));
  if (call === "explain") return [...explained(facts, "markdown"), ...explained(facts, "json")];
  const answers = rows === undefined ? [rules.dues(facts, request)] : rules.duesOfMany(rows, request);
  if (expect !== undefined && (answers[0].status !== expect.status || answers[0].amount !== expect.amount)) return ["not as expected"];
  return answers.flatMap((answer, at) => [JSON.stringify(answer), ...(request.trace ? explained(rows?.[at] ?? facts) : [])]);
}

/** Runs the cases of a folder; `read` gives its files as texts. */
export async function runCorpus(rollbook, read) {
  const failed = [];
  let asked = 0;
  await rollbook.ready("full");
  for (const [name, count] of Object.entries(JSON.parse(await read("index.json")).files)) {
    const { cases, document, rules: id, parents = [] } = JSON.parse(await read(name));
    if (cases.length !== count) throw new Error(`${name} has ${cases.length} cases and not ${count}`);
    const extended = await Promise.all(parents.map(rollbook.load));
    const rules = document === undefined ? await rollbook.load(id) : rollbook.RuleSet.parse(document, extended);
    for (const one of cases) {
      const got = await results(rollbook, rules, one).catch((error) => {
        if (!rollbook.isRollbookError(error)) throw error;
        return [`${error.code}: ${error.code === "wrong_type" ? error.data.params.name : error.message}`];
      });
      if (JSON.stringify(got) !== JSON.stringify(one.results)) failed.push({ ...one, got });
      asked += 1;
    }
    rules.free();
  }
  return { asked, failed };
}
