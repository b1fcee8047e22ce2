//! What is asked.

use std::collections::HashMap;

use rollbook::facade;

/// A value as the host has it.
///
/// A text is read by the kind of its fact, so texts alone are enough. The other forms say what the host's own type was:
/// a number for a fact that is none is refused by a finding that names the fact.
#[derive(Clone, PartialEq, Eq, uniffi::Enum)]
pub enum Value {
    /// A text: `5400.50`, `waged`, `yes`, `2026-11-23`, a word by its name or title.
    Text {
        /// The text.
        text: String,
    },
    /// An exact decimal number in plain digits.
    Number {
        /// The digits, such as `-5400.50`.
        digits: String,
    },
    /// Yes or no.
    YesNo {
        /// Whether it is so.
        yes: bool,
    },
    /// A day.
    Date {
        /// The day as YYYY-MM-DD.
        day: String,
    },
    /// Some words, by name or title: for facts that take several.
    Words {
        /// The words.
        words: Vec<String>,
    },
    /// A value that changed: what it was from which day on, in any order.
    History {
        /// The values with their days.
        dated: Vec<Dated>,
    },
    /// Records of a list, each with the values of its fields.
    Records {
        /// The records.
        records: Vec<HashMap<String, Value>>,
    },
}

/// A value from a day on.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Dated {
    /// The first day on which it holds, as YYYY-MM-DD.
    pub from: String,
    /// The value; no history and no records.
    pub value: Value,
}

/// What is asked beside the facts.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Request {
    /// The period: `2026-11`, `2026-Q4`, `2026-H2`, `2026`. One that is longer than the charge's is answered part by
    /// part.
    pub period: String,
    /// The charge; the one that the rule set answers, if none is named.
    pub charge: Option<String>,
    /// By which day the rules had been issued, as YYYY-MM-DD; all that the document has, if none is given.
    pub known: Option<String>,
    /// What the organisation decided, by setting: a value, or records of `from`, `issued` and `value`.
    pub settings: HashMap<String, Value>,
    /// What is set aside for this call: the path of a rule that normally holds, with the reason to be recorded.
    pub set_aside: HashMap<String, String>,
    /// Whether the steps are wanted.
    pub trace: bool,
}

/// One question. It crosses as one thing, because each thing that crosses costs by itself.
#[derive(Clone, PartialEq, Eq, uniffi::Record)]
pub struct Question {
    /// The facts.
    pub told: HashMap<String, Value>,
    /// What is asked beside them.
    pub request: Request,
}

impl From<Value> for facade::Value {
    fn from(value: Value) -> Self {
        match value {
            Value::Text { text } => Self::Text(text),
            Value::Number { digits } => Self::Number(digits),
            Value::YesNo { yes } => Self::YesNo(yes),
            Value::Date { day } => Self::Date(day),
            Value::Words { words } => Self::Words(words),
            Value::History { dated } => Self::History(dated.into_iter().map(facade::Dated::from).collect()),
            Value::Records { records } => Self::Records(records.into_iter().map(facts).collect()),
        }
    }
}

impl From<Dated> for facade::Dated {
    fn from(Dated { from, value }: Dated) -> Self {
        Self { from, value: value.into() }
    }
}

impl From<Request> for facade::Request {
    fn from(request: Request) -> Self {
        let Request { period, charge, known, settings, set_aside, trace } = request;
        // All fields by name, so that one that the facade adds does not compile here.
        Self { period, charge, known, settings: facts(settings), set_aside: set_aside.into_iter().collect(), trace }
    }
}

/// Values by name.
pub(crate) fn facts(told: HashMap<String, Value>) -> facade::Facts {
    told.into_iter().map(|(name, value)| (name, value.into())).collect()
}

impl std::fmt::Debug for Value {
    /// Never shows what was told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Value(…)")
    }
}

impl std::fmt::Debug for Dated {
    /// Never shows what was told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dated(…)")
    }
}

impl std::fmt::Debug for Request {
    /// Never shows what was told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Request(…)")
    }
}

impl std::fmt::Debug for Question {
    /// Never shows what was told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Question(…)")
    }
}
