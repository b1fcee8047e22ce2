// What goes in and what comes back. The keys are those of the canonical JSON, the same in every language.

declare const kind: unique symbol;

/** A decimal number in plain digits with the decimals of its unit: `81.00`. Never a JavaScript number. */
export type Amount = string & { readonly [kind]?: "amount" };
/** An exact number: a decimal, or a fraction such as `100/3`. */
export type ExactNumber = string & { readonly [kind]?: "exact" };
/** A day as `YYYY-MM-DD`. */
export type IsoDate = string & { readonly [kind]?: "date" };
/** A period: `2026-11`, `2026-Q4`, `2026-H2`, `2026`. */
export type Period = string & { readonly [kind]?: "period" };

/** One value of a fact: numbers and days are strings, since a JavaScript number is a binary float. */
export type Scalar = string | boolean;
/** A value from a day on. */
export interface Dated {
  readonly from: IsoDate;
  readonly value: Scalar | readonly string[];
}
/** A record of a list. A field that is `undefined` is not given. */
export interface FactRecord {
  readonly [field: string]: Scalar | readonly string[] | undefined;
}
/** What is told of one fact: a value, words, a history, or records. */
export type FactValue = Scalar | readonly string[] | readonly Dated[] | readonly FactRecord[];
/** The facts of one member or organisation. A fact that is left out or `undefined` is unknown, which is not zero. */
export interface Facts {
  readonly [name: string]: FactValue | undefined;
}

/** A setting's value from a day on, decided by a day. */
export interface Decision {
  readonly from?: IsoDate;
  readonly issued?: IsoDate;
  readonly value: Scalar | readonly string[];
}

/** What is asked beside the facts. */
export interface Request {
  /** The period; one that is longer than the charge's is answered part by part. */
  readonly period: Period;
  /** The charge; the one that the rule set answers, if none is named. */
  readonly charge?: string | undefined;
  /** By which day the rules had been issued; all that the document has, if none is given. */
  readonly known?: IsoDate | undefined;
  /** What the organisation decided, by setting. */
  readonly settings?: { readonly [name: string]: Scalar | readonly string[] | readonly Decision[] } | undefined;
  /** What is set aside for this call: the path of a rule that normally holds, with the reason to be recorded. */
  readonly set_aside?: { readonly [path: string]: string } | undefined;
  /** Whether the steps are wanted. */
  readonly trace?: boolean | undefined;
}

/** What an answer amounts to. */
export type Status = "charged" | "exempt" | "not_due" | "needs_facts" | "no_rule" | "rejected";
/** How well a text is attested, best first. */
export type Attested = "official" | "transcribed" | "secondary" | "unconfirmed" | "chosen";
/** How grave a finding is. */
export type Severity = "note" | "warning" | "error";
/** A length of time that money is for. */
export type Per = "day" | "week" | "month" | "quarter" | "half_year" | "year";
/** The form of an explanation. */
export type Format = "text" | "markdown" | "json";

/** Which rules answered. */
export interface RuleSetName {
  readonly id: string;
  readonly edition: number;
  /** SHA-256 of the canonical document without its cases. */
  readonly hash: string;
}

/** A clause of a source: its short name in the rule set, and the clause as it is written there. */
export interface Citation {
  readonly source: string;
  readonly clause?: string;
}

/** What is owed for a period, why, and what is missing. What has no value is left out. */
export interface Answer {
  readonly rule_set: RuleSetName;
  readonly charge: string;
  readonly period: Period;
  readonly status: Status;
  /** The rounded amount, when it is charged. */
  readonly amount?: Amount;
  readonly currency: string;
  /** The length of time that the amount is for. */
  readonly unit?: Per;
  /** The amount before the last rounding. */
  readonly exact?: ExactNumber;
  /** The least and greatest amount, when the answer is open and they can be known. */
  readonly bounds?: { readonly at_least: Amount; readonly at_most: Amount };
  /** The path of the rule that gave the answer; the charge, where no single one did. */
  readonly rule: string;
  /** Since when the version of that rule holds. */
  readonly version?: IsoDate | "not_seen";
  readonly cite?: readonly Citation[];
  readonly attested: Attested;
  /** Facts that were not given and have a value all the same. */
  readonly assumed?: readonly string[];
  /** What still matters and is not known, and on which day. */
  readonly missing?: readonly { readonly name: string; readonly on?: IsoDate }[];
  /** What is recommended beside a declared amount. */
  readonly guide?: ExactNumber;
  /** The steps offered beside a declared amount. */
  readonly suggested?: readonly ExactNumber[];
  /** Where the next band begins, whether its edge belongs to it, and what it would cost. */
  readonly next_band?: { readonly from: ExactNumber; readonly included: boolean; readonly amount: Amount };
  /** The ways in which a charged amount is paid in instalments, by their names. */
  readonly instalments?: readonly Instalment[];
  /** Who gets it. */
  readonly goes_to?: string;
  /** A line for each record of a charge that goes through a list. */
  readonly lines?: readonly Line[];
  /** The parts of a longer period. */
  readonly parts?: readonly Part[];
  readonly findings?: readonly Finding[];
  /** The steps, when they were asked for. */
  readonly trace?: readonly Step[];
}

/** A way in which an amount is paid in instalments. */
export interface Instalment {
  /** The name of the way. */
  readonly way: string;
  /** One instalment. */
  readonly amount: Amount;
  /** How many there are, where the rules say it. */
  readonly count?: number;
  /** The one that takes what rounding leaves, where it differs from the others; it is the last or the first. */
  readonly rest?: { readonly last: boolean; readonly amount: Amount };
  /** Since when the version of the way holds. */
  readonly version?: IsoDate | "not_seen";
  readonly cite?: readonly Citation[];
  readonly attested: Attested;
}

/** A line of a charge that goes through a list. */
export interface Line {
  /** The number of the record, counted from 0. */
  readonly record: number;
  readonly day: IsoDate;
  readonly status: Status;
  readonly amount?: Amount;
  readonly exact?: ExactNumber;
  readonly rule: string;
  readonly goes_to?: string;
}

/** A part of a longer period. */
export interface Part {
  readonly period: Period;
  readonly status: Status;
  readonly amount?: Amount;
}

/** What an answer has to say beside its amount: code and parameters are the contract. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  /** The rule that it concerns, as a dotted place in the rule set. */
  readonly path?: string;
  /** The fact that it concerns, as a JSON pointer. */
  readonly pointer?: string;
  readonly params?: { readonly [name: string]: string };
  readonly cite?: readonly Citation[];
}

/** One operation of an evaluation: what was done, what it read and what it gave. */
export interface Step {
  readonly step: string;
  readonly [field: string]: string | number | boolean;
}

/** A finding or something missing at a field of a form, in one language. */
export interface Issue {
  /** The code of the finding, or `missing` for a fact that is needed and was not given. */
  readonly code: string;
  readonly severity: Severity;
  /** The way to the field: the fact, and for a record its number from 0 and the field. */
  readonly path: readonly (string | number)[];
  /** The same as a JSON pointer. */
  readonly pointer: string;
  /** The rule that it concerns. */
  readonly rule?: string;
  readonly params?: { readonly [name: string]: string };
  readonly message: string;
}

/** Texts by language. */
export interface Titles {
  readonly [language: string]: string;
}

/** What the values of a fact are. */
export type Kind =
  | "yes_no" | "one_of" | "set_of" | "count" | "number" | "share" | "money" | "date" | "month" | "days" | "months"
  | "text" | "member" | "organisation" | "list" | "rounding";

/** A field of the records of a list. */
export interface Field {
  readonly name: string;
  readonly titles: Titles;
  readonly kind: Kind;
  /** The words of `one_of` and `set_of`. */
  readonly words?: readonly { readonly name: string; readonly titles: Titles }[];
  readonly at_least?: ExactNumber;
  readonly at_most?: ExactNumber;
  readonly currency?: string;
  readonly per?: Per;
  /** The most decimals that a value can have. */
  readonly decimals?: number;
  /** What holds when it is not given, as it is written. */
  readonly unless_given?: string;
}

/** A fact that a form or roster must hold. */
export interface Fact extends Field {
  readonly means?: Titles;
  readonly owner: "member" | "organisation";
  /** Whether it stands in for a value that the rules can also work out from other facts. */
  readonly derived: boolean;
  /** The charges that can read it. */
  readonly read_by: readonly string[];
  /** The fields of the records of a list. */
  readonly fields?: readonly Field[];
}

/** A place in a text, both counted from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** One fault of a rule set. */
export interface Diagnostic {
  readonly code: string;
  readonly severity: "warning" | "error";
  /** The dotted place in the document. */
  readonly path: string;
  readonly position: Position;
  readonly message: string;
  /** What would be right. */
  readonly help?: string;
  readonly related?: readonly { readonly position: Position; readonly message: string }[];
  /** The smallest case that shows the fault. */
  readonly example?: string;
  /** Message, place and line as a compiler shows them. */
  readonly shown: string;
}
