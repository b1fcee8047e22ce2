//! The steps of an answer as JSON.

use crate::dues::rule::Charges;
use crate::explain::json_writer::JsonWriter;
use crate::explain::{Step, TermFrom};
use crate::ruleset::expression::Type;
use crate::ruleset::{Datum, ExprId, Rules, VersionId, written, written_value};
use crate::value::{Date, Exact};

/// A step as an object; its values are text in the notation of the rule set.
pub(super) fn write(json: &mut JsonWriter, rules: &Rules, charges: &Charges, step: &Step) {
    let writer = StepWriter { rules, charges };
    match *step {
        Step::Fact { .. } | Step::Field { .. } | Step::Setting { .. } | Step::Term { .. } | Step::Charge { .. } => {
            writer.read(json, step);
        }
        Step::Operation { expression, value } => {
            json.key("step").string("operation");
            writer.expression(json, "expression", expression);
            let type_ = rules.type_of(expression);
            json.key("value").string(&written_value(rules, type_, value));
        }
        Step::Condition { version, when, holds } => {
            json.key("step").string("condition");
            writer.version(json, Some(version));
            writer.expression(json, "when", when);
            if let Some(holds) = holds {
                json.key("holds").yes_no(holds);
            }
        }
        Step::Chosen { version } => {
            json.key("step").string("chosen");
            writer.version(json, Some(version));
        }
        Step::Owed { version, first, days, of, factor } => {
            json.key("step").string("owed");
            writer.version(json, version);
            json.key("first").text_of(first);
            json.key("days").whole(u64::from(days));
            json.key("of").whole(u64::from(of));
            json.key("factor").text_of(factor);
        }
        Step::NotOwed { version } => {
            json.key("step").string("not_owed");
            writer.version(json, Some(version));
        }
        Step::AsOf { version, day } => {
            json.key("step").string("as_of");
            writer.version(json, version);
            json.key("day").text_of(day);
        }
        Step::Record { number, day } => {
            json.key("step").string("record");
            json.key("record").whole(u64::from(number));
            json.key("day").text_of(day);
        }
        Step::Period { period } => {
            json.key("step").string("period");
            json.key("period").text_of(period);
        }
        _ => writer.amount(json, step),
    }
}

struct StepWriter<'a> {
    rules: &'a Rules,
    charges: &'a Charges,
}

impl StepWriter<'_> {
    fn version(&self, json: &mut JsonWriter, version: Option<VersionId>) {
        let Some(id) = version else { return };
        json.key("rule").string(self.rules.path(id.timeline));
        if let Some(version) = self.rules.version(id) {
            let from = version.from;
            let from = if from == Date::LONG_AGO { "not_seen".to_owned() } else { from.to_string() };
            json.key("version").string(&from);
        }
    }

    fn expression(&self, json: &mut JsonWriter, key: &str, expression: ExprId) {
        json.key(key).string(&written(self.rules, expression));
    }

    fn value(&self, json: &mut JsonWriter, type_: Option<Type>, value: Datum) {
        json.key("value").string(&written_value(self.rules, type_.unwrap_or(Type::Text), value));
    }

    /// What was read, with the name under which it stands in the document.
    fn read(&self, json: &mut JsonWriter, step: &Step) {
        let rules = self.rules;
        match *step {
            Step::Fact { input, value, on, since, assumed } => {
                let known = rules.input(input);
                json.key("step").string("fact");
                json.key("name").string(known.map_or("", |input| &input.name));
                self.value(json, known.map(|input| input.kind.type_()), value);
                json.key("on").text_of(on);
                if let Some(since) = since {
                    json.key("since").text_of(since);
                }
                json.key("assumed").yes_no(assumed);
            }
            Step::Field { list, field, value } => {
                let known = rules.field(list, field);
                json.key("step").string("field");
                json.key("name").string(known.map_or("", |field| &field.name));
                self.value(json, known.map(|field| field.kind.type_()), value);
            }
            Step::Setting { setting, value, version, given } => {
                let known = rules.settings.get(setting.index());
                json.key("step").string("setting");
                json.key("name").string(known.map_or("", |setting| &setting.name));
                self.value(json, known.map(|setting| setting.kind.type_()), value);
                self.version(json, Some(version));
                json.key("given").yes_no(given);
            }
            Step::Term { term, value, on, from } => {
                let known = rules.terms.get(term.index());
                json.key("step").string("term");
                json.key("name").string(known.map_or("", |term| &term.name));
                self.value(json, known.map(|term| term.type_), value);
                json.key("on").text_of(on);
                match from {
                    TermFrom::Given => json.key("from").string("given"),
                    TermFrom::Nothing => json.key("from").string("nothing"),
                    TermFrom::Formula(version) => {
                        json.key("from").string("formula");
                        self.version(json, Some(version));
                    }
                }
            }
            Step::Charge { charge, amount } => {
                let known = self.charges.charges.get(charge.index());
                json.key("step").string("charge");
                json.key("name").string(known.map_or("", |charge| &charge.name));
                json.key("amount").text_of(amount);
            }
            _ => {}
        }
    }

    /// The steps that make an amount.
    fn amount(&self, json: &mut JsonWriter, step: &Step) {
        let mut named = |name: &str, version: Option<VersionId>, values: &[(&str, Exact)]| {
            json.key("step").string(name);
            self.version(json, version);
            for (key, value) in values {
                json.key(key).text_of(value);
            }
        };
        match *step {
            Step::Band { version, row, value, looked_up } => {
                named("band", Some(version), &[("value", value), ("looked_up", looked_up)]);
                json.key("row").whole(u64::from(row));
            }
            Step::Rated { rate, of, gives } => named("rated", None, &[("rate", rate), ("of", of), ("gives", gives)]),
            Step::Part { version, row, rate, part, gives } => {
                named("part", Some(version), &[("rate", rate), ("part", part), ("gives", gives)]);
                json.key("row").whole(u64::from(row));
            }
            Step::Sum { gives } => named("sum", None, &[("gives", gives)]),
            Step::Amount { expression, gives } => {
                named("amount", None, &[("gives", gives)]);
                self.expression(json, "expression", expression);
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
                json.key("from").text_of(from);
                json.key("days").whole(u64::from(days));
                json.key("of").whole(u64::from(of));
            }
            Step::Rounded { version, rounding, exact, gives } => {
                named("rounded", Some(version), &[("exact", exact), ("gives", gives)]);
                json.key("rounding").text_of(rounding);
            }
            _ => {}
        }
    }
}
