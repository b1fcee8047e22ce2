//! From the section `charges` to the compiled charges.

mod pay_by;
mod schedule;

use super::document::TARIFF;
use super::rule::{
    Charge, Charges, Due, Each, Form, LimitBody, NamedLimit, Owed, OwedPart, Reduction, ReductionBody, Reductions,
    Take, Tariff, TariffBody, VersionsOn,
};
use crate::ruleset::diagnostic::Diagnostic;
use crate::ruleset::node::{Entry, Node, Span};
use crate::ruleset::read::{ChargeRoots, Reader, Within, charge_id, first_key, is_yes, owner};
use crate::ruleset::{Choice, Dated, ExprId, Kind, Name, Type, VersionId};
use crate::value::Per;

/// What holds throughout one charge.
#[derive(Clone, Copy, Debug)]
struct Place {
    /// What an amount is here.
    amount: Type,
    within: Within,
}

/// Declares the charges, so that expressions can read them.
pub(crate) fn declare(reader: &mut Reader, node: Option<&Node>) {
    for entry in node.and_then(Node::as_map).unwrap_or_default() {
        let path = format!("charges.{}", entry.key);
        let id = charge_id(reader.charge_types.len());
        reader.declare(&entry.key, entry.key_span, &path, Name::Charge(id));
        reader.charge_types.push(amount_type(&entry.value));
        reader.rules.charge_names.push(entry.key.clone());
    }
}

fn amount_type(node: &Node) -> Type {
    let per = node.get("per").and_then(Node::as_text).and_then(Per::from_name);
    Type::Money(if node.get("each").is_some() { None } else { per })
}

/// Reads the charges.
pub(crate) fn read(reader: &mut Reader, node: Option<&Node>, answers: Option<&Node>) -> Charges {
    let mut charges = Charges::default();
    for entry in node.and_then(Node::as_map).unwrap_or_default() {
        if let Some(charge) = charge(reader, entry) {
            charges.charges.push(charge);
        }
    }
    check_lengths(reader, &charges);
    match answers {
        Some(wanted) => {
            charges.answers = charges.find(wanted.as_text());
            if charges.answers.is_none() && !reader.has_errors() {
                let known: Vec<Box<str>> = reader.rules.charge_names.clone();
                reader.no_such(wanted, "answers", "charge", known.iter().map(|name| &**name));
            }
        }
        None if charges.charges.len() == 1 => charges.answers = Some(0),
        None => {}
    }
    charges
}

/// A term has the unit of the charge that it reads, so only charges of the same length of time may use it.
fn check_lengths(reader: &mut Reader, charges: &Charges) {
    for charge in &charges.charges {
        let Some(per) = charge.per else { continue };
        for (term, other) in reader.charges_behind_terms(&charge.roots()) {
            let Some(read) = charges.charges.get(other.index()).filter(|read| read.per.is_some_and(|own| own != per))
            else {
                continue;
            };
            let Some(own) = read.per else { continue };
            let (term, other) = (reader.rules.terms.get(term.index()).map_or("", |term| &term.name), &read.name);
            let message = format!(
                "`{}` is per {}, but its term `{term}` reads `{other}`, which is per {}",
                charge.name,
                per.name(),
                own.name()
            );
            let span = charge.roots().first().map_or_else(Span::default, |root| reader.place(*root));
            let fault = Diagnostic::error("wrong_unit", span, message).at(format!("charges.{}", charge.name));
            let help = format!("read `{other}` in the charge itself: there it is the amount for the charge's period");
            reader.report(fault.with_help(help));
        }
    }
}

fn charge(reader: &mut Reader, entry: &Entry) -> Option<Charge> {
    let node = &entry.value;
    let name = &*entry.key;
    let path = format!("charges.{name}");
    let per = node.get("per").and_then(Node::as_text).and_then(Per::from_name);
    let owner = owner(node);
    let each = match node.entry("each") {
        Some(list) => Some(each(reader, list, node, &path)?),
        None => None,
    };
    let within = Within { owner: Some(owner), record: each.map(|each| each.list), per };
    let place = Place { amount: amount_type(node), within };
    let recipients = node.get("recipients").map(|node| reader.words(node, &path));
    let stage = |key: &str| node.entry(key).map(|entry| (entry, format!("{name}.{key}"), format!("{path}.{key}")));
    let owed = stage("owed").map(|(entry, rule, path)| {
        reader.stage(&entry.value, entry.key_span, &rule, &path, |reader, node, path| owed(reader, node, path, within))
    });
    let as_of = stage("as_of").map(|(entry, rule, path)| {
        reader.stage(&entry.value, entry.key_span, &rule, &path, |reader, node, path| {
            let is = reader.needed(node, "is", "an as-of day", path)?;
            reader.expression(is, path, Type::Date, within)
        })
    });
    let reductions = stage("reductions").map(|(entry, rule, path)| reductions(reader, entry, &rule, &path, place));
    let tariff =
        stage("tariff").map(|(entry, rule, path)| tariff(reader, entry, &rule, &path, place, (per, recipients)));
    let limits = limits(reader, node, name, &path, place);
    let pay_by = pay_by::ways(reader, node, name, &path);
    let round = match stage("round") {
        Some((entry, rule, path)) => reader.stage(&entry.value, entry.key_span, &rule, &path, |reader, node, path| {
            let is = reader.needed(node, "is", "a rounding", path)?;
            reader.rounding(is, path)
        }),
        None => return None,
    };
    let title = reader.titles(node.get("title"), &path);
    Some(Charge {
        name: name.into(),
        title,
        owner,
        per,
        each,
        recipients,
        versions_on: match node.get("versions_on").and_then(Node::as_text) {
            Some("period_end") => VersionsOn::PeriodEnd,
            Some("by_day") => VersionsOn::ByDay,
            _ => VersionsOn::PeriodStart,
        },
        owed,
        as_of,
        reductions,
        tariff: tariff?,
        limits,
        round,
        pay_by,
        reaches: Vec::new(),
    })
}

fn each(reader: &mut Reader, list: &Entry, node: &Node, path: &str) -> Option<Each> {
    let name = list.value.as_text().unwrap_or_default();
    let input = reader.rules.input_by_name(name);
    let kind = input.and_then(|input| reader.rules.input(input)).map(|input| input.kind.clone());
    let (Some(id), Some(Kind::List(fields))) = (input, kind) else {
        let lists: Vec<Box<str>> = reader
            .rules
            .inputs
            .iter()
            .filter(|input| matches!(input.kind, Kind::List(_)))
            .map(|input| input.name.clone())
            .collect();
        reader.no_such(&list.value, path, "fact of the kind list", lists.iter().map(|name| &**name));
        return None;
    };
    let day = node.get("day")?;
    let wanted = day.as_text().unwrap_or_default();
    let Some(at) = fields.iter().position(|field| *field.name == *wanted) else {
        reader.no_such(day, path, "field of the record", fields.iter().map(|field| &*field.name));
        return None;
    };
    if fields.get(at).map(|field| &field.kind) != Some(&Kind::Date) {
        reader.error("wrong_type", day.span, path, format!("`{wanted}` is no date"));
        return None;
    }
    Some(Each { list: id, day: u8::try_from(at).ok()? })
}

fn owed(reader: &mut Reader, node: &Node, path: &str, within: Within) -> Option<Owed> {
    let mut optional = |key: &str, wanted: Type| -> Result<Option<ExprId>, ()> {
        match node.get(key) {
            Some(node) => reader.expression(node, path, wanted, within).map(Some).ok_or(()),
            None => Ok(None),
        }
    };
    let (when, starts, ends) =
        (optional("when", Type::YesNo), optional("starts", Type::Date), optional("ends", Type::Date));
    Some(Owed {
        when: when.ok()?,
        starts: starts.ok()?,
        ends: ends.ok()?,
        part: match node.get("part").and_then(Node::as_text) {
            Some("none") => OwedPart::None,
            Some("by_day") => OwedPart::ByDay,
            Some("by_month") => OwedPart::ByMonth,
            Some("by_half_year") => OwedPart::ByHalfYear,
            _ => OwedPart::Whole,
        },
        // The terms behind it are not all read yet.
        depends_on_day: true,
    })
}

fn tariff(
    reader: &mut Reader,
    entry: &Entry,
    rule: &str,
    path: &str,
    place: Place,
    (charge_per, recipients): (Option<Per>, Option<crate::ruleset::WordsId>),
) -> Choice<Tariff> {
    let alternatives = reader.alternatives(&entry.value, entry.key_span, Some(&TARIFF), path);
    reader.choice(&alternatives, rule, path, place.within, |reader, node, path, mut keys| {
        let goes_to = node.get("goes_to").and_then(|wanted| {
            let name = wanted.as_text().unwrap_or_default();
            let list = recipients.and_then(|words| reader.rules.words.get(usize::from(words.0)));
            let found = list.and_then(|list| list.by_name(name));
            if found.is_none() {
                let known: Vec<Box<str>> =
                    list.map(|list| list.words.iter().map(|word| word.name.clone()).collect()).unwrap_or_default();
                reader.no_such(wanted, path, "recipient", known.iter().map(|name| &**name));
            }
            found
        });
        let per = node.get("per").and_then(Node::as_text).and_then(Per::from_name);
        let place = per.map_or(place, |per| Place { amount: Type::Money(Some(per)), ..place });
        let body = if is_yes(node.get("exempt")) {
            TariffBody::Exempt
        } else if let Some(why) = node.get("no_rule").and_then(Node::as_text) {
            TariffBody::NoRule(why.into())
        } else {
            let read = schedule::read(reader, node, path, place, true)?;
            // A table by word applies to the words that it has rows for.
            if let Form::ByWord { of, rows } = &read.form {
                keys.when = reader.with_rows(*of, rows.iter().map(Option::is_some), node, keys.when);
            }
            TariffBody::Amount(read)
        };
        let last = node.get("due_in").and_then(Node::as_text).is_some_and(|text| text.starts_with("last"));
        if let (Some(longer), Some(due_in)) = (per, node.get("due_in")) {
            due_in_a_part(reader, due_in, longer, charge_per, path);
        }
        Some((keys, Tariff { body, due: per.map(|per| Due { per, last }), goes_to }))
    })
}

/// An amount for a longer time is due in one of the charge's own periods.
fn due_in_a_part(reader: &mut Reader, due_in: &Node, longer: Per, own: Option<Per>, path: &str) {
    let Some(own) = own else { return };
    let word = due_in.as_text().and_then(|text| text.rsplit(' ').next()).unwrap_or_default();
    if word != own.name() {
        let message = format!(
            "the charge is per {}, so an amount is due in a {} of it",
            own.name(),
            own.name().replace('_', "-")
        );
        let help = format!("write `due_in: first owed {}`", own.name());
        reader.report(Diagnostic::error("wrong_reference", due_in.span, message).at(path).with_help(help));
    }
    if longer.months() <= own.months() {
        let message = format!("a {} is not longer than the charge's {}", longer.name(), own.name());
        let fault = Diagnostic::error("wrong_reference", due_in.span, message).at(path);
        reader.report(fault.with_help("leave `per` and `due_in` out"));
    }
}

fn reductions(reader: &mut Reader, entry: &Entry, rule: &str, path: &str, place: Place) -> Reductions {
    let node = &entry.value;
    let alternatives = reader.alternatives(node, entry.key_span, None, path);
    let names: Vec<&str> = alternatives.iter().filter_map(|alternative| alternative.name).collect();
    let take = match node.get("take") {
        None => Take::One,
        Some(take) if take.as_text() == Some("lowest") => Take::Lowest,
        Some(take) => {
            let mut order = Vec::new();
            for wanted in take.one_or_many() {
                match names.iter().position(|name| Some(*name) == wanted.as_text()) {
                    Some(at) => order.push(at),
                    None => reader.no_such(wanted, path, "reduction", names.iter().copied()),
                }
            }
            Take::InOrder(order)
        }
    };
    let choice = reader.choice(&alternatives, rule, path, place.within, |reader, node, path, keys| {
        if take != Take::One {
            for key in ["otherwise", "instead_of"] {
                if let Some(entry) = node.entry(key) {
                    let message = format!("`{key}` has no meaning beside `take`: every reduction that holds is taken");
                    let fault = Diagnostic::error("keys_together", entry.key_span, message).at(path);
                    reader.report(fault.with_help("say in `when` to whom it applies"));
                }
            }
        }
        let needs = match node.get("needs") {
            Some(needs) => Some(reader.expression(needs, path, Type::YesNo, place.within)?),
            None => None,
        };
        let body = if is_yes(node.get("exempt")) {
            ReductionBody::Exempt
        } else if let Some(amount) = node.get("amount") {
            ReductionBody::Amount(reader.expression(amount, path, place.amount, place.within)?)
        } else if let Some(pays) = node.get("pays") {
            ReductionBody::Pays(reader.expression(pays, path, Type::Number, place.within)?)
        } else if let Some(less) = node.get("less") {
            ReductionBody::Less(reader.expression(less, path, Type::Number, place.within)?)
        } else {
            let fault = Diagnostic::error(
                "missing_key",
                first_key(node),
                "a reduction needs `exempt`, `amount`, `pays` or `less`",
            );
            reader.report(fault.at(path));
            return None;
        };
        Some((keys, Reduction { needs, body }))
    });
    Reductions { take, choice }
}

fn limits(reader: &mut Reader, node: &Node, name: &str, path: &str, place: Place) -> Vec<NamedLimit> {
    let mut limits: Vec<NamedLimit> = Vec::new();
    for entry in node.get("limits").and_then(Node::as_map).unwrap_or_default() {
        let rule = format!("{name}.limits.{}", entry.key);
        let path = format!("{path}.limits.{}", entry.key);
        let dated = reader
            .stage(&entry.value, entry.key_span, &rule, &path, |reader, node, path| limit(reader, node, path, place));
        let title = reader.titles(entry.value.get("title"), &path);
        limits.push(NamedLimit { name: entry.key.clone(), title, dated });
    }
    limits.sort_by(|a, b| a.name.cmp(&b.name));
    limits
}

fn limit(reader: &mut Reader, node: &Node, path: &str, place: Place) -> Option<LimitBody> {
    let mut optional = |key: &str, wanted: Type| -> Result<Option<ExprId>, ()> {
        match node.get(key) {
            Some(node) => reader.expression(node, path, wanted, place.within).map(Some).ok_or(()),
            None => Ok(None),
        }
    };
    let when = optional("when", Type::YesNo);
    let (at_most, at_least) = (optional("at_most", place.amount), optional("at_least", place.amount));
    let body = LimitBody { when: when.ok()?, at_most: at_most.ok()?, at_least: at_least.ok()? };
    if body.at_most.is_none() && body.at_least.is_none() {
        let fault = Diagnostic::error("missing_key", first_key(node), "a limit needs `at_most` or `at_least`").at(path);
        reader.report(fault);
        return None;
    }
    schedule::check_crossed(reader, body.at_least, body.at_most, path);
    Some(body)
}

impl Charge {
    /// Every expression of the charge.
    pub(crate) fn roots(&self) -> Vec<ExprId> {
        let mut roots = Vec::new();
        for owed in bodies(self.owed.as_ref()) {
            roots.extend([owed.when, owed.starts, owed.ends].into_iter().flatten());
        }
        roots.extend(bodies(self.as_of.as_ref()).copied());
        for case in self.reductions.iter().flat_map(|reductions| reductions.choice.cases()) {
            roots.extend(case.when);
            roots.extend(case.body.needs);
            match case.body.body {
                ReductionBody::Exempt => {}
                ReductionBody::Amount(id) | ReductionBody::Pays(id) | ReductionBody::Less(id) => roots.push(id),
            }
        }
        for case in self.tariff.cases() {
            roots.extend(case.when);
            if let TariffBody::Amount(schedule) = &case.body.body {
                schedule::roots(schedule, &mut roots);
            }
        }
        for limit in &self.limits {
            for body in bodies(Some(&limit.dated)) {
                roots.extend([body.when, body.at_most, body.at_least].into_iter().flatten());
            }
        }
        roots.extend(bodies(Some(&self.round)).copied());
        roots.extend(self.pay_by.iter().flat_map(|way| bodies(Some(&way.dated))).map(|body| body.round));
        roots
    }

    /// The version of the tariff or of a reduction that has an expression as its amount.
    pub(crate) fn version_stating(&self, amount: ExprId) -> Option<VersionId> {
        let tariffs = self.tariff.alternatives.iter().flat_map(|alternative| {
            versions(&alternative.dated).filter(|(_, case)| {
                let mut roots = Vec::new();
                if let TariffBody::Amount(schedule) = &case.body.body {
                    schedule::roots(schedule, &mut roots);
                }
                roots.contains(&amount)
            })
        });
        let reductions = self.reductions.iter().flat_map(|reductions| &reductions.choice.alternatives);
        let reductions = reductions.flat_map(|alternative| {
            versions(&alternative.dated)
                .filter(|(_, case)| matches!(case.body.body, ReductionBody::Amount(id) if id == amount))
        });
        tariffs.map(|(version, _)| version).chain(reductions.map(|(version, _)| version)).next()
    }

    /// The timelines of the charge's own stages.
    pub(crate) fn timelines(&self) -> Vec<crate::ruleset::TimelineId> {
        let mut all = vec![self.round.timeline];
        all.extend(self.owed.as_ref().map(|dated| dated.timeline));
        all.extend(self.as_of.as_ref().map(|dated| dated.timeline));
        all.extend(self.tariff.alternatives.iter().map(|alternative| alternative.dated.timeline));
        all.extend(self.limits.iter().map(|limit| limit.dated.timeline));
        all.extend(self.pay_by.iter().map(|way| way.dated.timeline));
        let reductions = self.reductions.iter().flat_map(|reductions| &reductions.choice.alternatives);
        all.extend(reductions.map(|alternative| alternative.dated.timeline));
        all
    }
}

/// What the versions of a timeline say, with their ids.
fn versions<T>(dated: &Dated<T>) -> impl Iterator<Item = (VersionId, &T)> {
    let timeline = dated.timeline;
    dated
        .bodies
        .iter()
        .zip(0_u16..)
        .filter_map(move |(body, version)| Some((VersionId { timeline, version }, body.as_ref()?)))
}

fn bodies<T>(dated: Option<&Dated<T>>) -> impl Iterator<Item = &T> {
    dated.into_iter().flat_map(|dated| dated.bodies.iter().flatten())
}

/// What every charge rests on, for the search for circles.
pub(crate) fn roots_of(charges: &Charges, spans: &[(Box<str>, Span)]) -> Vec<ChargeRoots> {
    charges
        .charges
        .iter()
        .map(|charge| ChargeRoots {
            name: charge.name.clone(),
            span: spans.iter().find(|(name, _)| *name == charge.name).map_or(Span::new(0, 0), |(_, span)| *span),
            roots: charge.roots(),
        })
        .collect()
}
