//! What is asked: facts as a host has them, and what is asked about them.

pub(super) mod json;

use std::collections::BTreeMap;

use super::error::{Error, ErrorCode};
use crate::explain::{Code, Finding};
use crate::ruleset::diagnostic;
use crate::ruleset::{self, Decision, InputId, Kind, Rules, Told, quoted, wanted};

/// The facts of one member or organisation: a value under the name of each fact that is known. A fact that is not in
/// the map is unknown, which is not zero.
pub type Facts = BTreeMap<String, Value>;

/// A value as a host has it.
///
/// A text is read by the kind of its fact, so texts alone are enough. The other forms say what the host's own type was:
/// a number for a fact that is none is refused by a finding that names the fact, and never turned into something else.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// A text: `5400.50`, `waged`, `yes`, `2026-11-23`, a word by its name or title.
    Text(String),
    /// An exact decimal number in plain digits, such as `-5400.50`: for counts, numbers, shares, money, days, months.
    Number(String),
    /// Yes or no.
    YesNo(bool),
    /// A day as YYYY-MM-DD.
    Date(String),
    /// Some words, by name or title: for facts that take several.
    Words(Vec<String>),
    /// A value that changed: what it was from which day on, in any order.
    History(Vec<Dated>),
    /// Records of a list, each with the values of its fields. For a fact that is no list, records with exactly the
    /// fields `from` and `value` are its history, so that a host's own maps can be passed as they are.
    Records(Vec<BTreeMap<String, Value>>),
}

/// A value from a day on.
#[derive(Clone, PartialEq, Eq)]
pub struct Dated {
    /// The first day on which it holds, as YYYY-MM-DD.
    pub from: String,
    /// The value; no history and no records.
    pub value: Value,
}

/// What is asked beside the facts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The period: `2026-11`, `2026-Q4`, `2026-H2`, `2026`. One that is longer than the charge's is answered part by
    /// part.
    pub period: String,
    /// The charge; the one that the rule set answers, if none is named.
    pub charge: Option<String>,
    /// By which day the rules had been issued, as YYYY-MM-DD; all that the document has, if none is given.
    pub known: Option<String>,
    /// What the organisation decided, by setting: a value, or records of `from`, `issued` and `value`.
    pub settings: BTreeMap<String, Value>,
    /// What is set aside for this call: the path of a rule that normally holds, with the reason to be recorded.
    pub set_aside: BTreeMap<String, String>,
    /// Whether the steps are wanted.
    pub trace: bool,
}

impl Request {
    /// A question for a period, with nothing else said.
    pub fn new(period: impl Into<String>) -> Self {
        Self { period: period.into(), ..Self::default() }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<bool> for Value {
    fn from(answer: bool) -> Self {
        Self::YesNo(answer)
    }
}

impl std::fmt::Debug for Value {
    /// Names the form, never a value that a host told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Text(…)",
            Self::Number(_) => "Number(…)",
            Self::YesNo(_) => "YesNo(…)",
            Self::Date(_) => "Date(…)",
            Self::Words(_) => "Words(…)",
            Self::History(_) => "History(…)",
            Self::Records(_) => "Records(…)",
        })
    }
}

impl std::fmt::Debug for Dated {
    /// Never shows what was told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Dated { .. }")
    }
}

impl Value {
    /// The value in the notation of the rule set, if it can stand where `kind` is wanted.
    fn text_for(&self, kind: &Kind) -> Option<String> {
        match self {
            Self::Text(text) => Some(text.clone()),
            Self::Number(number) if kind.is_numeric() => Some(number.clone()),
            Self::YesNo(answer) if *kind == Kind::YesNo => Some(if *answer { "yes" } else { "no" }.to_owned()),
            Self::Date(day) if *kind == Kind::Date => Some(day.clone()),
            Self::Words(words) if matches!(kind, Kind::SetOf(_)) => Some(words.join("|")),
            _ => None,
        }
    }

    /// The value as a finding quotes it.
    fn shown(&self) -> String {
        match self {
            Self::Text(text) | Self::Number(text) | Self::Date(text) => quoted(text),
            Self::YesNo(true) => "yes".to_owned(),
            Self::YesNo(false) => "no".to_owned(),
            Self::Words(_) | Self::History(_) | Self::Records(_) => "[…]".to_owned(),
        }
    }

    fn is_empty_list(&self) -> bool {
        match self {
            Self::Words(words) => words.is_empty(),
            Self::History(dated) => dated.is_empty(),
            Self::Records(records) => records.is_empty(),
            Self::Text(_) | Self::Number(_) | Self::YesNo(_) | Self::Date(_) => false,
        }
    }
}

/// Tells the facts of a host to the evaluation. What does not fit is kept as a finding.
pub(super) fn tell_all(facts: &mut ruleset::Facts, rules: &Rules, told: &Facts) {
    for (name, value) in told {
        match rules.input_by_name(name) {
            Some(input) => tell(facts, rules, input, value),
            // Its finding says which name is near.
            None => facts.tell(rules, name, &Told::Words(Vec::new())),
        }
    }
}

fn tell(facts: &mut ruleset::Facts, rules: &Rules, input: InputId, value: &Value) {
    let Some(declared) = rules.input(input) else { return };
    let (name, kind) = (&*declared.name, &declared.kind);
    if value.is_empty_list() {
        // An empty list is an empty list, whatever kind of list it is.
        return facts.tell(rules, name, &Told::History(Vec::new()));
    }
    match (value, kind) {
        (Value::Text(text), _) => facts.tell_text(rules, input, text),
        (Value::Records(records), Kind::List(fields)) => {
            let mut told = Vec::with_capacity(records.len());
            for (number, record) in records.iter().enumerate() {
                let mut texts = Vec::with_capacity(record.len());
                for (field, value) in record {
                    let known = fields.iter().find(|known| *known.name == **field).map(|known| &known.kind);
                    // An unknown field is refused by its name, whatever its value.
                    match known.map_or(Some(String::new()), |kind| value.text_for(kind)) {
                        Some(text) => texts.push((field.clone(), text)),
                        None => refuse(facts, rules, &format!("{name}/{number}/{field}"), known.unwrap_or(kind), value),
                    }
                }
                told.push(texts);
            }
            facts.tell(rules, name, &Told::Records(told));
        }
        (Value::History(dated), kind) if !matches!(kind, Kind::List(_)) => {
            let history = dated.iter().map(|dated| (dated.from.as_str(), &dated.value)).collect();
            tell_history(facts, rules, name, kind, history);
        }
        (Value::Records(records), kind) => match records.iter().map(as_dated).collect::<Option<Vec<_>>>() {
            Some(history) => tell_history(facts, rules, name, kind, history),
            None => refuse(facts, rules, name, kind, value),
        },
        (value, kind) => match value.text_for(kind) {
            Some(text) => facts.tell_text(rules, input, &text),
            None => refuse(facts, rules, name, kind, value),
        },
    }
}

fn tell_history(facts: &mut ruleset::Facts, rules: &Rules, name: &str, kind: &Kind, history: Vec<(&str, &Value)>) {
    let mut told = Vec::with_capacity(history.len());
    for (from, value) in history {
        match value.text_for(kind) {
            Some(text) => told.push((from.to_owned(), text)),
            None => refuse(facts, rules, name, kind, value),
        }
    }
    if !told.is_empty() {
        facts.tell(rules, name, &Told::History(told));
    }
}

/// A record with exactly the fields `from` and `value`.
fn as_dated(record: &BTreeMap<String, Value>) -> Option<(&str, &Value)> {
    let from = match record.get("from")? {
        Value::Text(day) | Value::Date(day) => day.as_str(),
        _ => return None,
    };
    (record.len() == 2).then_some((from, record.get("value")?))
}

fn refuse(facts: &mut ruleset::Facts, rules: &Rules, place: &str, kind: &Kind, value: &Value) {
    let finding = Finding::new(Code::BadValue).on(place);
    facts.refuse(finding.with("name", place).with("value", value.shown()).with("wanted", wanted(rules, kind)));
}

/// The decisions behind the settings of a request.
pub(super) fn decisions(rules: &Rules, settings: &BTreeMap<String, Value>) -> Result<Vec<Decision>, Error> {
    let mut all = Vec::with_capacity(settings.len());
    for (name, value) in settings {
        let setting = rules.settings.iter().find(|setting| *setting.name == **name);
        let bad = |value: &Value| {
            let wanted = setting.map(|setting| wanted(rules, &setting.kind)).unwrap_or_default();
            let (name, shown) = (quoted(name), value.shown());
            Error::new(
                ErrorCode::BadSetting,
                format!("setting {}: `{shown}` is not accepted; accepted: {wanted}", diagnostic::quoted(&name)),
            )
            .with("name", name)
            .with("value", shown)
            .with("wanted", wanted)
        };
        // A setting that does not exist is told by its name when the question is made ready.
        let kind = setting.map_or(&Kind::Text, |setting| &setting.kind);
        let text = |value: &Value| match setting {
            Some(_) => value.text_for(kind).ok_or_else(|| bad(value)),
            None => Ok(String::new()),
        };
        match value {
            Value::History(history) => {
                for Dated { from, value } in history {
                    let from = Some(from.clone());
                    all.push(Decision { name: name.clone(), from, issued: None, value: text(value)? });
                }
            }
            Value::Records(records) => {
                for record in records {
                    let day = |key: &str| match record.get(key) {
                        None => Ok(None),
                        Some(Value::Text(day) | Value::Date(day)) => Ok(Some(day.clone())),
                        Some(other) => Err(bad(other)),
                    };
                    let known = record.keys().all(|key| matches!(key.as_str(), "from" | "issued" | "value"));
                    let Some(inner) = record.get("value").filter(|_| known) else { return Err(bad(value)) };
                    let (from, issued) = (day("from")?, day("issued")?);
                    all.push(Decision { name: name.clone(), from, issued, value: text(inner)? });
                }
            }
            single => all.push(Decision::always(name.clone(), text(single)?)),
        }
    }
    Ok(all)
}
