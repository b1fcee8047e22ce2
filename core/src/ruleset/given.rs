//! What the host tells: facts as single values, histories, texts and lists of records.

use super::datum::Datum;
use super::ids::{InputId, InputSet};
use super::order;
use super::rules::{Kind, Rules};
use super::text_value::{Range, quoted, read_value};
use crate::explain::{Code, Finding};
use crate::value::{Date, Exact};

/// What was told of one input.
#[derive(Clone, Copy, PartialEq)]
pub enum Given<'f> {
    /// Nothing.
    Nothing,
    /// One value, which holds on all days.
    One(&'f Datum),
    /// Values from days on, earliest first.
    History(&'f [(Date, Datum)]),
    /// Records.
    List(&'f [Record]),
}

/// What was told of an input beyond one value.
#[derive(Clone)]
enum Many {
    History(Vec<(Date, Datum)>),
    List(Vec<Record>),
}

/// The fields of a record, in the order in which they are declared.
pub type Record = Vec<Option<Datum>>;

/// A value as a host writes it: a text, a history or records of texts.
#[derive(Clone, PartialEq, Eq)]
pub enum Told {
    /// One value.
    Text(String),
    /// Values from days on: `[{from, value}]`.
    History(Vec<(String, String)>),
    /// Several words.
    Words(Vec<String>),
    /// Records of field and value.
    Records(Vec<Vec<(String, String)>>),
}

impl From<&str> for Told {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl std::fmt::Debug for Told {
    /// Never shows what was told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Text(_) => "Told::Text(…)",
            Self::History(_) => "Told::History(…)",
            Self::Words(_) => "Told::Words(…)",
            Self::Records(_) => "Told::Records(…)",
        })
    }
}

impl std::fmt::Debug for Given<'_> {
    /// Never shows what was told.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::Nothing => "Given::Nothing",
            Self::One(_) => "Given::One(…)",
            Self::History(_) => "Given::History(…)",
            Self::List(_) => "Given::List(…)",
        })
    }
}

/// The facts of one member or organisation.
///
/// A value that does not fit its kind is kept as a finding, so that the answer can say it; nothing is lost and nothing
/// is guessed. One `Facts` serves a whole roster: [`Facts::clear`] forgets the last member without giving memory back.
#[derive(Clone, Default)]
pub struct Facts {
    /// INVARIANT: one for each input; only what is in `told` counts, beside it the values of a member before are left.
    values: Vec<Datum>,
    told: InputSet,
    /// INVARIANT: in the order of the inputs, none of which is in `told`. Few members have a history, so that they stand
    /// apart and a value is told by writing it down.
    many: Vec<(InputId, Many)>,
    refused: Vec<Finding>,
}

impl std::fmt::Debug for Facts {
    /// Counts what was told, never shows it.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Facts")
            .field("told", &self.told.iter().count().saturating_add(self.many.len()))
            .field("refused", &self.refused.len())
            .finish_non_exhaustive()
    }
}

impl Facts {
    /// No facts yet.
    pub fn new(rules: &Rules) -> Self {
        Self { values: vec![Datum::YesNo(false); rules.inputs.len()], ..Self::default() }
    }

    /// Forgets everything that was told.
    pub fn clear(&mut self) {
        self.many.clear();
        self.told.clear();
        self.refused.clear();
    }

    /// Tells one value, already of its kind.
    #[inline]
    pub fn set(&mut self, input: InputId, value: Datum) {
        if let Some(place) = self.values.get_mut(input.index()) {
            *place = value;
            self.told.insert(input);
            if !self.many.is_empty() {
                self.many.retain(|(known, _)| *known != input);
            }
        }
    }

    fn set_many(&mut self, input: InputId, many: Many) {
        if self.values.get(input.index()).is_some() {
            self.told.remove(input);
            match self.many.binary_search_by_key(&input, |(known, _)| *known) {
                Ok(place) => {
                    if let Some(known) = self.many.get_mut(place) {
                        *known = (input, many);
                    }
                }
                Err(place) => self.many.insert(place, (input, many)),
            }
        }
    }

    /// Tells a value by the name of its fact, or of a term that may be given.
    pub fn tell(&mut self, rules: &Rules, name: &str, told: &Told) {
        match rules.input_by_name(name) {
            Some(input) => self.tell_input(rules, input, told),
            None => {
                let names = rules.inputs.iter().map(|input| &*input.name);
                let near = super::nearest(name, names).unwrap_or_default();
                self.refuse(Finding::new(Code::UnknownFact).with("name", quoted(name)).with("near", near));
            }
        }
    }

    /// Tells a value as text.
    pub fn tell_text(&mut self, rules: &Rules, input: InputId, text: &str) {
        let Some(declared) = rules.input(input) else { return };
        let range = Range { at_least: declared.at_least, at_most: declared.at_most };
        match read_value(rules, &declared.name, &declared.kind, range, text) {
            Ok(value) => self.set(input, value),
            Err(finding) => self.refuse(*finding),
        }
    }

    /// Tells a number that the host has as one. What a text of the same digits would be refused for, it is refused for.
    pub fn tell_number(&mut self, rules: &Rules, input: InputId, number: Exact) {
        let Some(declared) = rules.input(input) else { return };
        let range = Range { at_least: declared.at_least, at_most: declared.at_most };
        match declared.kind {
            Kind::Number | Kind::Share | Kind::Money(_) if range.holds(number) => {
                self.set(input, Datum::Number(number));
            }
            _ => self.tell_text(rules, input, &number.to_string()),
        }
    }

    /// Tells a day that the host has as one.
    pub fn tell_day(&mut self, rules: &Rules, input: InputId, day: Date) {
        let Some(declared) = rules.input(input) else { return };
        match declared.kind {
            Kind::Date if !day.is_bound() => self.set(input, Datum::Date(day)),
            _ => self.tell_text(rules, input, &day.to_string()),
        }
    }

    /// Tells a value as text that holds from a day on. What was told before holds until then: a single value since long
    /// ago, a history as far as it goes.
    pub fn tell_change(&mut self, rules: &Rules, input: InputId, from: Date, text: &str) {
        let Some(declared) = rules.input(input) else { return };
        let range = Range { at_least: declared.at_least, at_most: declared.at_most };
        let value = match read_value(rules, &declared.name, &declared.kind, range, text) {
            Ok(value) => value,
            Err(finding) => return self.refuse(*finding),
        };
        let mut history = match self.get(input) {
            Given::One(before) => vec![(Date::LONG_AGO, *before)],
            Given::History(records) => records.to_vec(),
            // No value of a list can be read, so none is there.
            Given::Nothing | Given::List(_) => Vec::new(),
        };
        match history.binary_search_by_key(&from, |(known, _)| *known) {
            Ok(_) => self.refuse(bad_history(&declared.name, &from.to_string(), "one value a day")),
            Err(at) => {
                history.insert(at, (from, value));
                self.set_many(input, Many::History(history));
            }
        }
    }

    fn tell_input(&mut self, rules: &Rules, input: InputId, told: &Told) {
        let Some(declared) = rules.input(input) else { return };
        let range = Range { at_least: declared.at_least, at_most: declared.at_most };
        let name = &*declared.name;
        match (told, &declared.kind) {
            (Told::Records(records), Kind::List(fields)) => {
                let mut list = Vec::with_capacity(records.len());
                for record in records {
                    let mut values: Record = fields.iter().map(|field| field.unless_given).collect();
                    for (field, text) in record {
                        let at = fields.iter().position(|known| *known.name == **field);
                        let Some((at, known)) = at.and_then(|at| fields.get(at).map(|known| (at, known))) else {
                            let near = super::nearest(field, fields.iter().map(|f| &*f.name)).unwrap_or_default();
                            self.refuse(
                                Finding::new(Code::UnknownFact).on(name).with("name", quoted(field)).with("near", near),
                            );
                            continue;
                        };
                        let range = Range { at_least: known.at_least, at_most: known.at_most };
                        let place = format!("{name}/{}/{field}", list.len());
                        match read_value(rules, &place, &known.kind, range, text) {
                            Ok(value) => {
                                if let Some(slot) = values.get_mut(at) {
                                    *slot = Some(value);
                                }
                            }
                            Err(finding) => self.refuse(*finding),
                        }
                    }
                    list.push(values);
                }
                self.set_many(input, Many::List(list));
            }
            (Told::Words(words), Kind::SetOf(_)) => self.tell_text(rules, input, &words.join("|")),
            (Told::History(records), Kind::SetOf(_)) if records.is_empty() => {
                self.set(input, Datum::Words(0));
            }
            // `[]` is an empty list, whatever kind of list it is.
            (Told::History(records), Kind::List(_)) if records.is_empty() => {
                self.set_many(input, Many::List(Vec::new()));
            }
            (Told::Text(text), _) => self.tell_text(rules, input, text),
            (Told::History(records), kind) if !matches!(kind, Kind::List(_)) => {
                let mut history = Vec::with_capacity(records.len());
                for (from, text) in records {
                    let Ok(day) = Date::parse(from) else {
                        self.refuse(bad_history(name, from, "2026-01-31"));
                        continue;
                    };
                    match read_value(rules, name, kind, range, text) {
                        Ok(value) => history.push((day, value)),
                        Err(finding) => self.refuse(*finding),
                    }
                }
                order::sort_by(&mut history, |(one, _), (other, _)| one.cmp(other));
                let repeated = history.windows(2).find_map(|pair| match pair {
                    [(a, _), (b, _)] if a == b => Some(*a),
                    _ => None,
                });
                match repeated {
                    Some(day) => self.refuse(bad_history(name, &day.to_string(), "one value a day")),
                    None if history.is_empty() => self.refuse(bad_history(name, "[]", "one record or more")),
                    None => self.set_many(input, Many::History(history)),
                }
            }
            (_, kind) => {
                let wanted = if matches!(kind, Kind::List(_)) { "[{…}, …]" } else { "[{from, value}, …]" };
                self.refuse(
                    Finding::new(Code::BadValue)
                        .on(name)
                        .with("name", name)
                        .with("value", "[…]")
                        .with("wanted", wanted),
                );
            }
        }
    }

    /// Keeps a finding of the host's own reading, such as a cell that is not a number.
    pub fn refuse(&mut self, finding: Finding) {
        self.refused.push(finding);
    }

    /// What does not fit its kind.
    pub fn refused(&self) -> &[Finding] {
        &self.refused
    }

    /// What was told of an input.
    #[inline]
    pub fn get(&self, input: InputId) -> Given<'_> {
        match self.values.get(input.index()) {
            Some(value) if self.told.contains(input) => Given::One(value),
            _ if self.many.is_empty() => Given::Nothing,
            _ => self.many(input),
        }
    }

    fn many(&self, input: InputId) -> Given<'_> {
        let found = self.many.binary_search_by_key(&input, |(known, _)| *known).ok();
        match found.and_then(|place| self.many.get(place)) {
            Some((_, Many::History(records))) => Given::History(records),
            Some((_, Many::List(records))) => Given::List(records),
            None => Given::Nothing,
        }
    }

    /// Whether anything was told of an input.
    pub fn has(&self, input: InputId) -> bool {
        !matches!(self.get(input), Given::Nothing)
    }

    /// Whether anything was told of one of these inputs.
    pub(crate) fn has_any(&self, inputs: &InputSet) -> bool {
        self.told.meets(inputs) || self.many.iter().any(|(input, _)| inputs.contains(*input))
    }

    /// Whether any fact has a history, so that days matter.
    pub fn has_history(&self) -> bool {
        self.many.iter().any(|(_, many)| matches!(many, Many::History(_)))
    }

    /// The first days of all records of all histories.
    pub(crate) fn changes(&self) -> impl Iterator<Item = Date> {
        self.many
            .iter()
            .filter_map(|(_, many)| match many {
                Many::History(records) => Some(records.iter().map(|(from, _)| *from)),
                Many::List(_) => None,
            })
            .flatten()
    }
}

fn bad_history(name: &str, value: &str, wanted: &str) -> Finding {
    Finding::new(Code::BadHistory).on(name).with("name", name).with("value", quoted(value)).with("wanted", wanted)
}

#[cfg(test)]
#[cfg(feature = "builtin")]
mod tests {
    use super::{Datum, Facts, Given, InputId, Told};
    use crate::RuleSet;
    use crate::value::{Date, Exact};

    /// What two ways of telling leave behind.
    fn told(tell: impl Fn(&mut Facts, &RuleSet)) -> (Vec<Option<Datum>>, Vec<crate::explain::Finding>) {
        let cpc = RuleSet::builtin("cpc").unwrap();
        let mut facts = cpc.facts();
        tell(&mut facts, &cpc);
        let value = |at| if let Given::One(value) = facts.get(InputId::nth(at)) { Some(*value) } else { None };
        ((0..cpc.rules().inputs.len()).map(value).collect(), facts.refused().to_vec())
    }

    #[test]
    fn a_number_is_told_and_refused_as_its_text_is() {
        // Money with a least value, a day, a word.
        for name in ["base", "joined", "category"] {
            for text in ["5400.5", "0", "-0.01", "100000000000000000000000"] {
                let number = Exact::parse(text).unwrap();
                let as_number = told(|facts, cpc| {
                    let input = cpc.rules().input_by_name(name).unwrap();
                    facts.tell_number(cpc.rules(), input, number);
                });
                let as_text = told(|facts, cpc| {
                    let input = cpc.rules().input_by_name(name).unwrap();
                    facts.tell_text(cpc.rules(), input, text);
                });
                assert_eq!(as_number, as_text, "{name} {text}");
            }
        }
    }

    #[test]
    fn a_change_leaves_what_was_before_it() {
        let day = |month| Date::new(2026, month, 1).unwrap();
        let facts = |before: Option<&Told>, changes: &[(u32, &str)]| {
            let cpc = RuleSet::builtin("cpc").unwrap();
            let mut facts = cpc.facts();
            let input = cpc.rules().input_by_name("base").unwrap();
            if let Some(before) = before {
                facts.tell(cpc.rules(), "base", before);
            }
            for (month, text) in changes {
                facts.tell_change(cpc.rules(), input, day(*month), text);
            }
            let refused: Vec<_> = facts.refused().iter().map(|finding| finding.code.name()).collect();
            let records = if let Given::History(records) = facts.get(input) { records.to_vec() } else { Vec::new() };
            (records, refused)
        };
        let number = |text: &str| Datum::Number(Exact::parse(text).unwrap());
        let history =
            |records: &[(Date, &str)]| -> Vec<_> { records.iter().map(|(from, text)| (*from, number(text))).collect() };
        let changes = [(9, "6000"), (3, "5000")];
        let both = [(day(3), "5000"), (day(9), "6000")];
        assert_eq!(facts(None, &changes).0, history(&both));
        let one = [&[(Date::LONG_AGO, "4000")][..], &both].concat();
        assert_eq!(facts(Some(&"4000".into()), &changes), (history(&one), vec![]));
        let earlier = Told::History(vec![("2026-02-01".to_owned(), "4500".to_owned())]);
        assert_eq!(facts(Some(&earlier), &changes).0, history(&[&[(day(2), "4500")][..], &both].concat()));
        assert_eq!(facts(None, &[(3, "5000"), (3, "6000")]), (history(&both[..1]), vec!["bad_history"]));
        assert_eq!(facts(Some(&"4000".into()), &[(3, "5,000")]).1, ["bad_value"]);
    }

    #[test]
    fn a_day_is_told_and_refused_as_its_text_is() {
        for name in ["base", "joined", "category"] {
            for day in [Date::new(2026, 11, 23).unwrap(), Date::NEVER, Date::LONG_AGO] {
                let as_day = told(|facts, cpc| {
                    let input = cpc.rules().input_by_name(name).unwrap();
                    facts.tell_day(cpc.rules(), input, day);
                });
                let as_text = told(|facts, cpc| {
                    let input = cpc.rules().input_by_name(name).unwrap();
                    facts.tell_text(cpc.rules(), input, &day.to_string());
                });
                assert_eq!(as_day, as_text, "{name} {day}");
            }
        }
    }
}
