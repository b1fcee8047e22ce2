//! The steps of an answer with names instead of ids: as JSON, or for whoever else takes the fields of a step.

use crate::dues::rule::Charges;
use crate::explain::json_writer::JsonWriter;
use crate::explain::{Step, TermFrom};
use crate::ruleset::expression::Type;
use crate::ruleset::{ChargeId, Datum, ExprId, Rules, VersionId, written_value};
use crate::value::{Date, Exact};

/// Takes the fields of one step, in the order of the canonical JSON.
pub(crate) trait StepFields {
    /// A text: a name, a word, a value in the notation of the rule set.
    fn text(&mut self, key: &'static str, text: &str);
    /// An exact number.
    fn number(&mut self, key: &'static str, number: Exact);
    /// A day, or a bound beyond all days.
    fn day(&mut self, key: &'static str, day: Date);
    /// A count.
    fn count(&mut self, key: &'static str, count: u64);
    /// Yes or no.
    fn yes_no(&mut self, key: &'static str, answer: bool);
}

impl StepFields for JsonWriter {
    fn text(&mut self, key: &'static str, text: &str) {
        self.key(key).string(text);
    }

    fn number(&mut self, key: &'static str, number: Exact) {
        self.key(key).exact(number);
    }

    fn day(&mut self, key: &'static str, day: Date) {
        self.key(key).text_of(day);
    }

    fn count(&mut self, key: &'static str, count: u64) {
        self.key(key).whole(count);
    }

    fn yes_no(&mut self, key: &'static str, answer: bool) {
        JsonWriter::yes_no(self.key(key), answer);
    }
}

/// Gives the fields of a step; its values are text in the notation of the rule set.
pub(crate) fn write(fields: &mut impl StepFields, rules: &Rules, charges: &Charges, step: &Step) {
    let writer = StepWriter { rules, charges };
    match *step {
        Step::Fact { .. }
        | Step::Field { .. }
        | Step::Setting { .. }
        | Step::Term { .. }
        | Step::Reads { .. }
        | Step::Charge { .. } => writer.read(fields, step),
        Step::Operation { expression, value } => {
            fields.text("step", "operation");
            writer.expression(fields, "expression", expression);
            let type_ = rules.type_of(expression);
            fields.text("value", &written_value(rules, type_, value));
        }
        Step::Condition { version, when, holds } => {
            fields.text("step", "condition");
            writer.version(fields, Some(version));
            writer.expression(fields, "when", when);
            if let Some(holds) = holds {
                fields.yes_no("holds", holds);
            }
        }
        Step::Chosen { version } => {
            fields.text("step", "chosen");
            writer.version(fields, Some(version));
        }
        Step::Owed { version, first, days, of, factor } => {
            fields.text("step", "owed");
            writer.version(fields, version);
            fields.day("first", first);
            fields.count("days", u64::from(days));
            fields.count("of", u64::from(of));
            fields.number("factor", factor);
        }
        Step::NotOwed { version } => {
            fields.text("step", "not_owed");
            writer.version(fields, Some(version));
        }
        Step::AsOf { version, day } => {
            fields.text("step", "as_of");
            writer.version(fields, version);
            fields.day("day", day);
        }
        Step::Record { number, day } => {
            fields.text("step", "record");
            fields.count("record", u64::from(number));
            fields.day("day", day);
        }
        Step::Period { period } => {
            fields.text("step", "period");
            fields.text("period", &period.to_string());
        }
        _ => writer.amount(fields, step),
    }
}

struct StepWriter<'a> {
    rules: &'a Rules,
    charges: &'a Charges,
}

impl StepWriter<'_> {
    fn version(&self, fields: &mut impl StepFields, version: Option<VersionId>) {
        let Some(id) = version else { return };
        fields.text("rule", self.rules.path(id.timeline));
        if let Some(version) = self.rules.version(id) {
            let from = version.from;
            let from = if from == Date::LONG_AGO { "not_seen".to_owned() } else { from.to_string() };
            fields.text("version", &from);
        }
    }

    fn charge(&self, charge: ChargeId) -> &str {
        self.charges.charges.get(charge.index()).map_or("", |charge| &charge.name)
    }

    fn expression(&self, fields: &mut impl StepFields, key: &'static str, expression: ExprId) {
        fields.text(key, self.rules.kept.written(self.rules, expression));
    }

    fn value(&self, fields: &mut impl StepFields, type_: Option<Type>, value: Datum) {
        fields.text("value", &written_value(self.rules, type_.unwrap_or(Type::Text), value));
    }

    /// What was read, with the name under which it stands in the document.
    fn read(&self, fields: &mut impl StepFields, step: &Step) {
        let rules = self.rules;
        match *step {
            Step::Fact { input, value, on, since, assumed } => {
                let known = rules.input(input);
                fields.text("step", "fact");
                fields.text("name", known.map_or("", |input| &input.name));
                self.value(fields, known.map(|input| input.kind.type_()), value);
                fields.day("on", on);
                if let Some(since) = since {
                    fields.day("since", since);
                }
                fields.yes_no("assumed", assumed);
            }
            Step::Field { list, field, value } => {
                let known = rules.field(list, field);
                fields.text("step", "field");
                fields.text("name", known.map_or("", |field| &field.name));
                self.value(fields, known.map(|field| field.kind.type_()), value);
            }
            Step::Setting { setting, value, version, given } => {
                let known = rules.settings.get(setting.index());
                fields.text("step", "setting");
                fields.text("name", known.map_or("", |setting| &setting.name));
                self.value(fields, known.map(|setting| setting.kind.type_()), value);
                self.version(fields, Some(version));
                fields.yes_no("given", given);
            }
            Step::Term { term, value, on, from } => {
                let known = rules.terms.get(term.index());
                fields.text("step", "term");
                fields.text("name", known.map_or("", |term| &term.name));
                self.value(fields, known.map(|term| term.type_), value);
                fields.day("on", on);
                match from {
                    TermFrom::Given => fields.text("from", "given"),
                    TermFrom::Nothing => fields.text("from", "nothing"),
                    TermFrom::Formula(version) => {
                        fields.text("from", "formula");
                        self.version(fields, Some(version));
                    }
                }
            }
            Step::Reads { charge } => {
                fields.text("step", "reads");
                fields.text("name", self.charge(charge));
            }
            Step::Charge { charge, amount, rule } => {
                fields.text("step", "charge");
                fields.text("name", self.charge(charge));
                self.version(fields, rule);
                if let Some(amount) = amount {
                    fields.number("amount", amount);
                }
            }
            _ => {}
        }
    }

    /// The steps that make an amount.
    fn amount(&self, fields: &mut impl StepFields, step: &Step) {
        let mut named = |name: &str, version: Option<VersionId>, values: &[(&'static str, Exact)]| {
            fields.text("step", name);
            self.version(fields, version);
            for (key, value) in values {
                fields.number(key, *value);
            }
        };
        match *step {
            Step::Band { version, row, value, looked_up } => {
                named("band", Some(version), &[("value", value), ("looked_up", looked_up)]);
                fields.count("row", u64::from(row));
            }
            Step::Rated { rate, of, gives } => named("rated", None, &[("rate", rate), ("of", of), ("gives", gives)]),
            Step::Part { version, row, rate, part, gives } => {
                named("part", Some(version), &[("rate", rate), ("part", part), ("gives", gives)]);
                fields.count("row", u64::from(row));
            }
            Step::Sum { gives } => named("sum", None, &[("gives", gives)]),
            Step::Amount { expression, gives } => {
                named("amount", None, &[("gives", gives)]);
                self.expression(fields, "expression", expression);
            }
            Step::Declared { declared, minimum, gives } => {
                let mut values = vec![("minimum", minimum), ("gives", gives)];
                values.extend(declared.map(|declared| ("declared", declared)));
                named("declared", None, &values);
            }
            Step::Limit { version, at_most, limit, before, after } => {
                let side = if at_most { "at_most" } else { "at_least" };
                named("limit", Some(version), &[(side, limit), ("before", before), ("after", after)]);
            }
            Step::SetAside { version } => named("set_aside", Some(version), &[]),
            Step::Reduced { version, share, before, after } => {
                named("reduced", Some(version), &[("share", share), ("before", before), ("after", after)]);
            }
            Step::Prorated { factor, before, after } => {
                named("prorated", None, &[("factor", factor), ("before", before), ("after", after)]);
            }
            Step::Piece { from, days, of, amount, gives } => {
                named("piece", None, &[("amount", amount), ("gives", gives)]);
                fields.day("from", from);
                fields.count("days", u64::from(days));
                fields.count("of", u64::from(of));
            }
            Step::Instalment { version, share, of, gives } => {
                named("instalment", Some(version), &[("share", share), ("of", of), ("gives", gives)]);
            }
            Step::Rest { version, of, others, each, gives } => {
                named("rest", Some(version), &[("of", of), ("each", each), ("gives", gives)]);
                fields.count("others", u64::from(others));
            }
            Step::Rounded { version, rounding, exact, gives } => {
                named("rounded", Some(version), &[("exact", exact), ("gives", gives)]);
                fields.text("rounding", &rounding.to_string());
            }
            _ => {}
        }
    }
}
