// What the page itself says. Titles, words, reasons and explanations come from the rule set and the engine.

import type { Fact } from "rollbook";

const ZH = {
  title: "交费申报",
  lead: "填好下面几项，应交多少、依据哪一条，边填边算。",
  private: "全部在本机计算，填写的内容不会发送到任何地方；打开过一次，断网也能用。",
  language: "语言",
  period: "所属月份",
  needed: "您的情况",
  special: "有下列情况的才填",
  choose: "请选择",
  optional: "选填",
  leftOut: (what: string) => `不填即按${what}`,
  atLeast: (least: string) => `不小于 ${least}`,
  atMost: (most: string) => `不大于 ${most}`,
  items: "不清楚这个数额？可以逐项填写，由规则算出",
  further: "还有要填的数额",
  item: "项目",
  add: "添加这一项",
  remove: (title: string) => `去掉“${title}”`,
  instead: (value: string) => `改为 ${value}`,
  owed: "应交数额",
  clauses: "依据",
  next: "下一档",
  missing: "还差这几项",
  remarks: "说明",
  steps: "怎么算出来的",
  same: "同上",
  submit: "核对并完成",
  done: "填写完整，可以打印或保存",
  doneText: "请核对下面的内容，打印后签名，或存成文件交给党支部。",
  declared: "申报内容",
  print: "打印",
  save: "存成文件",
  sign: "申报人签名",
  date: "日期",
  waiting: "正在载入规则……",
  failed: "没能载入规则，请刷新重试",
  other: { react: "同一张表，用 React 写成", plain: "同一张表，不用框架" },
  edition: (edition: number) => `规则集第 ${edition} 版`,
};

const EN: typeof ZH = {
  title: "Dues declaration",
  lead: "Fill in these few fields. What is owed, and by which clause, is worked out as you type.",
  private: "Everything is worked out on this device and nothing you enter is sent anywhere. Opened once, the page works without a network.",
  language: "Language",
  period: "Month",
  needed: "About you",
  special: "Only if it applies to you",
  choose: "Please choose",
  optional: "optional",
  leftOut: (what) => `left empty: ${what}`,
  atLeast: (least) => `at least ${least}`,
  atMost: (most) => `at most ${most}`,
  items: "Not sure of this amount? State its items and the rules work it out",
  further: "State a further amount",
  item: "Item",
  add: "Add this item",
  remove: (title) => `Remove “${title}”`,
  instead: (value) => `Use ${value}`,
  owed: "What is owed",
  clauses: "Clauses",
  next: "Next band",
  missing: "Still needed",
  remarks: "Remarks",
  steps: "How it was worked out",
  same: "as above",
  submit: "Check and finish",
  done: "Complete: print or save it",
  doneText: "Please check what follows. Print and sign it, or save it as a file for your branch.",
  declared: "What was declared",
  print: "Print",
  save: "Save as a file",
  sign: "Signature",
  date: "Date",
  waiting: "Loading the rules …",
  failed: "The rules could not be loaded; please reload the page",
  other: { react: "The same form, with React", plain: "The same form, without a framework" },
  edition: (edition) => `edition ${edition} of the rule set`,
};

/** The texts of the page in a language: English where there are none. */
export type Texts = typeof ZH;

export function textsIn(language: string): Texts {
  return language === "zh" ? ZH : EN;
}

/** How the items to add are offered: beside a value that is worked out from them, or as something further. */
export function offerOf(shown: readonly Fact[], language: string): string {
  const texts = textsIn(language);
  return shown.some(({ derived }) => derived) ? texts.items : texts.further;
}

/** The title of a fact or a word. */
export function titleOf({ titles, name }: { titles: { [language: string]: string }; name: string }, language: string): string {
  return sentence(titles[language] ?? name);
}

const PER: { [language: string]: { [per: string]: string } } = {
  zh: { day: "日", week: "周", month: "月", quarter: "季", half_year: "半年", year: "年" },
  en: { day: "day", week: "week", month: "month", quarter: "quarter", half_year: "half year", year: "year" },
};

/** The unit behind a field: `元/月`, `CNY per month`. */
export function unitOf({ kind, currency, per }: Fact, language: string): string {
  const chinese = language === "zh";
  if (kind === "days") return chinese ? "天" : "days";
  if (kind === "months") return chinese ? "个月" : "months";
  if (currency === undefined) return "";
  const money = chinese && currency === "CNY" ? "元" : currency;
  const length = per && PER[chinese ? "zh" : "en"]?.[per];
  if (length === undefined) return money;
  return chinese ? `${money}/${length}` : `${money} per ${length}`;
}

/** What a fact means and which values it takes, in a sentence; empty where its title says it all. */
export function hintOf(fact: Fact, language: string): string {
  const texts = textsIn(language);
  const said = [fact.means?.[language]];
  // That money is not negative goes without saying, until somebody tries: then the engine says it.
  if (fact.at_least !== undefined && fact.at_least !== "0") said.push(texts.atLeast(fact.at_least));
  if (fact.at_most !== undefined) said.push(texts.atMost(fact.at_most));
  if (fact.unless_given !== undefined && fact.words === undefined) said.push(texts.leftOut(leftOut(fact, language)));
  return sentence(said.filter((part) => part !== undefined).join(language === "zh" ? "；" : "; "));
}

const DAYS: { [language: string]: { [day: string]: string } } = {
  zh: { long_ago: "早已发生计", never: "尚未发生计" },
  en: { long_ago: "taken as long past", never: "taken as not yet come" },
};

/** What holds when a fact is left out. */
export function leftOut({ unless_given = "", words, currency }: Fact, language: string): string {
  const word = words?.find(({ name }) => name === unless_given);
  if (word) return language === "zh" ? `“${word.titles["zh"] ?? word.name}”` : (word.titles[language] ?? word.name);
  const day = DAYS[language === "zh" ? "zh" : "en"]?.[unless_given];
  if (day !== undefined || currency === undefined) return day ?? unless_given;
  return language === "zh" && currency === "CNY" ? ` ${unless_given} 元计` : `${currency} ${unless_given}`;
}

/** A message of the engine as a sentence of the page: what was typed in quotation marks, the first letter large. */
export function sentence(message: string): string {
  const text = message.replaceAll(/`([^`]*)`/g, "“$1”");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The months to choose from: the next, this and those of the last year and a half. */
export function months(today: Date, chosen: string): string[] {
  const month = (back: number) => {
    const day = new Date(today.getFullYear(), today.getMonth() - back, 1);
    return `${day.getFullYear()}-${String(day.getMonth() + 1).padStart(2, "0")}`;
  };
  const list = Array.from({ length: 20 }, (_, at) => month(at - 1));
  return list.includes(chosen) ? list : [chosen, ...list];
}

/** A period as people write it: `2026年11月`, `November 2026`. */
export function periodIn(period: string, language: string): string {
  const [, year, month] = /^(\d{4})-(\d{2})$/.exec(period) ?? [];
  if (year === undefined || month === undefined) return period;
  const day = new Date(Number(year), Number(month) - 1, 1);
  return new Intl.DateTimeFormat(language, { year: "numeric", month: "long" }).format(day);
}
