//! Alternatives that can both apply, and words that none of them has.

use super::Check;
use crate::dues::{Form, Tariff, TariffBody};
use crate::ruleset::diagnostic::{Diagnostic, Example};
use crate::ruleset::expression::{Op, Type};
use crate::ruleset::{
    Alternative, Choice, Datum, ExprId, Formula, InputId, Kind, Subject, Verdict, VersionId, WordsId, both_ever_apply,
    not_covered_within, together, written, written_value,
};
use crate::value::{Date, Per, Period};

impl Check<'_> {
    /// Looks at every two alternatives on every two dates on which both are in force, and gives the pairs of versions
    /// that can never apply together.
    pub(super) fn choice<T>(
        &mut self,
        choice: &Choice<T>,
        path: &str,
        per: Option<Per>,
    ) -> Vec<(VersionId, VersionId)> {
        let mut disjoint = Vec::new();
        // One report is enough for a version that applies to everybody.
        let mut without_when: Vec<VersionId> = Vec::new();
        for (second, b) in choice.alternatives.iter().enumerate() {
            for (first, a) in choice.alternatives.iter().enumerate().take(second) {
                for (one, left) in versions(a) {
                    for (other, right) in versions(b) {
                        let replaces = |by: Option<u16>, at: usize| by.map(usize::from) == Some(at);
                        let ordered = left.otherwise
                            || right.otherwise
                            || replaces(left.instead_of, second)
                            || replaces(right.instead_of, first);
                        if ordered {
                            continue;
                        }
                        let (one_when, other_when) = (conditions(left.when), conditions(right.when));
                        let question = ((one, one_when.as_slice()), (other, other_when.as_slice()));
                        let (verdict, dates) = both_ever_apply(self.rules, question.0, question.1, &mut self.effort);
                        match verdict {
                            Verdict::Never => disjoint.push((one, other)),
                            Verdict::Both(_) if without_when.contains(&one) || without_when.contains(&other) => {}
                            Verdict::Both(values) => {
                                without_when.extend(left.when.is_none().then_some(one));
                                without_when.extend(right.when.is_none().then_some(other));
                                let values =
                                    values.iter().map(|value| (value.subject, value.value)).collect::<Vec<_>>();
                                let dates = dates.unwrap_or((Date::LONG_AGO, Date::NEVER));
                                self.two_rules((one, left.when), (other, right.when), &values, dates, path, per);
                            }
                            Verdict::Undecided => self.undecided(one, other, left.when.or(right.when), path),
                        }
                    }
                }
            }
        }
        disjoint
    }

    fn both_in_force(&self, one: VersionId, other: VersionId) -> Option<(Date, Date)> {
        let a = self.rules.timelines.get(one.timeline.index())?;
        let b = self.rules.timelines.get(other.timeline.index())?;
        together(a, usize::from(one.version), b, usize::from(other.version))
    }

    fn two_rules(
        &mut self,
        (one, left): (VersionId, Option<ExprId>),
        (other, right): (VersionId, Option<ExprId>),
        values: &[(Subject, Datum)],
        (effective, known): (Date, Date),
        path: &str,
        per: Option<Per>,
    ) {
        // The one that stands later in the document is marked.
        let turned = self.span(one).start > self.span(other).start;
        let ((one, left), (other, right)) =
            if turned { ((other, right), (one, left)) } else { ((one, left), (other, right)) };
        let (first, second) = (self.last_name(one), self.last_name(other));
        let facts: Vec<(String, String)> = values
            .iter()
            .filter(|(subject, _)| !matches!(subject, Subject::Setting(_)))
            .map(|(subject, value)| (subject.name(self.rules).to_owned(), self.shown(*subject, *value)))
            .collect();
        let shown: Vec<String> = facts.iter().map(|(name, value)| format!("{name} = {value}")).collect();
        let case = if shown.is_empty() { "everybody".to_owned() } else { shown.join(", ") };
        let since = if effective.is_bound() { String::new() } else { format!(" on {effective}") };
        let message = format!("`{first}` and `{second}` both apply to {case}{since}");
        let without = |when: Option<ExprId>, name: &str| when.is_none().then(|| name.to_owned());
        let help = match without(left, &first).or(without(right, &second)) {
            Some(name) => {
                format!("`{name}` has no `when`, so it applies to everybody: give it one, or `otherwise: yes`")
            }
            None if path.ends_with(".reductions") => {
                format!(
                    "say which holds: `take: lowest`, `take: [{first}, {second}]`, or `instead_of: {first}` in `{second}`"
                )
            }
            None => format!("take the case out of one condition, or say `instead_of: {first}` in `{second}`"),
        };
        let mut fault = Diagnostic::error("two_rules", self.span(other), message).at(path.to_owned()).with_help(help);
        fault = fault.with_related(self.span(one), format!("`{first}`"));
        self.report(fault.with_example(Example {
            facts,
            value: None,
            period: period(effective, per),
            known: known_text(known),
        }));
    }

    fn undecided(&mut self, one: VersionId, other: VersionId, when: Option<ExprId>, path: &str) {
        let (first, second) = (self.last_name(one), self.last_name(other));
        let message = format!("whether `{first}` and `{second}` can both apply is not decided");
        let condition = when.map(|when| written(self.rules, when)).unwrap_or_default();
        let help = format!(
            "conditions such as `{condition}` compare facts with each other or calculate; a member to whom both apply gets no \
             amount. Compare one fact with constants, or say `instead_of`"
        );
        let fault = Diagnostic::warning("undecided", self.span(other), message).at(path.to_owned()).with_help(help);
        let fault = fault.with_related(self.span(one), format!("`{first}`"));
        self.report(fault);
    }

    /// The last name of a rule's path.
    pub(super) fn last_name(&self, version: VersionId) -> String {
        let path = self.rules.path(version.timeline);
        path.rsplit('.').next().unwrap_or(path).to_owned()
    }

    fn shown(&self, subject: Subject, value: Datum) -> String {
        let kind = match subject {
            Subject::Input(input) => self.rules.input(input).map(|input| input.kind.type_()),
            Subject::Setting(setting) => self.rules.settings.get(setting.index()).map(|setting| setting.kind.type_()),
            Subject::Field(list, field) => self.rules.field(list, field).map(|field| field.kind.type_()),
        };
        written_value(self.rules, kind.unwrap_or(Type::Text), value)
    }

    /// Words that a tariff's table by word leaves out and no other alternative has.
    pub(super) fn missing_amounts(&mut self, choice: &Choice<Tariff>, path: &str) {
        for (at, alternative) in choice.alternatives.iter().enumerate() {
            for (version, case) in versions(alternative) {
                let TariffBody::Amount(schedule) = &case.body.body else { continue };
                let Form::ByWord { of, .. } = &schedule.form else { continue };
                self.missing_words(choice, at, version, *of, path);
            }
        }
    }

    /// Words that a term's table by word leaves out and no other alternative has.
    pub(super) fn missing_values(&mut self, choice: &Choice<Formula>, path: &str) {
        for (at, alternative) in choice.alternatives.iter().enumerate() {
            for (version, case) in versions(alternative) {
                let Formula::ByWord(of, _) = &case.body else { continue };
                self.missing_words(choice, at, version, *of, path);
            }
        }
    }

    fn missing_words<T>(&mut self, choice: &Choice<T>, at: usize, version: VersionId, of: ExprId, path: &str) {
        let Some((input, words)) = self.word_input(of) else { return };
        let mut all: Vec<Vec<ExprId>> = Vec::new();
        for (other, alternative) in choice.alternatives.iter().enumerate() {
            for (beside, case) in versions(alternative) {
                let in_force =
                    if other == at { beside == version } else { self.both_in_force(version, beside).is_some() };
                if !in_force {
                    continue;
                }
                if case.otherwise {
                    return;
                }
                all.push(conditions(case.when));
            }
        }
        let list = self.rules.words.get(usize::from(words.0));
        let missing = not_covered_within(self.rules, &all, &[], (input, words), &mut self.effort);
        let names: Vec<String> = missing
            .iter()
            .filter_map(|word| list.and_then(|list| list.get(*word)).map(|word| format!("`{}`", word.name)))
            .collect();
        if names.is_empty() {
            return;
        }
        let fact = self.rules.input(input).map_or("", |input| &input.name);
        let has = if names.len() == 1 { "has" } else { "have" };
        let message = format!(
            "{} {has} no row here, and no other alternative covers {fact} = {}",
            names.join(", "),
            names.join(" | ").replace('`', "")
        );
        let fault = Diagnostic::warning("missing_words", self.span(version), message).at(path.to_owned());
        self.report(fault.with_help("add rows or an alternative with their clause, or a row `{ no_rule: why }`"));
    }

    fn word_input(&self, of: ExprId) -> Option<(InputId, WordsId)> {
        let input = match self.rules.arena.get(of)?.op {
            Op::Fact(input) => input,
            Op::Term(term) => self.rules.terms.get(term.index())?.input?,
            _ => return None,
        };
        match self.rules.input(input)?.kind {
            Kind::OneOf(words) => Some((input, words)),
            _ => None,
        }
    }
}

/// A condition as a list of conditions that must all hold.
fn conditions(when: Option<ExprId>) -> Vec<ExprId> {
    when.into_iter().collect()
}

/// The versions of an alternative with what they say; those that repeal are passed over.
pub(super) fn versions<T>(alternative: &Alternative<T>) -> impl Iterator<Item = (VersionId, &crate::ruleset::Case<T>)> {
    let timeline = alternative.dated.timeline;
    alternative.dated.bodies.iter().enumerate().filter_map(move |(at, body)| {
        let version = VersionId { timeline, version: u16::try_from(at).ok()? };
        body.as_ref().map(|case| (version, case))
    })
}

/// The period of a charge that begins on a day, or the day itself.
pub(super) fn period(day: Date, per: Option<Per>) -> Option<String> {
    if day.is_bound() {
        return None;
    }
    let period = Period::containing(per.unwrap_or(Per::Month), day).filter(|period| period.start() == day);
    Some(period.map_or_else(|| day.to_string(), |period| period.to_string()))
}

fn known_text(known: Date) -> Option<String> {
    (!known.is_bound()).then(|| known.to_string())
}
