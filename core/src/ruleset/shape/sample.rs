//! A small language of rules on which shapes and their schema are tested: every kind of shape, form and rule.

use super::{Key, Record, Rule, Shape, TextForm};

pub(crate) static DOCUMENT: Shape = Shape::Record(&DOCUMENT_RECORD);
static DOCUMENT_RECORD: Record = Record {
    title: "rule set",
    doc: "The rules of one organisation.",
    keys: &[
        Key::required("rollbook", &FORMAT, "The version of the format."),
        Key::required("id", &Shape::Text(TextForm::Label), "The name of the rule set."),
        Key::optional("edition", &Shape::Text(TextForm::Count), "Counts up with each change."),
        Key::optional("languages", &Shape::List(&Shape::Text(TextForm::Language)), "The first is the default."),
        Key::optional("currency", &Shape::Text(TextForm::Currency), "The currency of all amounts."),
        Key::optional("title", &TITLE, "What people call it."),
        Key::optional("sources", &SOURCES, "The instruments."),
        Key::optional("period", &Shape::Text(TextForm::Period), "A period."),
        Key::optional("charges", &CHARGES, "What is owed."),
        Key::later("ledger", "Charges and payments over time."),
    ],
    rules: &[],
    told_by: &[],
};
static FORMAT: Shape = Shape::Text(TextForm::Words(&["1"]));
static TEXT: Shape = Shape::Text(TextForm::Any);
static TITLE: Shape = Shape::AnyOf(&[&TEXT, &Shape::Keyed(TextForm::Language, &TEXT)]);
static SOURCES: Shape = Shape::Keyed(TextForm::Label, &SOURCE);
static SOURCE: Shape = Shape::Record(&Record {
    title: "source",
    doc: "An instrument.",
    keys: &[
        Key::required("title", &TITLE, "The title of the instrument."),
        Key::optional("issued", &Shape::Text(TextForm::DateOrNotSeen), "The day of issue."),
        Key::optional("attested", &Shape::Text(TextForm::Words(&["official", "secondary"])), "How it was seen."),
    ],
    rules: &[],
    told_by: &[],
});
static CHARGES: Shape = Shape::Named(&Shape::Record(&Record {
    title: "charge",
    doc: "Something that is owed.",
    keys: &[Key::required("tariff", &TARIFF, "How the amount is found.")],
    rules: &[],
    told_by: &[],
}));
static VERSIONS: Shape = Shape::OneOrMany(&VERSION);
/// A version, a list of versions, or named alternatives of such.
static TARIFF: Shape = Shape::AnyOf(&[&VERSIONS, &Shape::Named(&VERSIONS)]);
static VERSION: Shape = Shape::Record(&Record {
    title: "version",
    doc: "A dated form of a rule.",
    keys: &[
        Key::optional("cite", &Shape::OneOrMany(&Shape::Text(TextForm::Citation)), "The clauses."),
        Key::optional("from", &Shape::Text(TextForm::Date), "The first day."),
        Key::optional("chosen", &TEXT, "Why it was decided so."),
        Key::optional("when", &Shape::Text(TextForm::Expression), "The condition."),
        Key::optional("exempt", &Shape::Text(TextForm::YesNo), "Whether nothing is owed."),
        Key::optional("amount", &AMOUNT, "What is owed."),
        Key::optional("rate", &Shape::Text(TextForm::Rate), "The part of the base."),
        Key::optional("of", &Shape::Text(TextForm::Name), "The base."),
    ],
    rules: &[
        Rule::AtLeastOne(&["cite", "chosen"]),
        Rule::ExactlyOne(&["exempt", "amount", "rate"]),
        Rule::AtMostOne(&["from", "chosen"]),
        Rule::Needs("rate", &["of"]),
    ],
    told_by: &["cite", "from", "chosen", "amount", "rate", "exempt"],
});
/// An expression, or a schedule.
static AMOUNT: Shape = Shape::AnyOf(&[
    &Shape::Text(TextForm::Number),
    &Shape::Text(TextForm::Words(&["declared"])),
    &Shape::Record(&Record {
        title: "schedule",
        doc: "A tariff by bands.",
        keys: &[Key::required("bands", &Shape::List(&BAND), "The rows.")],
        rules: &[],
        told_by: &["bands"],
    }),
    &Shape::Record(&Record {
        title: "average",
        doc: "The mean of amounts.",
        keys: &[Key::required("average", &Shape::List(&AMOUNT), "The amounts.")],
        rules: &[],
        told_by: &["average"],
    }),
]);
static BAND: Shape = Shape::Record(&Record {
    title: "band",
    doc: "One row of a schedule.",
    keys: &[
        Key::optional("up_to", &Shape::Text(TextForm::Number), "The greatest base of the row."),
        Key::required("amount", &AMOUNT, "What is owed; a schedule may stand here again."),
    ],
    rules: &[],
    told_by: &[],
});

/// Documents with the sample shape.
pub(crate) const RIGHT: &[&str] = &[
    // A name of an alternative may be a key of a version, for no version stands under such a key.
    "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: { cite: a, amount: 1 } } } } }",
    "{ rollbook: 1, id: cpc }",
    "rollbook: 1\nid: dues-2008\nedition: 3\nlanguages: [zh, en, zh-Hans]\ncurrency: CNY\nperiod: 2026",
    "{ rollbook: '1', id: a, title: 党费, period: 2026-11 }",
    "{ rollbook: 1, id: a, title: { zh: 党费, en: 1 }, languages: [], charges: {} }",
    "{ rollbook: 1, id: a, sources: { a-1: { title: x, issued: not_seen }, b: { title: y, issued: 2024-02-29, attested: official } } }",
    "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a-1 art. 1, amount: 0.20 } } } }",
    "{ rollbook: 1, id: a, charges: { dues: { tariff: [ { cite: [ a-1, b item 2 ], amount: declared }, { chosen: why, exempt: yes } ] } } }",
    "{ rollbook: 1, id: a, charges: { dues: { tariff: { waged: { cite: a, rate: 0.5%, of: base }, other: [ { cite: a, rate: 1/3, of: base, when: a = 1 } ] } } } }",
    "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: { bands: [ { up_to: -1.5, amount: { average: [ 1, declared ] } }, { amount: { bands: [] } } ] } } } } }",
];

/// What stands in documents that are refused, the code of the first fault, and the document. All but the last few are
/// refused by the schema, too.
pub(crate) const WRONG: &[(&str, &str)] = &[
    ("missing_key", "{ rollbook: 1 }"),
    ("unknown_key", "{ rollbook: 1, id: a, curency: CNY }"),
    ("unknown_key", "{ rollbook: 1, id: a, something_else: CNY }"),
    ("unknown_key", "{ rollbook: 1, id: a, languages_: [zh], languages: [zh] }"),
    ("unsupported", "{ rollbook: 1, id: a, ledger: {} }"),
    ("unknown_word", "{ rollbook: 2, id: a }"),
    ("bad_name", "{ rollbook: 1, id: Dues 2008 }"),
    ("bad_name", "{ rollbook: 1, id: 党费 }"),
    ("not_exact", "{ rollbook: 1, id: a, edition: 1.5 }"),
    ("bad_number", "{ rollbook: 1, id: a, edition: -1 }"),
    ("wrong_form", "{ rollbook: 1, id: a, languages: [Chinese] }"),
    ("wrong_shape", "{ rollbook: 1, id: a, languages: zh }"),
    ("bad_currency", "{ rollbook: 1, id: a, currency: cny }"),
    ("bad_currency", "{ rollbook: 1, id: a, currency: 元 }"),
    ("bad_period", "{ rollbook: 1, id: a, period: 2026-13 }"),
    ("bad_period", "{ rollbook: 1, id: a, period: 2026-q4 }"),
    ("wrong_shape", "{ rollbook: 1, id: a, title: [ 党费 ] }"),
    ("wrong_form", "{ rollbook: 1, id: a, title: { Chinese: 党费 } }"),
    ("wrong_shape", "[ rollbook, id ]"),
    ("wrong_shape", "cpc"),
    ("empty_value", "rollbook: 1\nid:\n"),
    ("empty_value", "rollbook: 1\nid: a\ncharges:\n"),
    ("empty_value", "{ rollbook: 1, id: a, languages: [ zh, '' ] }"),
    ("missing_key", "{ rollbook: 1, id: a, sources: { b: { issued: 2024-02-29 } } }"),
    ("bad_date", "{ rollbook: 1, id: a, sources: { b: { title: x, issued: 2023-02-29 } } }"),
    ("bad_date", "{ rollbook: 1, id: a, sources: { b: { title: x, issued: 2023/2/9 } } }"),
    ("bad_date", "{ rollbook: 1, id: a, sources: { b: { title: x, issued: 2023年2月9日 } } }"),
    ("bad_date", "{ rollbook: 1, id: a, sources: { b: { title: x, issued: 2023-13-01 } } }"),
    ("bad_date", "{ rollbook: 1, id: a, sources: { b: { title: x, issued: not seen } } }"),
    ("unknown_word", "{ rollbook: 1, id: a, sources: { b: { title: x, attested: offical } } }"),
    ("wrong_shape", "{ rollbook: 1, id: a, sources: { b: x } }"),
    ("bad_name", "{ rollbook: 1, id: a, charges: { memberDues: { tariff: { cite: a, amount: 1 } } } }"),
    ("bad_name", "{ rollbook: 1, id: a, charges: { member-dues: { tariff: { cite: a, amount: 1 } } } }"),
    ("bad_name", "{ rollbook: 1, id: a, charges: { 党费: { tariff: { cite: a, amount: 1 } } } }"),
    ("bad_name", "{ rollbook: 1, id: a, charges: { '': { tariff: { cite: a, amount: 1 } } } }"),
    ("missing_key", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a } } } }"),
    ("missing_key", "{ rollbook: 1, id: a, charges: { dues: { tariff: [ { amount: 1 } ] } } }"),
    ("missing_key", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, rate: 1% } } } }"),
    ("keys_together", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: 1, exempt: yes } } } }"),
    (
        "keys_together",
        "{ rollbook: 1, id: a, charges: { dues: { tariff: { from: 2020-01-01, chosen: x, amount: 1 } } } }",
    ),
    ("unknown_key", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, rate: 1%, of: b, on: base } } } }"),
    ("unknown_key", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, rate: 1%, on: base } } } }"),
    ("wrong_shape", "{ rollbook: 1, id: a, charges: { dues: { tariff: 5% } } }"),
    // `cite` marks a version, so it is no alternative of that name.
    ("bad_citation", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: 第六条, amount: 1 } } } }"),
    ("bad_yes_no", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, exempt: sometimes } } } }"),
    ("wrong_form", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: '5,400' } } } }"),
    ("wrong_form", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: '0,5' } } } }"),
    ("wrong_form", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: ¥5400 } } } }"),
    ("wrong_form", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: ５４００ } } } }"),
    ("wrong_form", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: declare } } } }"),
    ("bad_number", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, rate: 5 %, of: base } } } }"),
    ("bad_number", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, rate: 5 percent, of: base } } } }"),
    ("bad_number", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, rate: 1/0, of: base } } } }"),
    ("bad_name", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, rate: 1%, of: income - tax } } } }"),
    ("wrong_shape", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: [ 1 ] } } } }"),
    ("wrong_shape", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: { band: [] } } } } }"),
    (
        "missing_key",
        "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: { bands: [ { up_to: 1 } ] } } } } }",
    ),
    ("wrong_form", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: { average: [ x ] } } } } }"),
];

/// Documents that are refused although the schema takes them: an editor sees only the number or the truth value that
/// YAML makes of the text.
pub(crate) const WRONG_ONLY_AS_TEXT: &[(&str, &str)] = &[
    ("bad_number", "{ rollbook: 1, id: a, edition: 0x10 }"),
    ("wrong_form", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: 1e3 } } } }"),
    ("wrong_form", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: .5 } } } }"),
    ("wrong_form", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, amount: +5 } } } }"),
    ("bad_yes_no", "{ rollbook: 1, id: a, charges: { dues: { tariff: { cite: a, exempt: true } } } }"),
];
