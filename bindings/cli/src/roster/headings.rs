//! The first row of a roster: which column tells which fact.

use std::collections::HashMap;

use csv::ByteRecord;
use rollbook::ruleset::InputId;
use rollbook::ruleset::diagnostic::quoted;

use crate::failure::Failure;
use crate::names::{ID_HEADINGS, Meaning, Names};

/// What the columns of a roster are.
#[derive(Debug)]
pub(crate) struct Headings {
    /// The headings as they were, without a byte-order mark.
    pub(crate) written: ByteRecord,
    /// The column of ids, from 0.
    pub(crate) id: usize,
    /// The heading of the ids, trimmed.
    pub(crate) id_heading: Box<str>,
    /// The columns that tell facts, in their order.
    pub(crate) facts: Vec<Column>,
    /// The columns that are left out.
    pub(crate) ignored: Vec<Ignored>,
    /// Which column tells each fact, with its heading.
    told: HashMap<InputId, (usize, Box<str>)>,
    /// Whether a cell can hold a list.
    holds_lists: bool,
    /// How many headings were met in later rows.
    pub(crate) later: usize,
}

/// A column that tells a fact.
#[derive(Debug)]
pub(crate) struct Column {
    /// Its place, from 0.
    pub(crate) at: usize,
    /// Its heading, trimmed.
    pub(crate) heading: Box<str>,
    pub(crate) input: InputId,
}

/// A column that is left out.
#[derive(Debug)]
pub(crate) struct Ignored {
    /// Its number, from 1.
    pub(crate) column: usize,
    /// Its heading, in backticks, at most 40 characters.
    pub(crate) heading: String,
    pub(crate) why: Why,
}

/// Why a column is left out.
#[derive(Debug)]
pub(crate) enum Why {
    /// No fact is called so.
    Unknown,
    /// The fact is a list, which a cell cannot hold.
    List,
    /// The fact belongs to a member where organisations are asked for, or the other way round.
    OfOther,
    /// There is no heading.
    NoHeading,
}

impl Headings {
    /// Reads the first row of the roster `name`; none, if no column of it is that of the ids.
    pub(crate) fn read(
        written: ByteRecord,
        holds_lists: bool,
        names: &Names<'_>,
        name: &str,
    ) -> Result<Option<Self>, Failure> {
        let mut texts = Vec::with_capacity(written.len());
        for cell in &written {
            let text = std::str::from_utf8(cell).map_err(|_| {
                Failure::new(format!(
                    "{name} is not UTF-8 text; save it as \"CSV UTF-8\" or name its --encoding (its headings cannot be read)"
                ))
            })?;
            texts.push(text.trim().to_owned());
        }
        let Some(id) = texts.iter().position(|heading| is_id(heading)) else { return Ok(None) };
        let (facts, ignored, told) = (Vec::new(), Vec::new(), HashMap::new());
        let id_heading = texts.get(id).map(String::as_str).unwrap_or_default().into();
        let mut headings = Self { written, id, id_heading, facts, ignored, told, holds_lists, later: 0 };
        for (at, heading) in texts.iter().enumerate() {
            headings.add(at, heading, names, name)?;
        }
        Ok(Some(headings))
    }

    /// Takes a heading that was met in a later row.
    pub(crate) fn add_later(&mut self, heading: &str, names: &Names<'_>, name: &str) -> Result<(), Failure> {
        let at = self.written.len().saturating_add(self.later);
        self.later = self.later.saturating_add(1);
        self.add(at, heading.trim(), names, name)
    }

    fn add(&mut self, at: usize, heading: &str, names: &Names<'_>, name: &str) -> Result<(), Failure> {
        if is_id(heading) {
            let is_first = at == self.id;
            return if is_first { Ok(()) } else { Err(twice(name, self.id, &self.id_heading, at, heading, "the id")) };
        }
        let column = at.saturating_add(1);
        let input = match names.meaning(heading) {
            Meaning::Value(input) => Ok(input),
            Meaning::List(input) if self.holds_lists => Ok(input),
            _ if heading.is_empty() => Err(Why::NoHeading),
            Meaning::List(_) => Err(Why::List),
            Meaning::OfOther(_) => Err(Why::OfOther),
            Meaning::Unknown => Err(Why::Unknown),
        };
        let input = match input {
            Ok(input) => input,
            Err(why) => {
                self.ignored.push(Ignored { column, heading: quoted(heading), why });
                return Ok(());
            }
        };
        if let Some((first, earlier)) = self.told.insert(input, (at, heading.into())) {
            return Err(twice(name, first, &earlier, at, heading, "the same fact"));
        }
        self.facts.push(Column { at, heading: heading.into(), input });
        Ok(())
    }
}

/// Whether a heading is that of the ids.
pub(crate) fn is_id(heading: &str) -> bool {
    ID_HEADINGS.contains(&heading)
}

fn twice(name: &str, first: usize, earlier: &str, at: usize, heading: &str, what: &str) -> Failure {
    let number = |at: usize| at.saturating_add(1);
    let (earlier, heading) = (quoted(earlier), quoted(heading));
    Failure::new(format!("{name}: columns {} {earlier} and {} {heading} both tell {what}", number(first), number(at)))
}
