//! The form of a charge in the document: which keys stand where.

use crate::ruleset::document::{
    ANY, AS_OF, EXPRESSION, LOWER_EDGE, MODES, NAME, NAMES, NO_WHEN_BESIDE_OTHERWISE, NUMBER, RATE, TITLE, UPPER_EDGE,
    WORDS, YES_NO, copy, titled, version,
};
use crate::ruleset::shape::{Key, Record, Rule, Shape, TextForm};

/// A length of time that periods have.
static PER: Shape = Shape::Text(TextForm::Words(&["month", "quarter", "half_year", "year"]));

static ROUNDING: Shape = Shape::Text(TextForm::Rounding);

static OWED: Record = version!(
    "owed", "On which days the charge is owed.",
    told_by: [], rules: [],
    Key::optional("when", &EXPRESSION, "The condition, asked of every day."),
    Key::optional("starts", &EXPRESSION, "The first day."),
    Key::optional("ends", &EXPRESSION, "The last day."),
    Key::optional("part", &Shape::Text(TextForm::Words(&["whole", "none", "by_day", "by_month", "by_half_year"])), "What a part of a period costs."),
);

static ROUND: Record = version!(
    "rounding", "How the amount is rounded.",
    told_by: [], rules: [],
    Key::optional("is", &ROUNDING, "A mode and a unit such as `half_up to 0.01`, or a setting of the kind rounding."),
);

static LIMIT: Record = version!(
    "limit", "A limit on the amount.",
    told_by: [], rules: [],
    Key::optional("title", &TITLE, "Its title."),
    Key::optional("when", &EXPRESSION, "When it holds."),
    Key::optional("at_most", &EXPRESSION, "The greatest amount."),
    Key::optional("at_least", &EXPRESSION, "The least amount."),
);
static TITLED_LIMIT: Record = titled!("limit with a title", &Shape::OneOrMany(&Shape::Record(&LIMIT)));
static LIMITS: Shape = Shape::Named(&Shape::AnyOf(&[
    &Shape::List(&Shape::Record(&LIMIT)),
    &Shape::Record(&TITLED_LIMIT),
    &Shape::Record(&LIMIT),
]));

static WAY: Record = version!(
    "way of paying", "A way in which the amount is paid in instalments.",
    told_by: [], rules: [Rule::AtMostOne(&["times", "parts"]), Rule::Needs("rest", &["parts"])],
    Key::optional("title", &TITLE, "Its title."),
    Key::optional("times", &RATE, "The share of the amount that one instalment is, such as `12/52`."),
    Key::optional("parts", &Shape::Text(TextForm::Count), "Into how many instalments the amount is divided, such as 4."),
    Key::optional("round", &ROUNDING, "How an instalment is rounded: a mode and a unit such as `half_up to 0.01`, or a setting."),
    Key::optional(
        "rest",
        &Shape::Text(TextForm::Words(&["first", "last"])),
        "Which of the `parts` takes what rounding leaves; by default the last.",
    ),
);
static TITLED_WAY: Record = titled!("way of paying with a title", &Shape::OneOrMany(&Shape::Record(&WAY)));
static WAYS: Shape = Shape::Named(&Shape::AnyOf(&[
    &Shape::List(&Shape::Record(&WAY)),
    &Shape::Record(&TITLED_WAY),
    &Shape::Record(&WAY),
]));

static REDUCTION: Record = version!(
    "reduction", "A reduction of the amount.",
    told_by: [], rules: [NO_WHEN_BESIDE_OTHERWISE, Rule::AtMostOne(&["exempt", "amount", "pays", "less"])],
    Key::optional("title", &TITLE, "Its title."),
    Key::optional("when", &EXPRESSION, "The member's case."),
    Key::optional("otherwise", &YES_NO, "`yes`: it applies where no other reduction does."),
    Key::optional("instead_of", &NAME, "The reduction that it replaces where it applies."),
    Key::optional("needs", &EXPRESSION, "The formality without which it has no effect."),
    Key::optional("exempt", &YES_NO, "`yes`: nothing is owed."),
    Key::optional("amount", &EXPRESSION, "What is owed instead."),
    Key::optional("pays", &EXPRESSION, "The share that is owed."),
    Key::optional("less", &EXPRESSION, "The share that is not owed."),
);
static TITLED_REDUCTION: Record = titled!("reduction with a title", &Shape::OneOrMany(&Shape::Record(&REDUCTION)));
static REDUCTIONS: Shape = Shape::Extended(
    &Record {
        title: "reductions",
        doc: "Named reductions, of which at most one applies unless `take` says otherwise.",
        keys: &[Key::optional(
            "take",
            &Shape::AnyOf(&[&Shape::Text(TextForm::Words(&["lowest"])), &NAMES]),
            "`lowest`: the one with the least amount; or the names of those that apply one on the result of the other.",
        )],
        rules: &[],
        told_by: &[],
    },
    &Shape::AnyOf(&[
        &Shape::List(&Shape::Record(&REDUCTION)),
        &Shape::Record(&TITLED_REDUCTION),
        &Shape::Record(&REDUCTION),
    ]),
);

static BAND: Shape = Shape::Record(&Record {
    title: "band",
    doc: "A row of a table: its edges and what it gives.",
    keys: &[
        Key::optional("from", &NUMBER, "Where it begins; the edge is its own."),
        Key::optional("above", &NUMBER, "Where it begins; the edge is not its own."),
        Key::optional("up_to", &NUMBER, "Where it ends; the edge is its own."),
        Key::optional("below", &NUMBER, "Where it ends; the edge is not its own."),
        Key::optional("rate", &EXPRESSION, "A share of what is looked up."),
        Key::optional("amount", &EXPRESSION, "An amount."),
        Key::optional("no_rule", &ANY, "The table has nothing here, and why."),
        Key::optional("name", &NAME, "The name of the row."),
        Key::optional("chosen", &ANY, "Why it holds where another row overlaps it."),
    ],
    rules: &[
        LOWER_EDGE,
        UPPER_EDGE,
        Rule::Coded(
            "bad_band",
            &Rule::ExactlyOne(&["rate", "amount", "no_rule"]),
            "a row gives one thing: a `rate`, an `amount`, or `no_rule` with the reason",
        ),
    ],
    told_by: &[],
});
static BANDS: Shape = Shape::Record(&Record {
    title: "table",
    doc: "Rows over the values of an expression.",
    keys: &[
        Key::required("of", &EXPRESSION, "What is looked up, such as a fact or a term."),
        Key::required("bands", &Shape::List(&BAND), "The rows, from low to high."),
        Key::optional("published_in", &NUMBER, "The unit in which the table is printed, such as 1."),
        Key::optional("between", &MODES, "How a value between two printed ones is looked up."),
        Key::optional(
            "stated",
            &Shape::List(&Shape::Text(TextForm::Words(&["cliff", "falling"]))),
            "What looks odd and is meant: no warning.",
        ),
    ],
    rules: &[
        Rule::Filled("bands"),
        Rule::Needs("published_in", &["between"]),
        Rule::Needs("between", &["published_in"]),
    ],
    told_by: &[],
});

/// Hands the keys of a schedule, which stand wherever an amount is wanted, to a macro that makes a record of them.
macro_rules! with_schedule_keys {
    ($make:ident [$($before:tt)*] [$($after:tt)*]) => {
        $make! {
            $($before)*
            Key::optional("amount", &AMOUNT, "An amount: an expression, or a schedule of its own."),
            Key::optional("rate", &EXPRESSION, "A share of `of`."),
            Key::optional("of", &EXPRESSION, "What the rate or the rates are of."),
            Key::optional("slab", &BANDS, "The whole base at its band's rate."),
            Key::optional("marginal", &BANDS, "Each part of the base at its own band's rate."),
            Key::optional("table", &BANDS, "An amount for each band."),
            Key::optional("by", &EXPRESSION, "The word whose row gives the amount."),
            Key::optional("amounts", &Shape::Named(&ROW), "An amount for each word."),
            Key::optional("rates", &Shape::Named(&EXPRESSION), "A rate of `of` for each word."),
            Key::optional("declared", &EXPRESSION, "What the member declares."),
            Key::optional("minimum", &AMOUNT, "What is owed at least beside `declared`."),
            Key::optional("guide", &AMOUNT, "What is recommended beside `declared`."),
            Key::optional("suggested", &Shape::List(&EXPRESSION), "The steps offered beside `declared`."),
            Key::optional("at_least", &EXPRESSION, "The least amount of this schedule."),
            Key::optional("at_most", &EXPRESSION, "The greatest amount of this schedule."),
            Key::optional("round", &ROUNDING, "How this schedule is rounded, before reductions."),
            $($after)*
        }
    };
}
macro_rules! keys {
    ($($key:expr),* $(,)?) => { &[$($key),*] };
}

static SCHEDULE: Record = Record {
    title: "schedule",
    doc: "How an amount is found.",
    keys: with_schedule_keys!(keys [] []),
    rules: &[
        Rule::ExactlyOne(&["amount", "rate", "slab", "marginal", "table", "by", "declared"]),
        Rule::Needs("rate", &["of"]),
        Rule::Needs("rates", &["by", "of"]),
        Rule::Needs("amounts", &["by"]),
        Rule::Needs("declared", &["minimum"]),
        Rule::Needs("minimum", &["declared"]),
        Rule::AtMostOne(&["amounts", "rates"]),
    ],
    told_by: &[],
};
static AMOUNT: Shape = Shape::AnyOf(&[&EXPRESSION, &Shape::Record(&SCHEDULE)]);
static ROW: Shape = Shape::AnyOf(&[
    &EXPRESSION,
    &Shape::Record(&Record {
        title: "row",
        doc: "A row that gives no amount.",
        keys: &[
            Key::optional("exempt", &YES_NO, "`yes`: nothing is owed."),
            Key::optional("no_rule", &ANY, "Nothing is known, and why."),
        ],
        rules: &[Rule::ExactlyOne(&["exempt", "no_rule"])],
        told_by: &["exempt", "no_rule"],
    }),
    &Shape::Record(&SCHEDULE),
]);

pub(crate) static TARIFF: Record = with_schedule_keys!(version [
    "tariff", "How the amount is found, from a day on.",
    told_by: [
        "cite", "under", "from", "chosen", "when", "amount", "rate", "by",
    ],
    rules: [
        NO_WHEN_BESIDE_OTHERWISE,
        Rule::AtMostOne(&["amount", "rate", "slab", "marginal", "table", "by", "declared", "exempt", "no_rule"]),
        Rule::Needs("rate", &["of"]),
        Rule::Needs("rates", &["by", "of"]),
        Rule::Needs("amounts", &["by"]),
        Rule::Needs("declared", &["minimum"]),
        Rule::Needs("minimum", &["declared"]),
        Rule::Needs("due_in", &["per"]),
        Rule::Needs("per", &["due_in"]),
        Rule::AtMostOne(&["amounts", "rates"]),
    ],
] [
    Key::optional("title", &TITLE, "Its title."),
    Key::optional("when", &EXPRESSION, "When this alternative applies."),
    Key::optional("otherwise", &YES_NO, "`yes`: it applies where no other alternative does."),
    Key::optional("instead_of", &NAME, "The alternative that it replaces where it applies."),
    Key::optional("exempt", &YES_NO, "`yes`: nothing is owed."),
    Key::optional("no_rule", &ANY, "Nothing is known, and why."),
    Key::optional("per", &PER, "The longer time that the amount is for."),
    Key::optional("due_in", &Shape::Text(TextForm::Words(DUE_IN)), "The part of that time in which it is due."),
    Key::optional("goes_to", &NAME, "Who gets it, as a word of `recipients`."),
]);
/// The parts of a longer time in which an amount can be due.
const DUE_IN: &[&str] = &[
    "first owed month",
    "first owed quarter",
    "first owed half_year",
    "last owed month",
    "last owed quarter",
    "last owed half_year",
];
static NAMED_TARIFF: Record = Record { title: "named tariff", told_by: &[], ..copy(&TARIFF) };
static TITLED_TARIFF: Record = titled!("tariff with a title", &Shape::OneOrMany(&Shape::Record(&NAMED_TARIFF)));
/// One version or a list of them; other maps are named alternatives.
static TARIFFS: Shape = Shape::AnyOf(&[
    &Shape::List(&Shape::Record(&NAMED_TARIFF)),
    &Shape::Record(&TARIFF),
    &Shape::Named(&Shape::AnyOf(&[
        &Shape::List(&Shape::Record(&NAMED_TARIFF)),
        &Shape::Record(&TITLED_TARIFF),
        &Shape::Record(&NAMED_TARIFF),
    ])),
]);

/// Every amount becomes one that can be paid.
const ROUNDED: Rule = Rule::Coded(
    "no_rounding",
    &Rule::AtLeastOne(&["round"]),
    "say how an amount becomes one that can be paid: `round: { cite: …, is: half_up to 0.01 }`",
);

/// What is already given is not paid in instalments.
const GIVEN_AT_ONCE: Rule = Rule::Coded(
    "keys_together",
    &Rule::AtMostOne(&["each", "pay_by"]),
    "a charge that goes through records has no instalments: leave `pay_by` out",
);

/// A charge.
pub(crate) static CHARGE: Shape = Shape::Record(&Record {
    title: "charge",
    doc: "Regular dues or a levy: a fixed row of stages, each with versions of its own.",
    keys: &[
        Key::optional("title", &TITLE, "Its title."),
        Key::optional(
            "of",
            &Shape::Text(TextForm::Words(&["member", "organisation"])),
            "Who owes it: a member (the default) or an organisation.",
        ),
        Key::optional("per", &PER, "The length of its periods."),
        Key::optional("each", &NAME, "The list of which each record makes a line."),
        Key::optional("day", &NAME, "The field that names the record's day."),
        Key::optional("recipients", &WORDS, "The words that say who gets it."),
        Key::optional(
            "versions_on",
            &Shape::Text(TextForm::Words(&["period_start", "period_end", "by_day"])),
            "Which day of the period chooses the versions.",
        ),
        Key::optional("owed", &Shape::OneOrMany(&Shape::Record(&OWED)), "On which days it is owed; by default all."),
        Key::optional("as_of", &AS_OF, "The day whose facts are read; by default the first day owed."),
        Key::optional("reductions", &REDUCTIONS, "Reductions."),
        Key::required("tariff", &TARIFFS, "How the amount is found: versions, or named alternatives."),
        Key::optional("limits", &LIMITS, "Limits on the amount, after reductions."),
        Key::optional("round", &Shape::OneOrMany(&Shape::Record(&ROUND)), "How the amount is rounded."),
        Key::optional("pay_by", &WAYS, "Named ways in which the amount is paid in instalments."),
        Key::later("splits", "How the amount is divided between levels."),
    ],
    rules: &[
        Rule::Needs("each", &["day"]),
        Rule::Needs("day", &["each"]),
        Rule::AtLeastOne(&["per", "each"]),
        ROUNDED,
        GIVEN_AT_ONCE,
    ],
    told_by: &[],
});
