//! The form of the document's common part: which keys stand where. The reading ([`super::read`]) relies on it, and the
//! JSON Schema is rendered from it.

use super::shape::{Key, Record, Rule, Shape, TextForm};

/// A rule rests on something; a record in which the versions stand one level deeper has them as `$deeper`.
macro_rules! grounds {
    ($($deeper:literal)?) => {
        $crate::ruleset::shape::Rule::Coded(
            "no_citation",
            &$crate::ruleset::shape::Rule::AtLeastOne(&["cite", "under", "chosen" $(, $deeper)?]),
            "give `cite` with its clause, or `from` and `chosen` with who decided and why",
        )
    };
}
pub(crate) use grounds;

/// The keys that every version may have, before those of its own kind.
macro_rules! version {
    ($title:literal, $doc:literal, told_by: [$($told:literal),* $(,)?], rules: [$($rules:tt)*], $($keys:tt)+) => {
        $crate::ruleset::document::version! {
            grounds: $crate::ruleset::document::grounds!();
            $title, $doc, told_by: [$($told),*], rules: [$($rules)*], $($keys)+
        }
    };
    (grounds: $grounds:expr; $title:literal, $doc:literal, told_by: [$($told:literal),* $(,)?], rules: [$($rule:expr),* $(,)?], $($key:expr),+ $(,)?) => {
        $crate::ruleset::shape::Record {
            title: $title,
            doc: $doc,
            keys: &[
                $crate::ruleset::shape::Key::optional("cite", &$crate::ruleset::document::CITATIONS, "The clause that it rests on, or a list of clauses."),
                $crate::ruleset::shape::Key::optional("under", &$crate::ruleset::document::CITATION_LIST, "The same text under one instrument after the other, earliest first."),
                $crate::ruleset::shape::Key::optional("from", &$crate::ruleset::document::DAY_OR_NOT_SEEN, "First day in force; by default the latest first day of its citations; `not_seen` is the open past."),
                $crate::ruleset::shape::Key::optional("until", &$crate::ruleset::document::DAY, "Last day in force, included."),
                $crate::ruleset::shape::Key::optional("issued", &$crate::ruleset::document::DAY_OR_NOT_SEEN, "Day of issue; by default the latest one of its citations."),
                $crate::ruleset::shape::Key::optional("chosen", &$crate::ruleset::document::ANY, "Why somebody decided, where the text is silent or leaves something open."),
                $crate::ruleset::shape::Key::optional("attested", &$crate::ruleset::document::ATTESTED, "How well this version is attested, when otherwise than its source."),
                $crate::ruleset::shape::Key::optional("strength", &$crate::ruleset::document::STRENGTH, "`normally`: it acts and informs, and the host may set it aside with a reason."),
                $crate::ruleset::shape::Key::optional("repealed", &$crate::ruleset::document::YES_NO, "`yes` ends the rule from this version on."),
                $($key),+
            ],
            rules: &[$grounds, $crate::ruleset::shape::Rule::AtMostOne(&["cite", "under"]), $($rule),*],
            told_by: &[$($told),*],
        }
    };
}
pub(crate) use version;

/// A named rule that has a title beside its versions.
macro_rules! titled {
    ($title:literal, $versions:expr) => {
        $crate::ruleset::shape::Record {
            title: $title,
            doc: "A named rule with its title and versions.",
            keys: &[
                $crate::ruleset::shape::Key::optional("title", &$crate::ruleset::document::TITLE, "Its title."),
                $crate::ruleset::shape::Key::required("versions", $versions, "Its versions."),
            ],
            rules: &[],
            told_by: &["versions"],
        }
    };
}
pub(crate) use titled;

pub(crate) static ANY: Shape = Shape::Text(TextForm::Any);
/// What remains has no condition of its own.
pub(crate) const NO_WHEN_BESIDE_OTHERWISE: Rule = Rule::Coded(
    "keys_together",
    &Rule::AtMostOne(&["when", "otherwise"]),
    "what remains has no condition of its own: keep `when` or `otherwise`",
);

pub(crate) static NAME: Shape = Shape::Text(TextForm::Name);
pub(crate) static EXPRESSION: Shape = Shape::Text(TextForm::Expression);
pub(crate) static DAY: Shape = Shape::Text(TextForm::Date);
pub(crate) static DAY_OR_NOT_SEEN: Shape = Shape::Text(TextForm::DateOrNotSeen);
pub(crate) static YES_NO: Shape = Shape::Text(TextForm::YesNo);
pub(crate) static NUMBER: Shape = Shape::Text(TextForm::Number);
pub(crate) static RATE: Shape = Shape::Text(TextForm::Rate);
static CITATION: Shape = Shape::Text(TextForm::Citation);
pub(crate) static CITATIONS: Shape = Shape::OneOrMany(&CITATION);
pub(crate) static CITATION_LIST: Shape = Shape::List(&CITATION);
pub(crate) static ATTESTED: Shape =
    Shape::Text(TextForm::Words(&["official", "transcribed", "secondary", "unconfirmed", "chosen"]));
pub(crate) static STRENGTH: Shape = Shape::Text(TextForm::Words(&["must", "normally"]));
pub(crate) static NAMES: Shape = Shape::List(&NAME);
pub(crate) static TITLE: Shape = Shape::AnyOf(&[&ANY, &Shape::Keyed(TextForm::Language, &ANY)]);
pub(crate) static WORDS: Shape = Shape::AnyOf(&[&NAMES, &Shape::Named(&TITLE)]);
static OWNER: Shape = Shape::Text(TextForm::Words(&["member", "organisation"]));

/// The kinds of facts, settings and terms, as they are written.
pub(crate) const KINDS: &[&str] = &[
    "yes_no",
    "one_of",
    "set_of",
    "count",
    "number",
    "share",
    "money",
    "money per day",
    "money per week",
    "money per month",
    "money per quarter",
    "money per half_year",
    "money per year",
    "date",
    "month",
    "days",
    "months",
    "text",
    "member",
    "organisation",
    "list",
    "rounding",
];
static KIND: Shape = Shape::Text(TextForm::Words(KINDS));
const MONEY: &[&str] = &[
    "number",
    "money",
    "money per day",
    "money per week",
    "money per month",
    "money per quarter",
    "money per half_year",
    "money per year",
];
/// What belongs to a kind.
const WORDS_OF_KIND: Rule = Rule::NeedsWhere("kind", &["one_of", "set_of"], &["words"]);
const NO_OTHER_WORDS: Rule = Rule::OnlyWhere("kind", &["one_of", "set_of"], "words");
const RECORD_OF_LIST: Rule = Rule::NeedsWhere("kind", &["list"], &["record"]);
/// How the value under a key is written by the kind of its fact or setting.
const fn yes_no(key: &'static str) -> Rule {
    Rule::FormWhere("kind", &["yes_no"], key, TextForm::YesNo)
}
const fn count(key: &'static str) -> Rule {
    Rule::FormWhere("kind", &["count"], key, TextForm::Count)
}
const fn number(key: &'static str) -> Rule {
    Rule::FormWhere("kind", MONEY, key, TextForm::Number)
}
const fn share(key: &'static str) -> Rule {
    Rule::FormWhere("kind", &["share"], key, TextForm::Rate)
}
/// A setting decides something.
const DECIDES: Rule = Rule::Coded(
    "wrong_form",
    &Rule::FormWhere(
        "kind",
        &["text", "list", "member", "organisation"],
        "kind",
        TextForm::Words(&["yes_no", "one_of", "set_of", "count", "number", "share", "money", "date", "rounding"]),
    ),
    "a setting decides something: it is money, a number, a share, a word, yes or no, a day or a rounding",
);
/// A setting has a value before an organisation decides.
const DEFAULT: Rule =
    Rule::Coded("no_default", &Rule::AtLeastOne(&["default"]), "say what holds before an organisation decides");

/// A source.
pub(crate) static SOURCE: Shape = Shape::Record(&Record {
    title: "source",
    doc: "An instrument that rules are taken from.",
    keys: &[
        Key::required("title", &TITLE, "Its title, by which an answer names it."),
        Key::optional("number", &ANY, "Its document number."),
        Key::optional("issuer", &TITLE, "Who issued it."),
        Key::optional("issued", &DAY_OR_NOT_SEEN, "The day of issue; `not_seen` counts as the first day in force."),
        Key::required("in_force", &DAY_OR_NOT_SEEN, "The first day in force; `not_seen` is the open past."),
        Key::optional("until", &DAY, "The last day in force, included."),
        Key::required("attested", &ATTESTED, "How well its text is attested."),
        Key::optional(
            "sure_of",
            &Shape::Text(TextForm::Words(&["year", "month"])),
            "Its dates are known only to the year or month.",
        ),
        Key::optional("url", &ANY, "Where the issuer publishes it."),
    ],
    rules: &[],
    told_by: &[],
});

/// A fact.
pub(crate) static FACT: Shape = Shape::Record(&Record {
    title: "fact",
    doc: "What the host tells of a member or an organisation.",
    keys: &[
        Key::required("kind", &KIND, "What it is: a word, money, a day and so on."),
        Key::optional("of", &OWNER, "Whether it belongs to a member (the default) or an organisation."),
        Key::optional("title", &TITLE, "Its title: the heading of a roster, the label of a form."),
        Key::optional("means", &TITLE, "What it means, in a sentence."),
        Key::optional("words", &WORDS, "The words of a `one_of` or `set_of`: `[one, other]`, or each with its title."),
        Key::optional("at_least", &RATE, "The least value."),
        Key::optional("at_most", &RATE, "The greatest value."),
        Key::optional(
            "unless_given",
            &Shape::AnyOf(&[&ANY, &NAMES]),
            "What holds when it is not given; the answer says so.",
        ),
        Key::optional(
            "record",
            &Shape::Keyed(TextForm::NewName, &FIELD),
            "The fields of each record of a `list`, such as `{ paid: { kind: money } }`.",
        ),
    ],
    rules: &[
        WORDS_OF_KIND,
        NO_OTHER_WORDS,
        RECORD_OF_LIST,
        yes_no("unless_given"),
        count("unless_given"),
        number("unless_given"),
        share("unless_given"),
    ],
    told_by: &[],
});

static FIELD: Shape = Shape::Record(&Record {
    title: "field",
    doc: "A field of the records of a list.",
    keys: &[
        Key::required("kind", &KIND, "What it is; no list."),
        Key::optional("title", &TITLE, "Its title."),
        Key::optional("means", &TITLE, "What it means, in a sentence."),
        Key::optional("words", &WORDS, "The words of a `one_of` or `set_of`: `[one, other]`, or each with its title."),
        Key::optional("at_least", &RATE, "The least value."),
        Key::optional("at_most", &RATE, "The greatest value."),
        Key::optional("unless_given", &ANY, "What holds for a record without it."),
    ],
    rules: &[
        WORDS_OF_KIND,
        NO_OTHER_WORDS,
        yes_no("unless_given"),
        count("unless_given"),
        number("unless_given"),
        share("unless_given"),
    ],
    told_by: &[],
});

static SETTING_VERSION: Record = version!(
    "version of a setting", "What one organisation may decide, from a day on.",
    told_by: [], rules: [DEFAULT],
    Key::optional("at_least", &RATE, "The least value."),
    Key::optional("at_most", &RATE, "The greatest value."),
    Key::optional("default", &ANY, "What holds unless the organisation decides."),
);
static SETTING_ONLY: Record = version!(
    "setting", "What one organisation may decide for itself, by its only version.",
    told_by: [],
    rules: [DECIDES, DEFAULT, WORDS_OF_KIND, NO_OTHER_WORDS, yes_no("default"), count("default"), number("default"), share("default")],
    Key::required("kind", &KIND, "What it is."),
    Key::optional("title", &TITLE, "Its title."),
    Key::optional("means", &TITLE, "What it means, in a sentence."),
    Key::optional("words", &WORDS, "The words of a `one_of`: `[one, other]`, or each with its title."),
    Key::optional("at_least", &RATE, "The least value."),
    Key::optional("at_most", &RATE, "The greatest value."),
    Key::optional("default", &ANY, "What holds unless the organisation decides."),
);
static SETTING_VERSIONS: Record = Record {
    title: "setting with versions",
    doc: "What one organisation may decide for itself.",
    keys: &[
        Key::required("kind", &KIND, "What it is."),
        Key::optional("title", &TITLE, "Its title."),
        Key::optional("means", &TITLE, "What it means, in a sentence."),
        Key::optional("words", &WORDS, "The words of a `one_of`: `[one, other]`, or each with its title."),
        Key::required("versions", &Shape::List(&Shape::Record(&SETTING_VERSION)), "Its versions."),
    ],
    rules: &[DECIDES, WORDS_OF_KIND, NO_OTHER_WORDS],
    told_by: &["versions"],
};
/// A setting.
pub(crate) static SETTING: Shape = Shape::AnyOf(&[&Shape::Record(&SETTING_VERSIONS), &Shape::Record(&SETTING_ONLY)]);

/// A row has at most one edge of each side.
pub(crate) const LOWER_EDGE: Rule = Rule::Coded(
    "bad_band",
    &Rule::AtMostOne(&["from", "above"]),
    "a row begins at one edge: `from` owns it, `above` does not",
);
/// A row has at most one edge of each side.
pub(crate) const UPPER_EDGE: Rule = Rule::Coded(
    "bad_band",
    &Rule::AtMostOne(&["up_to", "below"]),
    "a row ends at one edge: `up_to` owns it, `below` does not",
);

static NAMED_BAND: Shape = Shape::Record(&Record {
    title: "named band",
    doc: "A row that gives a number its band's name.",
    keys: &[
        Key::required("name", &NAME, "The name that the term then has."),
        Key::optional("from", &NUMBER, "Where it begins; the edge is its own."),
        Key::optional("above", &NUMBER, "Where it begins; the edge is not its own."),
        Key::optional("up_to", &NUMBER, "Where it ends; the edge is its own."),
        Key::optional("below", &NUMBER, "Where it ends; the edge is not its own."),
        Key::optional("chosen", &ANY, "Why it holds where another row overlaps it."),
    ],
    rules: &[LOWER_EDGE, UPPER_EDGE],
    told_by: &[],
});
static BAND_OF: Shape = Shape::Record(&Record {
    title: "band_of",
    doc: "The name of the band that a number lies in.",
    keys: &[
        Key::required("of", &EXPRESSION, "The number."),
        Key::required("bands", &Shape::List(&NAMED_BAND), "The rows, from low to high."),
        Key::optional("published_in", &NUMBER, "The unit in which the table is printed, such as 1."),
        Key::optional("between", &MODES, "How a number between two printed ones is looked up."),
    ],
    rules: &[
        Rule::Filled("bands"),
        Rule::Needs("published_in", &["between"]),
        Rule::Needs("between", &["published_in"]),
    ],
    told_by: &[],
});
pub(crate) static MODES: Shape =
    Shape::Text(TextForm::Words(&["half_up", "half_down", "half_even", "up", "down", "ceil", "floor"]));

pub(crate) static TERM_VERSION: Record = version!(
    "formula", "How a term is worked out, from a day on.",
    told_by: ["cite", "under", "from", "chosen", "is", "by", "band_of", "when"], rules: [
        NO_WHEN_BESIDE_OTHERWISE,
        Rule::Needs("by", &["rows"]),
        Rule::Needs("rows", &["by"]),
        Rule::AtMostOne(&["is", "by", "band_of"]),
    ],
    Key::optional("title", &TITLE, "Its title."),
    Key::optional("when", &EXPRESSION, "When this alternative applies."),
    Key::optional("otherwise", &YES_NO, "`yes`: it applies where no other alternative does."),
    Key::optional("instead_of", &NAME, "The alternative that it replaces where it applies."),
    Key::optional("is", &EXPRESSION, "The value."),
    Key::optional("by", &EXPRESSION, "The word whose row gives the value."),
    Key::optional("rows", &Shape::Named(&EXPRESSION), "A value for each word."),
    Key::optional("band_of", &BAND_OF, "The name of a band as value."),
);
static TITLED_FORMULA: Record = titled!("formula with a title", &Shape::OneOrMany(&Shape::Record(&TERM_VERSION_NAMED)));
static FORMULA_LIST: Shape = Shape::List(&Shape::Record(&TERM_VERSION));
/// One version or a list of them; other maps are named alternatives.
static FORMULA: Shape = Shape::AnyOf(&[&FORMULA_LIST, &Shape::Record(&TERM_VERSION), &Shape::Named(&NAMED_FORMULA)]);
static NAMED_FORMULA: Shape =
    Shape::AnyOf(&[&FORMULA_LIST, &Shape::Record(&TITLED_FORMULA), &Shape::Record(&TERM_VERSION_NAMED)]);
static TERM_VERSION_NAMED: Record = Record { told_by: &[], title: "named formula", ..copy(&TERM_VERSION) };

static DAY_VERSION: Record = version!(
    "as-of day", "The day whose facts are read.",
    told_by: [], rules: [],
    Key::optional("is", &EXPRESSION, "The day."),
);
/// A list of as-of days, or the only one.
pub(crate) static AS_OF: Shape = Shape::OneOrMany(&Shape::Record(&DAY_VERSION));

/// A term.
pub(crate) static TERM: Shape = Shape::Record(&version!(
    grounds: grounds!("formula");
    "term", "A named derived value, readable wherever a fact is.",
    told_by: [], rules: [Rule::AtMostOne(&["is", "by", "band_of", "formula"])],
    Key::optional("kind", &KIND, "What it is; by default what its formula gives."),
    Key::optional("of", &OWNER, "Whether it belongs to a member (the default) or an organisation."),
    Key::optional("title", &TITLE, "Its title."),
    Key::optional("means", &TITLE, "What it means, in a sentence."),
    Key::optional("words", &WORDS, "The words of a `one_of`; by default the names of its bands."),
    Key::optional("at_least", &RATE, "The least value."),
    Key::optional("at_most", &RATE, "The greatest value."),
    Key::optional("given", &Shape::Text(TextForm::Words(&["first"])), "`first`: the host may give it instead."),
    Key::optional("as_of", &AS_OF, "Its own day whose facts are read."),
    Key::optional("formula", &FORMULA, "Its versions, or named alternatives."),
    Key::optional("is", &EXPRESSION, "The value, by its only version."),
    Key::optional("by", &EXPRESSION, "The word whose row gives the value."),
    Key::optional("rows", &Shape::Named(&EXPRESSION), "A value for each word."),
    Key::optional("band_of", &BAND_OF, "The name of a band as value."),
));

/// A text that cannot be expressed.
pub(crate) static NOT_ENCODED: Shape = Shape::List(&Shape::Record(&version!(
    "text not encoded", "A text that cannot be expressed, with the reason.",
    told_by: [], rules: [],
    Key::required("why", &TITLE, "Why it cannot be expressed."),
    Key::optional("touches", &Shape::OneOrMany(&ANY), "The rules whose answers mention it."),
)));

/// A record with the same keys and rules, to be told apart otherwise.
pub(crate) const fn copy(record: &Record) -> Record {
    Record { title: record.title, doc: record.doc, keys: record.keys, rules: record.rules, told_by: record.told_by }
}

/// How many weeks and days make a year.
pub(crate) static YEAR_HAS: Shape = Shape::Record(&Record {
    title: "year_has",
    doc: "How many weeks and days make a year; without it they are not converted.",
    keys: &[
        Key::optional("weeks", &NUMBER, "Weeks in a year, such as 52."),
        Key::optional("days", &NUMBER, "Days in a year, such as 365."),
    ],
    rules: &[],
    told_by: &[],
});
