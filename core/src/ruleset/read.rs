//! From a tree whose form is right to the compiled common part: names, dates, kinds, expressions.
//!
//! A [`Reader`] collects faults instead of stopping at the first. The chapters read their own sections with it.

mod bands;
mod choice;
mod circles;
mod declare;
mod sources;
mod terms;
mod versions;

use std::collections::BTreeMap;

use super::diagnostic::{Diagnostic, MOST_DIAGNOSTICS, quoted};
use super::expression::{Arena, Compiler, ExprId, Fault, Meaning, Names, Op, Type, WordsId, parse};
use super::ids::{ChargeId, InputId};
use super::latch::latches;
use super::node::{Node, Span};
use super::rules::{Kind, Name, Owner, Rules, YearHas};
use super::titles::Titles;
use crate::explain::Kept;
use crate::value::{Currency, Exact, Per};

pub(crate) use bands::BandGives;
pub(crate) use circles::{ChargeRoots, term_roots};
pub(crate) use declare::owner;
pub(crate) use versions::{first_key, is_yes};

/// How many versions one rule may have.
pub(crate) const MAX_VERSIONS: usize = 200;
/// How many alternatives one rule may have.
pub(crate) const MAX_ALTERNATIVES: usize = 200;
/// How many rows one table may have.
pub(crate) const MAX_BANDS: usize = 1_000;
/// How many words one `one_of` may have.
pub(crate) const MAX_WORDS: usize = 128;
/// How deep an evaluation may nest through terms and charges: parts of expressions, a term counted as three of them and
/// a charge as nine. A thread with a stack of half a megabyte, as phones give, has room for that.
pub(crate) const MAX_EVALUATION_DEPTH: usize = 256;

/// Reads the sections of a document into a rule set.
#[derive(Debug)]
pub(crate) struct Reader {
    /// What was read so far.
    pub rules: Rules,
    /// Every expression.
    pub arena: Arena,
    /// What is wrong so far.
    pub diagnostics: Vec<Diagnostic>,
    /// Where the root of each expression stands, for faults that are found later.
    pub places: BTreeMap<ExprId, Span>,
    /// What each charge gives.
    pub charge_types: Vec<Type>,
    /// To whom the facts behind each term belong.
    pub term_owners: Vec<Option<Owner>>,
}

/// How deep each version of a setting stands among rule sets that extend one another, for those that a child narrows.
pub(crate) type Layers = BTreeMap<Box<str>, Vec<u8>>;

/// What names mean in one part of the document.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Within {
    /// Whose facts may be read; either's, where the part belongs to nobody.
    pub owner: Option<Owner>,
    /// The list whose fields are names here.
    pub record: Option<InputId>,
    /// The length of time of a charge that reads others here; their amounts are then for that time.
    pub per: Option<Per>,
}

impl Reader {
    pub(crate) fn new(languages: Vec<Box<str>>, currency: Currency, year_has: YearHas) -> Self {
        let rules = Rules {
            id: Box::default(),
            edition: 0,
            hash: Box::default(),
            languages,
            title: Titles::default(),
            currency,
            sources: Vec::new(),
            words: Vec::new(),
            inputs: Vec::new(),
            settings: Vec::new(),
            terms: Vec::new(),
            timelines: Vec::new(),
            arena: Arena::default(),
            names: BTreeMap::new(),
            charge_names: Vec::new(),
            not_encoded: Vec::new(),
            year_has,
            inputs_by_name: None,
            latches: Vec::new(),
            kept: Kept::default(),
        };
        Self {
            rules,
            arena: Arena::default(),
            diagnostics: Vec::new(),
            places: BTreeMap::new(),
            charge_types: Vec::new(),
            term_owners: Vec::new(),
        }
    }

    pub(crate) fn report(&mut self, diagnostic: Diagnostic) {
        if self.diagnostics.len() < MOST_DIAGNOSTICS {
            self.diagnostics.push(diagnostic);
        }
    }

    pub(crate) fn error(&mut self, code: &'static str, span: Span, path: &str, message: impl Into<Box<str>>) {
        self.report(Diagnostic::error(code, span, message).at(path));
    }

    /// The title under a node: one text in the first language, or a text for each.
    pub(crate) fn titles(&mut self, node: Option<&Node>, path: &str) -> Titles {
        let Some(node) = node else { return Titles::default() };
        if let Some(text) = node.as_text() {
            let language = self.rules.languages.first().cloned().unwrap_or_default();
            return Titles::new(vec![(language, text.into())]);
        }
        let mut texts = Vec::new();
        for entry in node.as_map().unwrap_or_default() {
            if self.rules.languages.contains(&entry.key) {
                texts.push((entry.key.clone(), entry.value.as_text().unwrap_or_default().into()));
            } else {
                let known = self.rules.languages.join(", ");
                let fault = Diagnostic::error(
                    "unknown_key",
                    entry.key_span,
                    format!("`{}` is not a language of this rule set", entry.key),
                );
                self.report(fault.at(path).with_help(format!("its languages are {known}")));
            }
        }
        Titles::new(texts)
    }

    /// Takes a name into the flat name space; a name that is taken is a fault.
    pub(crate) fn declare(&mut self, name: &str, span: Span, path: &str, meaning: Name) -> bool {
        if let Some(known) = self.rules.names.get(name) {
            let what = describe(*known);
            let message = format!("`{name}` is already {what}; facts, settings, terms and charges share their names");
            self.report(
                Diagnostic::error("name_clash", span, message).at(path).with_help("give one of the two another name"),
            );
            return false;
        }
        self.rules.names.insert(name.into(), meaning);
        true
    }

    /// Compiles the expression at a node for a place that wants a type.
    pub(crate) fn expression(&mut self, node: &Node, path: &str, wanted: Type, within: Within) -> Option<ExprId> {
        self.compiled(node, path, within, |compiler, syntax| compiler.compile(syntax, wanted).map(|id| (id, wanted)))
            .map(|(id, _)| id)
    }

    /// Compiles the expression at a node and says what it is.
    pub(crate) fn inferred(&mut self, node: &Node, path: &str, within: Within) -> Option<(ExprId, Type)> {
        #[expect(clippy::redundant_closure_for_method_calls, reason = "the method alone is not general over lifetimes")]
        self.compiled(node, path, within, |compiler, syntax| compiler.infer(syntax))
    }

    fn compiled(
        &mut self,
        node: &Node,
        path: &str,
        within: Within,
        compile: impl FnOnce(&mut Compiler<'_>, &super::expression::Syntax) -> Result<(ExprId, Type), Box<Fault>>,
    ) -> Option<(ExprId, Type)> {
        let text = node.as_text()?;
        let names = Lookup { rules: &self.rules, charge_types: &self.charge_types, within };
        let result = parse(text).and_then(|syntax| {
            let mut compiler = Compiler { arena: &mut self.arena, names: &names };
            compile(&mut compiler, &syntax)
        });
        match result {
            Ok((id, type_)) => {
                self.places.insert(id, node.span);
                if let Some(owner) = within.owner {
                    self.check_owner(id, node, path, owner);
                }
                Some((id, type_))
            }
            Err(fault) => {
                let mut diagnostic = Diagnostic::error(fault.code, place_of(node, &fault), fault.message).at(path);
                if let Some(help) = fault.help {
                    diagnostic = diagnostic.with_help(help);
                }
                self.report(diagnostic);
                None
            }
        }
    }

    /// A member's charge reads no fact of an organisation, and the other way round.
    fn check_owner(&mut self, root: ExprId, node: &Node, path: &str, owner: Owner) {
        let mut wrong: Option<(Span, String)> = None;
        let (rules, owners) = (&self.rules, &self.term_owners);
        self.arena.walk(root, &mut |_, met| {
            let (found, name) = match met.op {
                Op::Fact(input) | Op::Since(input) | Op::Average(input, _) => {
                    let input = rules.input(input);
                    (input.map(|input| input.owner), input.map(|input| &input.name))
                }
                Op::Term(term) => {
                    let found = owners.get(term.index()).copied().flatten();
                    (found, rules.terms.get(term.index()).map(|term| &term.name))
                }
                _ => (None, None),
            };
            if let (Some(found), Some(name)) = (found, name)
                && found != owner
                && wrong.is_none()
            {
                let span = if node.verbatim { offset(node.span, met.place.start, met.place.end) } else { node.span };
                wrong = Some((span, name.to_string()));
            }
        });
        if let Some((span, name)) = wrong {
            let (owed_by, belongs_to) = match owner {
                Owner::Member => ("a member", "an organisation"),
                Owner::Organisation => ("an organisation", "a member"),
            };
            let message = format!("this is owed by {owed_by}, but `{name}` belongs to {belongs_to}");
            let help = format!("read facts of {owed_by} here, or say whose they are: `of: member`, `of: organisation`");
            self.report(Diagnostic::error("wrong_scope", span, message).at(path).with_help(help));
        }
    }

    /// A number, a percentage or a fraction whose form is right.
    pub(crate) fn rate(&mut self, node: &Node, path: &str) -> Option<Exact> {
        let text = node.as_text()?;
        let exact = rate(text);
        if exact.is_none() {
            self.error(
                "not_exact",
                node.span,
                path,
                format!("{} is not kept exactly: it has too many digits", quoted(text)),
            );
        }
        exact
    }

    /// The least and greatest value under `at_least` and `at_most`; crossed ones are a fault.
    pub(crate) fn range(&mut self, node: &Node, path: &str) -> (Option<Exact>, Option<Exact>) {
        let at_least = node.get("at_least").and_then(|node| self.rate(node, path));
        let at_most = node.get("at_most").and_then(|node| self.rate(node, path));
        if let (Some(least), Some(most)) = (at_least, at_most)
            && least > most
        {
            let span = node.entry("at_least").map_or(node.span, |entry| entry.key_span);
            let written = |key: &str| quoted(node.get(key).and_then(Node::as_text).unwrap_or_default());
            let message = format!("nothing is at least {} and at most {}", written("at_least"), written("at_most"));
            self.report(Diagnostic::error("bad_range", span, message).at(path).with_help("exchange the two"));
            // What is compared with bounds that hold nothing would only repeat this.
            return (None, None);
        }
        (at_least, at_most)
    }

    /// A reference to something by name that is not there.
    pub(crate) fn no_such<'a>(
        &mut self,
        node: &Node,
        path: &str,
        what: &str,
        known: impl IntoIterator<Item = &'a str>,
    ) {
        let text = node.as_text().unwrap_or_default();
        let known: Vec<&str> = known.into_iter().collect();
        let fault =
            Diagnostic::error("wrong_reference", node.span, format!("there is no {what} {}", quoted(text))).at(path);
        let help = match super::nearest(text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => format!("there is no {what} at all"),
            None => format!("known are {}", known.join(", ")),
        };
        self.report(fault.with_help(help));
    }

    /// The common part with its expressions, when everything was read.
    pub(crate) fn finish(self) -> Rules {
        let mut rules = Rules { arena: self.arena, ..self.rules };
        rules.index_inputs();
        rules.latches = latches(&rules);
        rules
    }

    /// Whether errors were found.
    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.iter().any(|d| d.severity == super::diagnostic::Severity::Error)
    }
}

/// A number, a percentage or a fraction, exactly.
pub(crate) fn rate(text: &str) -> Option<Exact> {
    if let Some(percent) = text.strip_suffix('%') {
        return Exact::parse(percent).ok()?.checked_div(Exact::from_i64(100)).ok();
    }
    if let Some((above, below)) = text.split_once('/') {
        return Exact::parse(above.trim_end()).ok()?.checked_div(Exact::parse(below.trim_start()).ok()?).ok();
    }
    Exact::parse(text).ok()
}

pub(crate) fn describe(name: Name) -> &'static str {
    match name {
        Name::Fact(_) => "a fact",
        Name::Setting(_) => "a setting",
        Name::Term(_) => "a term",
        Name::Charge(_) => "a charge",
    }
}

/// Where a fault of an expression stands in the document.
fn place_of(node: &Node, fault: &Fault) -> Span {
    if node.verbatim { offset(node.span, fault.place.start, fault.place.end) } else { node.span }
}

fn offset(span: Span, start: u32, end: u32) -> Span {
    let start = span.start.saturating_add(start).min(span.end);
    let end = span.start.saturating_add(end).min(span.end);
    Span::new(start, end.max(start))
}

/// The name space as expressions see it.
struct Lookup<'a> {
    rules: &'a Rules,
    charge_types: &'a [Type],
    within: Within,
}

impl Names for Lookup<'_> {
    fn meaning(&self, name: &str) -> Option<Meaning> {
        if let Some(list) = self.within.record
            && let Some(Kind::List(fields)) = self.rules.input(list).map(|input| &input.kind)
            && let Some(at) = fields.iter().position(|field| *field.name == *name)
        {
            let type_ = fields.get(at)?.kind.type_();
            return Some(Meaning { op: Op::Field(list, u8::try_from(at).ok()?), type_ });
        }
        match *self.rules.names.get(name)? {
            Name::Fact(id) => Some(Meaning { op: Op::Fact(id), type_: self.rules.input(id)?.kind.type_() }),
            Name::Setting(id) => {
                let type_ = self.rules.settings.get(id.index())?.kind.type_();
                Some(Meaning { op: Op::Setting(id), type_ })
            }
            Name::Term(id) => Some(Meaning { op: Op::Term(id), type_: self.rules.terms.get(id.index())?.type_ }),
            Name::Charge(id) => {
                // It is asked for the reader's period, so its amount is for that length of time.
                let type_ = match (*self.charge_types.get(id.index())?, self.within.per) {
                    (Type::Money(Some(_)), Some(per)) => Type::Money(Some(per)),
                    (own, _) => own,
                };
                Some(Meaning { op: Op::Charge(id), type_ })
            }
        }
    }

    fn word(&self, words: WordsId, name: &str) -> Option<u8> {
        self.rules.words.get(usize::from(words.0))?.by_name(name)
    }

    fn words(&self, words: WordsId) -> Vec<&str> {
        let list = self.rules.words.get(usize::from(words.0));
        list.map(|list| list.words.iter().map(|word| &*word.name).collect()).unwrap_or_default()
    }

    fn nearest(&self, name: &str) -> Option<String> {
        let fields = self.within.record.and_then(|list| match &self.rules.input(list)?.kind {
            Kind::List(fields) => Some(fields.iter().map(|field| &*field.name)),
            _ => None,
        });
        // A title written where the name belongs is told by that title.
        let by_title = self.rules.inputs.iter().find(|input| {
            input.title.all().any(|(_, title)| title.replace([' ', '-'], "_").eq_ignore_ascii_case(name))
        });
        by_title.map(|input| input.name.to_string()).or_else(|| {
            super::nearest(name, self.rules.names.keys().map(|name| &**name).chain(fields.into_iter().flatten()))
        })
    }

    fn owner_of_word(&self, word: &str) -> Option<String> {
        let owns = |kind: &Kind| match kind {
            Kind::OneOf(words) => self.word(*words, word).is_some(),
            _ => false,
        };
        self.rules.inputs.iter().find(|input| owns(&input.kind)).map(|input| input.name.to_string())
    }

    fn currency(&self) -> Currency {
        self.rules.currency
    }

    fn year_has(&self) -> YearHas {
        self.rules.year_has
    }
}

/// The kind that a text names; `one_of`, `set_of` and `list` get their words and fields elsewhere.
pub(crate) fn simple_kind(text: &str) -> Option<Kind> {
    Some(match text {
        "yes_no" => Kind::YesNo,
        "count" => Kind::Count,
        "number" => Kind::Number,
        "share" => Kind::Share,
        "money" => Kind::Money(None),
        "date" => Kind::Date,
        "month" => Kind::Month,
        "days" => Kind::Days,
        "months" => Kind::Months,
        "text" => Kind::Text,
        "member" => Kind::Member,
        "organisation" => Kind::Organisation,
        "rounding" => Kind::Rounding,
        _ => Kind::Money(Some(Per::from_name(text.strip_prefix("money per ")?)?)),
    })
}

/// The charge that an id stands for, by its place.
pub(crate) fn charge_id(index: usize) -> ChargeId {
    ChargeId::nth(index)
}
