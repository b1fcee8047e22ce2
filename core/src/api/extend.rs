//! A rule set that extends another: the trees of both become one, and what it decides stays inside the parent's bounds.

use super::load;
use crate::ruleset::diagnostic::{Diagnostic, quoted};
use crate::ruleset::node::{Entry, Node, NodeValue, Span};
use crate::ruleset::read::{Layers, Reader};
use crate::ruleset::source::LineIndex;
use crate::ruleset::{Rules, Setting, SettingBounds, Timeline, canonical, nearest};
use crate::value::{Date, Exact};

/// Where the text of a parent is found, by its id.
pub type Parents<'p> = &'p dyn Fn(&str) -> Option<String>;

/// So many rule sets may extend one another.
const MOST: usize = 8;

/// The sections whose entries a child adds to, each with what one entry is called.
const SECTIONS: [(&str, &str); 4] =
    [("sources", "source"), ("facts", "fact"), ("terms", "term"), ("charges", "charge")];

/// What is read of the document itself; the rest of a setting is its only version.
const OF_THE_SETTING: [&str; 4] = ["kind", "title", "means", "words"];

/// The tree of a rule set together with that of its parents.
#[derive(Clone, Debug)]
pub(super) struct Whole {
    pub document: Node,
    /// How deep each version of a narrowed setting stands: 0 for the outermost parent.
    pub layers: Layers,
}

/// The rule set that another extends, itself sound.
pub(super) struct Parent {
    id: Box<str>,
    text: String,
    rules: Rules,
    whole: Whole,
    /// Where the child names it.
    at: Span,
}

impl Parent {
    /// Finds and loads what a document extends; `below` are the ids of those that extend it, outermost last.
    pub(super) fn of(own: &Node, extends: &Node, parents: Parents<'_>, below: &[Box<str>]) -> Result<Self, Diagnostic> {
        let text_of = |node: &Node, key: &str| node.get(key).and_then(Node::as_text).unwrap_or_default().to_owned();
        let at = extends.get("id").map_or(extends.span, |id| id.span);
        let fault = |message: String| Diagnostic::error("no_parent", at, message).at("extends");
        let id = text_of(extends, "id");
        let mut below = below.to_vec();
        below.push(text_of(own, "id").into());
        if below.iter().any(|child| **child == *id) {
            return Err(
                fault(format!("{} extends itself", quoted(&id))).with_help("a parent does not rest on its child")
            );
        }
        if below.len() > MOST {
            return Err(fault(format!("more than {MOST} rule sets extend one another")));
        }
        let Some(text) = parents(&id) else {
            let help = "a parent is a rule set that ships with the program, one that is handed in, or a file of that name beside this one";
            let near = nearest(&id, super::shipped_ids());
            let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(fault(format!("there is no rule set {} to extend{near}", quoted(&id))).with_help(help));
        };
        let loaded = load::load_below(&text, parents, &below);
        let (Some((rules, _)), Some(document)) = (loaded.compiled, loaded.document) else {
            let first = loaded.diagnostics.first().map_or("it cannot be read", |first| &first.message);
            return Err(fault(format!("the parent {} is refused: {first}", quoted(&id)))
                .with_help("check the parent by itself"));
        };
        let whole = loaded.whole.unwrap_or_else(|| Whole { document, layers: Layers::new() });
        if *rules.id != *id {
            return Err(fault(format!("what is found as {} bears the id {}", quoted(&id), quoted(&rules.id))));
        }
        let edition = text_of(extends, "edition");
        if edition.parse() != Ok(rules.edition) {
            let span = extends.get("edition").map_or(at, |node| node.span);
            let message = format!("the parent {} is edition {}, not {}", quoted(&id), rules.edition, quoted(&edition));
            let help = "read what changed in the parent, then name the edition that you read";
            return Err(Diagnostic::error("no_parent", span, message).at("extends.edition").with_help(help));
        }
        Ok(Self { id: id.into(), text, rules, whole, at })
    }

    /// The hash of a child: that of its document, in which the parent is named with its own hash.
    pub(super) fn hash_of(&self, own: &Node) -> String {
        let mut named = own.clone();
        if let NodeValue::Map(entries) = &mut named.value
            && let Some(extends) = entries.iter_mut().find(|entry| &*entry.key == "extends")
            && let NodeValue::Map(parent) = &mut extends.value.value
        {
            parent.push(Entry { key: "hash".into(), key_span: self.at, value: text(&self.rules.hash, self.at) });
        }
        canonical::hash(&named)
    }

    /// One tree of both: everything of the parent, what the child adds, and the settings that it narrows.
    pub(super) fn with(&self, own: &Node) -> Result<Whole, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let mut layers = self.whole.layers.clone();
        let mut entries: Vec<Entry> = Vec::new();
        let parent = placed(&self.whole.document, self.at);
        let joined = |key: &str| {
            SECTIONS.iter().any(|(section, _)| *section == key) || matches!(key, "settings" | "not_encoded")
        };
        for entry in own.as_map().unwrap_or_default() {
            if &*entry.key != "extends" && !joined(&entry.key) {
                entries.push(entry.clone());
            }
        }
        for key in ["languages", "currency", "year_has"] {
            match (own.entry(key), parent.entry(key)) {
                (None, Some(inherited)) => entries.push(inherited.clone()),
                (Some(said), inherited) if inherited.is_none_or(|it| !same(&it.value, &said.value)) => {
                    let message = format!("`{key}` is not that of the parent");
                    let fault = Diagnostic::error("outside_parent", said.key_span, message).at(key);
                    let wanted = inherited.map(|it| canonical::canonical_json(&it.value, &[])).unwrap_or_default();
                    faults.push(fault.with_help(format!("the parent {} has {wanted}", quoted(&self.id))));
                }
                _ => {}
            }
        }
        if own.get("answers").is_none() {
            let charges = parent.get("charges").and_then(Node::as_map).unwrap_or_default();
            match (parent.entry("answers"), charges) {
                (Some(answers), _) => entries.push(answers.clone()),
                (None, [only]) => {
                    entries.push(Entry { key: "answers".into(), key_span: self.at, value: text(&only.key, self.at) });
                }
                (None, _) => {}
            }
        }
        for (section, what) in SECTIONS {
            let mut all = parent.get(section).and_then(Node::as_map).unwrap_or_default().to_vec();
            for entry in own.get(section).and_then(Node::as_map).unwrap_or_default() {
                if all.iter().any(|known| known.key == entry.key) {
                    faults.push(self.is_the_parents(entry, section, what));
                } else {
                    all.push(entry.clone());
                }
            }
            push_map(&mut entries, section, all, self.at);
        }
        let mut all = parent.get("settings").and_then(Node::as_map).unwrap_or_default().to_vec();
        for entry in own.get("settings").and_then(Node::as_map).unwrap_or_default() {
            match all.iter_mut().find(|known| known.key == entry.key) {
                Some(known) => match narrow(known, entry) {
                    Ok(versions) => {
                        let (outer, added) = versions;
                        let depths = layers.entry(entry.key.clone()).or_insert_with(|| vec![0; outer]);
                        let next = depths.iter().max().copied().unwrap_or(0).saturating_add(1);
                        depths.extend(std::iter::repeat_n(next, added));
                    }
                    Err(fault) => faults.push(fault),
                },
                None => all.push(entry.clone()),
            }
        }
        push_map(&mut entries, "settings", all, self.at);
        let lists =
            [&parent, own].map(|node| node.get("not_encoded").and_then(Node::as_list).unwrap_or_default().to_vec());
        let value = Node { span: self.at, value: NodeValue::List(lists.concat()), verbatim: false };
        entries.push(Entry { key: "not_encoded".into(), key_span: self.at, value });
        let document = Node { span: own.span, value: NodeValue::Map(entries), verbatim: false };
        if faults.is_empty() { Ok(Whole { document, layers }) } else { Err(faults) }
    }

    fn is_the_parents(&self, entry: &Entry, section: &str, what: &str) -> Diagnostic {
        let message = format!("`{}` is a {what} of the parent, which a child does not change", entry.key);
        let help = format!("give yours another name; of {} only the settings may be narrowed", quoted(&self.id));
        Diagnostic::error("outside_parent", entry.key_span, message)
            .at(format!("{section}.{}", entry.key))
            .with_help(help)
    }

    /// Tells every version of a narrowed setting that leaves the bounds of the parent on some day.
    pub(super) fn tell_what_leaves_it(&self, reader: &mut Reader, layers: &Layers) {
        let mut faults = Vec::new();
        for (name, depths) in layers {
            let top = depths.iter().max().copied().unwrap_or(0);
            let (Some(own), Some(outer)) = (Bounded::of(&reader.rules, name), Bounded::of(&self.rules, name)) else {
                continue;
            };
            for (at, version) in own.timeline.versions.iter().enumerate().filter(|(_, version)| version.layer == top) {
                let left = own.on_which(at).into_iter().find_map(|(effective, known)| {
                    let why = match outer.at(effective, known) {
                        None => Some("the parent has no version on that day".to_owned()),
                        Some((bounds, span)) => leaves(own.bounds(at)?, bounds).map(|why| {
                            let place = LineIndex::new(&self.text).position(span.start);
                            format!("{why} ({}:{}:{})", self.id, place.line, place.column)
                        }),
                    };
                    why.map(|why| (effective, why))
                });
                if let Some((day, why)) = left {
                    let day = if day == Date::LONG_AGO { "in the open past".to_owned() } else { format!("on {day}") };
                    let message = format!("{day} `{name}` leaves the bounds of its parent");
                    let fault = Diagnostic::error("outside_parent", version.span, message);
                    faults.push(fault.at(format!("settings.{name}")).with_help(why));
                }
            }
        }
        for fault in faults {
            reader.report(fault);
        }
    }
}

/// Adds the child's versions to a setting of the parent; gives how many each has.
fn narrow(outer: &mut Entry, own: &Entry) -> Result<(usize, usize), Diagnostic> {
    let path = format!("settings.{}", own.key);
    let of = |entry: &Entry, key: &str| entry.value.get(key).and_then(Node::as_text).unwrap_or_default().to_owned();
    let (kind, outer_kind) = (of(own, "kind"), of(outer, "kind"));
    if kind != outer_kind {
        let span = own.value.get("kind").map_or(own.key_span, |node| node.span);
        let message = format!("`{}` is {} in the parent, not {}", own.key, quoted(&outer_kind), quoted(&kind));
        return Err(Diagnostic::error("outside_parent", span, message).at(path));
    }
    if let Some(words) = own.value.entry("words") {
        let message = format!("the words of `{}` are the parent's", own.key);
        let fault = Diagnostic::error("outside_parent", words.key_span, message).at(path);
        return Err(fault.with_help("leave them out; `default` is one of the parent's words"));
    }
    let added = versions_of(&own.value);
    if let Some(repeal) = added.iter().find_map(|version| version.entry("repealed")) {
        let message = format!("a child cannot repeal `{}`", own.key);
        let fault = Diagnostic::error("outside_parent", repeal.key_span, message).at(path);
        return Err(fault.with_help("end the version before with `until`: what the parent says then holds again"));
    }
    let versions = versions_of(&outer.value);
    let counts = (versions.len(), added.len());
    let mut entries: Vec<Entry> = Vec::new();
    for key in OF_THE_SETTING {
        entries.extend(own.value.entry(key).or(outer.value.entry(key)).cloned());
    }
    let list = Node { span: own.value.span, value: NodeValue::List([versions, added].concat()), verbatim: false };
    entries.push(Entry { key: "versions".into(), key_span: own.key_span, value: list });
    outer.key_span = own.key_span;
    outer.value = Node { span: own.value.span, value: NodeValue::Map(entries), verbatim: false };
    Ok(counts)
}

/// A setting with its versions.
struct Bounded<'r> {
    setting: &'r Setting,
    timeline: &'r Timeline,
}

impl<'r> Bounded<'r> {
    fn of(rules: &'r Rules, name: &str) -> Option<Self> {
        let setting = rules.settings.iter().find(|setting| *setting.name == *name)?;
        Some(Self { setting, timeline: rules.timelines.get(setting.timeline.index())? })
    }

    fn bounds(&self, version: usize) -> Option<SettingBounds> {
        self.setting.bounds.get(version).copied()
    }

    fn at(&self, effective: Date, known: Date) -> Option<(SettingBounds, Span)> {
        let version = usize::from(self.timeline.at(effective, known)?);
        Some((self.bounds(version)?, self.timeline.versions.get(version)?.span))
    }

    /// Pairs of dates on which a version holds, one at least for every change of any other version.
    fn on_which(&self, at: usize) -> Vec<(Date, Date)> {
        let Some(version) = self.timeline.versions.get(at) else { return Vec::new() };
        let all = &self.timeline.versions;
        let mut days: Vec<Date> = all.iter().flat_map(|other| [other.from, other.until.next()]).collect();
        days.push(version.from);
        days.sort_unstable();
        days.dedup();
        let mut issues: Vec<Date> = all.iter().map(|other| other.issued).filter(|day| *day >= version.issued).collect();
        issues.push(Date::NEVER);
        let pairs = days.into_iter().flat_map(|day| issues.iter().map(move |known| (day, *known)));
        pairs.filter(|(day, known)| self.timeline.at(*day, *known).map(usize::from) == Some(at)).collect()
    }
}

/// Why bounds are not inside others; none, if they are.
fn leaves(own: SettingBounds, outer: SettingBounds) -> Option<String> {
    let said = |bound: Option<Exact>| bound.map_or_else(|| "nothing".to_owned(), |bound| bound.to_string());
    if outer.at_least.is_some_and(|least| own.at_least.is_none_or(|own| own < least)) {
        return Some(format!("`at_least` is {}, the parent's is {}", said(own.at_least), said(outer.at_least)));
    }
    if outer.at_most.is_some_and(|most| own.at_most.is_none_or(|own| own > most)) {
        return Some(format!("`at_most` is {}, the parent's is {}", said(own.at_most), said(outer.at_most)));
    }
    None
}

/// The versions of a setting; what is left of one that is its only version.
fn versions_of(setting: &Node) -> Vec<Node> {
    if let Some(versions) = setting.get("versions") {
        return versions.one_or_many().to_vec();
    }
    let keys = setting.as_map().unwrap_or_default().iter();
    let rest = keys.filter(|entry| !OF_THE_SETTING.contains(&&*entry.key)).cloned().collect();
    vec![Node { span: setting.span, value: NodeValue::Map(rest), verbatim: false }]
}

fn push_map(entries: &mut Vec<Entry>, key: &str, all: Vec<Entry>, at: Span) {
    let value = Node { span: at, value: NodeValue::Map(all), verbatim: false };
    entries.push(Entry { key: key.into(), key_span: at, value });
}

fn same(one: &Node, other: &Node) -> bool {
    canonical::canonical_json(one, &[]) == canonical::canonical_json(other, &[])
}

fn text(text: &str, at: Span) -> Node {
    Node { span: at, value: NodeValue::Text(text.into()), verbatim: false }
}

/// The parent's tree as a child sees it: every place in it is where the child names the parent. A parent is sound by itself, so
/// a fault that is found there is about the two together.
// The depth of a tree is bounded by `Limits::DEEPEST`, so recursion is safe here.
fn placed(node: &Node, at: Span) -> Node {
    let value = match &node.value {
        NodeValue::Text(text) => NodeValue::Text(text.clone()),
        NodeValue::List(items) => NodeValue::List(items.iter().map(|item| placed(item, at)).collect()),
        NodeValue::Map(entries) => NodeValue::Map(
            entries
                .iter()
                .map(|entry| Entry { key: entry.key.clone(), key_span: at, value: placed(&entry.value, at) })
                .collect(),
        ),
    };
    Node { span: at, value, verbatim: false }
}
