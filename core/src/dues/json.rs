//! The answer as canonical JSON: keys in the order of the language reference, amounts as text, nothing without a value.

pub(crate) mod steps;

use super::answer::{Answer, Instalment, Line, Part};
use super::rule::{Charge, Charges, VersionsOn};
use crate::explain::Finding;
use crate::explain::json_writer::JsonWriter;
use crate::ruleset::{Citation, Rules, VersionId};
use crate::value::{Date, Exact, Period, Rounding};

impl Answer {
    /// The answer as one JSON object, the same on every machine and in every face; its steps are part of it when the
    /// answer has them.
    ///
    /// Amounts, dates and exact values are text; an amount has the decimals of the unit that it was rounded to.
    pub fn to_json(&self, rules: &Rules, charges: &Charges) -> String {
        let mut json = JsonWriter::long();
        self.write_json(&mut json, rules, charges, self.trace.is_some());
        json.finish()
    }

    /// Writes the answer, with its steps if wanted.
    pub(crate) fn write_json(&self, json: &mut JsonWriter, rules: &Rules, charges: &Charges, with_steps: bool) {
        let charge = charges.charges.get(self.charge);
        let writer = AnswerWriter { answer: self, rules, charge, on: effective(self.period, charge) };
        json.object(|json| {
            writer.head(json);
            writer.grounds(json);
            writer.open(json);
            writer.beside(json);
            if with_steps && let Some(trace) = &self.trace {
                json.key("trace").array(|json| {
                    for step in &trace.steps {
                        json.object(|json| steps::write(json, rules, charges, step));
                    }
                });
            }
        });
    }

    /// An amount at the unit that the answer is rounded to.
    pub(crate) fn amount_text(&self, amount: Exact) -> String {
        let mut text = String::new();
        self.write_amount(amount, &mut text);
        text
    }

    /// Writes an amount at the unit that the answer is rounded to.
    pub(crate) fn write_amount(&self, amount: Exact, out: &mut String) {
        let scale = self.rounding.map(Rounding::scale);
        if !scale.is_some_and(|scale| amount.write_fixed(scale, out)) {
            amount.write_to(out);
        }
    }
}

/// The day whose versions answer a charge for a period.
pub(crate) fn effective(period: Period, charge: Option<&Charge>) -> Date {
    match charge.map(|charge| charge.versions_on) {
        Some(VersionsOn::PeriodEnd) => period.end(),
        _ => period.start(),
    }
}

struct AnswerWriter<'a> {
    answer: &'a Answer,
    rules: &'a Rules,
    charge: Option<&'a Charge>,
    /// The day that chooses among citations under several instruments.
    on: Date,
}

impl AnswerWriter<'_> {
    fn head(&self, json: &mut JsonWriter) {
        let Self { answer, rules, .. } = *self;
        json.key("rule_set").object(|json| {
            json.key("id").string(&rules.id);
            json.key("edition").whole(u64::from(rules.edition));
            json.key("hash").string(&rules.hash);
        });
        json.key("charge").string(self.charge.map_or("", |charge| &charge.name));
        json.key("period").text_of(answer.period);
        json.key("status").string(answer.status.name());
        if let Some(amount) = answer.amount {
            json.key("amount").plain(|text| answer.write_amount(amount, text));
        }
        json.key("currency").string(answer.currency.as_str());
        if let Some(unit) = answer.unit {
            json.key("unit").string(unit.name());
        }
        if let Some(exact) = answer.exact {
            json.key("exact").exact(exact);
        }
        if let Some(bounds) = answer.bounds {
            json.key("bounds").object(|json| {
                json.key("at_least").plain(|text| answer.write_amount(bounds.at_least, text));
                json.key("at_most").plain(|text| answer.write_amount(bounds.at_most, text));
            });
        }
    }

    fn grounds(&self, json: &mut JsonWriter) {
        let Self { answer, rules, .. } = *self;
        json.key("rule").string(self.rule(answer.rule));
        self.since(json, answer.rule);
        self.cite(json, &answer.cite);
        json.key("attested").string(answer.attested.name());
        if !answer.assumed.is_empty() {
            json.key("assumed").array(|json| {
                for input in answer.assumed.iter().filter_map(|id| rules.input(*id)) {
                    json.string(&input.name);
                }
            });
        }
    }

    fn open(&self, json: &mut JsonWriter) {
        let Self { answer, rules, .. } = *self;
        if !answer.missing.is_empty() {
            json.key("missing").array(|json| {
                for missing in &answer.missing {
                    let Some(input) = rules.input(missing.input) else { continue };
                    json.object(|json| {
                        json.key("name").string(&input.name);
                        if let Some(on) = missing.on {
                            json.key("on").text_of(on);
                        }
                    });
                }
            });
        }
        if let Some(guide) = answer.guide {
            json.key("guide").exact(guide);
        }
        if !answer.suggested.is_empty() {
            json.key("suggested").array(|json| {
                for step in &answer.suggested {
                    json.exact(*step);
                }
            });
        }
        if let Some(next) = answer.next_band {
            json.key("next_band").object(|json| {
                json.key("from").exact(next.from);
                json.key("included").yes_no(next.included);
                json.key("amount").plain(|text| answer.write_amount(next.amount, text));
            });
        }
    }

    fn beside(&self, json: &mut JsonWriter) {
        let answer = self.answer;
        if !answer.instalments.is_empty() {
            json.key("instalments").array(|json| {
                for instalment in &answer.instalments {
                    json.object(|json| self.instalment(json, instalment));
                }
            });
        }
        self.goes_to(json, answer.goes_to);
        if !answer.lines.is_empty() {
            json.key("lines").array(|json| {
                for line in &answer.lines {
                    json.object(|json| self.line(json, line));
                }
            });
        }
        if !answer.parts.is_empty() {
            json.key("parts").array(|json| {
                for part in &answer.parts {
                    json.object(|json| self.part(json, part));
                }
            });
        }
        if !answer.findings.is_empty() {
            json.key("findings").array(|json| {
                for finding in &answer.findings {
                    json.object(|json| self.finding(json, finding));
                }
            });
        }
    }

    fn instalment(&self, json: &mut JsonWriter, instalment: &Instalment) {
        let way = self.charge.and_then(|charge| charge.pay_by.get(instalment.way));
        json.key("way").string(way.map_or("", |way| &way.name));
        json.key("amount").string(&instalment.text(instalment.amount, self.answer));
        if let Some(count) = instalment.count {
            json.key("count").whole(u64::from(count));
        }
        if let Some(rest) = instalment.rest {
            json.key("rest").object(|json| {
                json.key("last").yes_no(rest.last);
                json.key("amount").string(&instalment.text(rest.amount, self.answer));
            });
        }
        self.since(json, Some(instalment.version));
        self.cite(json, &[instalment.version]);
        if let Some(version) = self.rules.version(instalment.version) {
            json.key("attested").string(version.attested.name());
        }
    }

    fn line(&self, json: &mut JsonWriter, line: &Line) {
        json.key("record").whole(u64::try_from(line.record).unwrap_or(u64::MAX));
        json.key("day").text_of(line.day);
        json.key("status").string(line.status.name());
        if let Some(amount) = line.amount {
            json.key("amount").plain(|text| self.answer.write_amount(amount, text));
        }
        if let Some(exact) = line.exact {
            json.key("exact").exact(exact);
        }
        json.key("rule").string(self.rule(line.rule));
        self.goes_to(json, line.goes_to);
    }

    fn part(&self, json: &mut JsonWriter, part: &Part) {
        json.key("period").text_of(part.period);
        json.key("status").string(part.status.name());
        if let Some(amount) = part.amount {
            json.key("amount").plain(|text| self.answer.write_amount(amount, text));
        }
    }

    fn finding(&self, json: &mut JsonWriter, finding: &Finding) {
        json.key("code").string(finding.code.name());
        json.key("severity").string(finding.code.severity().name());
        for (key, place) in [("path", &finding.path), ("pointer", &finding.pointer)] {
            if !place.is_empty() {
                json.key(key).string(place);
            }
        }
        if !finding.params.is_empty() {
            json.key("params").object(|json| {
                for (name, value) in &finding.params {
                    json.key(name).string(value);
                }
            });
        }
        if let Some(version) = finding.cite {
            self.cite(json, &[version]);
        }
    }

    fn goes_to(&self, json: &mut JsonWriter, word: Option<u8>) {
        let words = self.charge.and_then(|charge| charge.recipients);
        let list = words.and_then(|words| self.rules.words.get(usize::from(words.0)));
        if let Some(word) = word.and_then(|word| list?.get(word)) {
            json.key("goes_to").string(&word.name);
        }
    }

    /// Since when a version holds.
    fn since(&self, json: &mut JsonWriter, version: Option<VersionId>) {
        if let Some(version) = version.and_then(|id| self.rules.version(id)) {
            let from = version.from;
            let from = if from == Date::LONG_AGO { "not_seen".to_owned() } else { from.to_string() };
            json.key("version").string(&from);
        }
    }

    fn rule(&self, rule: Option<VersionId>) -> &str {
        let charge = self.charge.map_or("", |charge| &charge.name);
        rule.map_or(charge, |rule| self.rules.path(rule.timeline))
    }

    /// The clauses of the versions; no key, where the authors decided without a clause.
    fn cite(&self, json: &mut JsonWriter, versions: &[VersionId]) {
        let clauses = clauses(self.rules, versions, self.on);
        if clauses.is_empty() {
            return;
        }
        json.key("cite").array(|json| {
            for citation in clauses {
                let Some(source) = self.rules.sources.get(citation.source.index()) else { continue };
                json.object(|json| {
                    json.key("source").string(&source.name);
                    if let Some(clause) = &citation.clause {
                        json.key("clause").text_of(clause);
                    }
                });
            }
        });
    }
}

/// The clauses of versions, each once; under several instruments the one in force on a day.
pub(crate) fn clauses<'r>(rules: &'r Rules, versions: &[VersionId], on: Date) -> Vec<&'r Citation> {
    let mut clauses: Vec<&Citation> = Vec::new();
    for version in versions.iter().filter_map(|id| rules.version(*id)) {
        for citation in version.cited(on.max(version.from), &rules.sources) {
            if !clauses.contains(&citation) {
                clauses.push(citation);
            }
        }
    }
    clauses
}

#[cfg(test)]
#[cfg(feature = "builtin")]
mod tests;
