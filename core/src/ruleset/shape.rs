//! A small language that says which form a document has: which keys a place takes, what stands under each, how a text
//! is written. One table serves the checking ([`validate`]) and the JSON Schema ([`json_schema`](super::schema)).
//!
//! A chapter declares its tables as statics, which may refer to one another, also in a circle as long as the circle
//! passes through a [`Record`]:
//!
//! ```
//! use rollbook::ruleset::diagnostic::Diagnostic;
//! use rollbook::ruleset::shape::{Key, Record, Rule, Shape, TextForm, validate};
//!
//! static NUMBER: Shape = Shape::Text(TextForm::Number);
//! static RATE: Shape = Shape::Text(TextForm::Rate);
//! static EXPRESSION: Shape = Shape::Text(TextForm::Expression);
//! // An amount is an expression, or a schedule with bands.
//! static AMOUNT: Shape = Shape::AnyOf(&[&EXPRESSION, &SCHEDULE]);
//! static SCHEDULE: Shape = Shape::Record(&SCHEDULE_RECORD);
//! static SCHEDULE_RECORD: Record = Record {
//!     title: "schedule",
//!     doc: "A tariff by bands of a base.",
//!     keys: &[
//!         Key::required("of", &EXPRESSION, "The base whose band is looked up."),
//!         Key::required("bands", &BANDS, "The rows of the tariff, from the lowest."),
//!         Key::later("marginal", "Each part of the base at its own rate."),
//!     ],
//!     rules: &[],
//!     told_by: &[],
//! };
//! static BANDS: Shape = Shape::List(&Shape::Record(&BAND_RECORD));
//! static BAND_RECORD: Record = Record {
//!     title: "band",
//!     doc: "One row of a schedule.",
//!     keys: &[
//!         Key::optional("up_to", &NUMBER, "The greatest base of the row, which it includes."),
//!         Key::optional("rate", &RATE, "The part of the base that is owed."),
//!         Key::optional("amount", &AMOUNT, "What is owed; a schedule may stand here again."),
//!     ],
//!     rules: &[Rule::ExactlyOne(&["rate", "amount"])],
//!     told_by: &[],
//! };
//!
//! # use rollbook::ruleset::{json::read_json, limits::Limits};
//! let text = r#"{ "of": "base", "bands": [ { "upto": "3000", "rate": "5 %" } ] }"#;
//! let document = read_json(text, &Limits::default()).unwrap();
//! let mut faults = Vec::new();
//! validate(&document, &SCHEDULE, "", &mut faults);
//! let said: Vec<_> = faults.iter().map(|it| (&*it.path, &*it.message)).collect();
//! assert_eq!(said, [
//!     ("bands[0].upto", "`upto` is no key of a band"),
//!     ("bands[0].rate", "`5 %` is not a rate"),
//! ]);
//! ```

mod form;
pub(super) mod nearest;
#[cfg(test)]
#[cfg(feature = "yaml")]
pub(super) mod sample;
mod validate;

use super::node::{Node, NodeValue};
pub use form::TextForm;
pub(super) use form::YES_NO;
pub use validate::validate;

/// What may stand at a place of the document.
#[derive(Debug, Clone, Copy)]
pub enum Shape {
    /// A text of a form.
    Text(TextForm),
    /// A list of values of one shape; it may be empty.
    List(&'static Shape),
    /// A value of a shape, or a list of such values. The shape itself must not be a list.
    OneOrMany(&'static Shape),
    /// A map from names ([`TextForm::Name`]) to values of one shape.
    Named(&'static Shape),
    /// A map from texts of a form to values of one shape, such as languages to titles.
    Keyed(TextForm, &'static Shape),
    /// A map with known keys.
    Record(&'static Record),
    /// A map with known keys, in which every other key is a name with a value of the shape.
    Extended(&'static Record, &'static Shape),
    /// One of several shapes, told apart by what stands there: a text, a list or a map. Several texts: the text has
    /// one of the forms. Several maps: the first record that has one of its [`Record::told_by`] keys, else the first
    /// map that is not told by a key. Several lists: the first.
    AnyOf(&'static [&'static Shape]),
}

/// A map with known keys.
#[derive(Debug)]
pub struct Record {
    /// What it is, in the singular and lower case: `charge`, `band`. Messages say "a key of a band", and the schema
    /// names its definition so; no two records of one shape have the same title.
    pub title: &'static str,
    /// One sentence on what it is for.
    pub doc: &'static str,
    /// The keys, in the order in which people write them.
    pub keys: &'static [Key],
    /// What must or must not stand together.
    pub rules: &'static [Rule],
    /// Where several maps are possible ([`Shape::AnyOf`]): the keys any of which marks this one. Empty: not told by a
    /// key, but taken where no other fits.
    pub told_by: &'static [&'static str],
}

/// One key of a record.
#[derive(Debug)]
pub struct Key {
    /// The key as it is written.
    pub name: &'static str,
    /// What stands under it.
    pub shape: &'static Shape,
    /// Whether the record needs it.
    pub required: bool,
    /// Known, but refused until a later version supports it.
    pub later: bool,
    /// One sentence, shown by editors.
    pub doc: &'static str,
}

/// Which keys of a record must, or must not, stand together.
#[derive(Debug)]
pub enum Rule {
    /// One of these keys, and no second one.
    ExactlyOne(&'static [&'static str]),
    /// None or one of these keys.
    AtMostOne(&'static [&'static str]),
    /// One or more of these keys.
    AtLeastOne(&'static [&'static str]),
    /// Where the first key stands, the others must stand too.
    Needs(&'static str, &'static [&'static str]),
    /// Where the first key has one of the words, the other keys must stand.
    NeedsWhere(&'static str, &'static [&'static str], &'static [&'static str]),
    /// A key that stands only where the first key has one of the words.
    OnlyWhere(&'static str, &'static [&'static str], &'static str),
    /// Where the first key has one of the words, the text of the other key has a form.
    FormWhere(&'static str, &'static [&'static str], &'static str, TextForm),
    /// The list under a key is not empty.
    Filled(&'static str),
    /// Another rule, told under a code of its own and with a help of its own.
    Coded(&'static str, &'static Rule, &'static str),
}

static ANYTHING: Shape = Shape::Text(TextForm::Any);

impl Key {
    /// A key that the record needs.
    pub const fn required(name: &'static str, shape: &'static Shape, doc: &'static str) -> Self {
        Self { name, shape, required: true, later: false, doc }
    }

    /// A key that may be left out.
    pub const fn optional(name: &'static str, shape: &'static Shape, doc: &'static str) -> Self {
        Self { name, shape, required: false, later: false, doc }
    }

    /// A key that is known but not supported yet; the schema does not offer it.
    pub const fn later(name: &'static str, doc: &'static str) -> Self {
        Self { name, shape: &ANYTHING, required: false, later: true, doc }
    }
}

impl Record {
    /// The key of a name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.name == name)
    }

    /// Whether a map is told to be this record: it has one of the marking keys. Under a key that takes a text neither a
    /// map nor a list of maps marks it, so that a map from names to maps may use the same words as names.
    pub(crate) fn marks(&self, node: &Node) -> bool {
        self.told_by.iter().any(|key| node.get(key).is_some_and(|value| !self.marked_by_text(key) || is_plain(value)))
    }

    /// Whether a marking key takes a text.
    pub(super) fn marked_by_text(&self, key: &str) -> bool {
        self.key(key).is_some_and(|key| key.shape.takes_text())
    }

    /// The title with its article: `a band`, `an organisation`.
    pub(super) fn with_article(&self) -> String {
        let article = if self.title.starts_with(['a', 'e', 'i', 'o']) { "an" } else { "a" };
        format!("{article} {}", self.title)
    }
}

/// A text, or a list without maps.
fn is_plain(value: &Node) -> bool {
    match &value.value {
        NodeValue::Text(_) => true,
        NodeValue::List(items) => items.iter().all(|item| item.as_map().is_none()),
        NodeValue::Map(_) => false,
    }
}

impl Shape {
    fn takes_text(&'static self) -> bool {
        match self {
            Self::Text(_) => true,
            Self::List(item) | Self::OneOrMany(item) => item.takes_text(),
            Self::AnyOf(shapes) => shapes.iter().any(|shape| shape.takes_text()),
            Self::Named(_) | Self::Keyed(..) | Self::Record(_) | Self::Extended(..) => false,
        }
    }

    /// What is expected here, as a message says it: `a list`, `a band (a map)`, `a number or a list`.
    pub fn expected(&self) -> String {
        match self {
            Self::Text(form) => form.expected(),
            Self::List(_) => "a list".to_owned(),
            Self::OneOrMany(one) => format!("{} or a list of such", one.expected()),
            Self::Named(_) => "a map from names".to_owned(),
            Self::Keyed(form, _) => format!("a map, each key {}", form.expected()),
            Self::Record(record) | Self::Extended(record, _) => format!("{} (a map)", record.with_article()),
            Self::AnyOf(shapes) => {
                let all: Vec<String> = shapes.iter().map(|shape| shape.expected()).collect();
                all.join(", or ")
            }
        }
    }

    /// The shapes of a choice, nested choices taken apart. A [`Shape::OneOrMany`] stands for its list, and the shapes
    /// of its single value follow it.
    pub(super) fn alternatives(&'static self) -> Vec<&'static Shape> {
        match self {
            Self::AnyOf(shapes) => shapes.iter().flat_map(|shape| shape.alternatives()).collect(),
            Self::OneOrMany(one) => std::iter::once(self).chain(one.alternatives()).collect(),
            other => vec![other],
        }
    }
}
