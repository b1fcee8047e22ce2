//! The form of a whole document: its common part and the sections of the chapters.

use super::load::FORMAT;
use crate::dues::document::CHARGE;
use crate::ruleset::document::{ANY, FACT, NAME, NAMES, NOT_ENCODED, SETTING, SOURCE, TERM, TITLE, YEAR_HAS};
use crate::ruleset::shape::{Key, Record, Rule, Shape, TextForm};

static CASE: Shape = Shape::Record(&Record {
    title: "case",
    doc: "A question with the answer that is expected.",
    keys: &[
        Key::optional("charge", &NAME, "The charge; by default the one that the rule set answers."),
        Key::required("period", &Shape::Text(TextForm::Period), "The period."),
        Key::optional("known", &Shape::Text(TextForm::Date), "By which day the rules had been issued."),
        Key::optional("facts", &Shape::Named(&CASE_FACT), "The facts: a value, a history or records each."),
        Key::optional("settings", &Shape::Named(&Shape::AnyOf(&[&ANY, &RECORDS])), "What the organisation decided."),
        Key::optional(
            "set_aside",
            &Shape::Keyed(TextForm::Any, &ANY),
            "Rules that are set aside, each with its reason.",
        ),
        Key::optional("vary", &NAME, "The fact that takes each value of `expect` in turn."),
        Key::required(
            "expect",
            &Shape::AnyOf(&[&ANY, &Shape::Keyed(TextForm::Any, &ANY)]),
            "An amount or a status; with `vary` one for each value.",
        ),
        Key::optional("missing", &NAMES, "What is missing, in order."),
        Key::optional("rule", &ANY, "The rule that gives the answer."),
        Key::optional("exact", &ANY, "The amount before the last rounding."),
        Key::optional("bounds", &Shape::Record(&BOUNDS), "The least and greatest amount of an open answer."),
        Key::optional(
            "instalments",
            &Shape::Named(&INSTALMENTS),
            "The instalments of the amount, by the way of paying.",
        ),
        Key::optional("findings", &Shape::List(&NAME), "Codes of findings that the answer has."),
        Key::optional("note", &ANY, "Where the figure comes from."),
    ],
    rules: &[],
    told_by: &[],
});
static BOUNDS: Record = Record {
    title: "bounds",
    doc: "The least and greatest amount of an open answer.",
    keys: &[
        Key::required("at_least", &Shape::Text(TextForm::Number), "The least amount."),
        Key::required("at_most", &Shape::Text(TextForm::Number), "The greatest amount."),
    ],
    rules: &[],
    told_by: &[],
};
/// One instalment, or every one in turn where they add up to the amount.
static INSTALMENTS: Shape =
    Shape::AnyOf(&[&Shape::Text(TextForm::Number), &Shape::List(&Shape::Text(TextForm::Number))]);
static RECORDS: Shape = Shape::List(&Shape::AnyOf(&[&ANY, &Shape::Named(&ANY)]));
static CASE_FACT: Shape = Shape::AnyOf(&[&ANY, &RECORDS]);
static CASES: Shape = Shape::List(&CASE);

/// A file of cases beside a rule set.
pub(crate) static CASES_FILE: Shape = Shape::Record(&Record {
    title: "cases file",
    doc: "Cases that stand beside a rule set.",
    keys: &[Key::required("cases", &CASES, "The cases.")],
    rules: &[],
    told_by: &[],
});

static EXTENDS: Record = Record {
    title: "parent",
    doc: "The rule set that this one extends.",
    keys: &[
        Key::required(
            "id",
            &Shape::Text(TextForm::Label),
            "Its id: it ships with the program, or stands beside this one.",
        ),
        Key::required("edition", &Shape::Text(TextForm::Count), "Its edition, which the child was written for."),
    ],
    rules: &[],
    told_by: &[],
};

/// A rule set.
pub(crate) static RULE_SET: Shape = Shape::Record(&Record {
    title: "rule set",
    doc: "One organisation's written rules as dated, cited data.",
    keys: &[
        Key::required("rollbook", &Shape::Text(TextForm::Words(&[FORMAT])), "The version of the format."),
        Key::required("id", &Shape::Text(TextForm::Label), "The short name of the rule set."),
        Key::required("edition", &Shape::Text(TextForm::Count), "Counts up with every published change."),
        Key::required(
            "languages",
            &Shape::List(&Shape::Text(TextForm::Language)),
            "The languages of its texts, such as `[zh, en]`; plain titles are in the first.",
        ),
        Key::required("title", &TITLE, "The title."),
        Key::required("currency", &Shape::Text(TextForm::Currency), "The currency of every amount, such as CNY."),
        Key::optional("extends", &Shape::Record(&EXTENDS), "The rule set that this one extends, within its bounds."),
        Key::optional("answers", &NAME, "The charge that is computed when none is named."),
        Key::optional("year_has", &YEAR_HAS, "How many weeks and days make a year."),
        Key::optional("sources", &Shape::Keyed(TextForm::Label, &SOURCE), "The instruments that rules are taken from."),
        Key::optional(
            "settings",
            &Shape::Keyed(TextForm::NewName, &SETTING),
            "What one organisation may decide for itself.",
        ),
        Key::optional("facts", &Shape::Keyed(TextForm::NewName, &FACT), "What the host tells."),
        Key::optional("terms", &Shape::Keyed(TextForm::NewName, &TERM), "Named derived values."),
        Key::optional("charges", &Shape::Keyed(TextForm::NewName, &CHARGE), "Dues and levies."),
        Key::later("ledger", "Charges and payments over time."),
        Key::later("events", "Meetings, training and other events."),
        Key::later("spans", "Intervals between events."),
        Key::later("calendars", "Working days."),
        Key::later("actors", "Who decides."),
        Key::later("organisations", "Units and their norms."),
        Key::later("membership", "Stages, steps and standing."),
        Key::later("votes", "Quorums and majorities."),
        Key::later("duties", "What is due again and again."),
        Key::later("assessment", "Scores and grades."),
        Key::later("forms", "What a person fills in."),
        Key::later("disclosure", "Who may see what."),
        Key::optional("not_encoded", &NOT_ENCODED, "Texts that cannot be expressed, with the reason."),
        Key::optional("cases", &CASES, "Questions with the answers that are expected."),
    ],
    rules: &[Rule::Filled("languages")],
    told_by: &[],
});
