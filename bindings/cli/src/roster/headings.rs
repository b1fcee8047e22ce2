//! The first line of a roster: which column tells which fact.

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
    /// The columns that tell facts, in their order.
    pub(crate) facts: Vec<Column>,
    /// The columns that are left out.
    pub(crate) ignored: Vec<Ignored>,
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
    /// Reads the first line of the roster `name`.
    pub(crate) fn read(written: ByteRecord, names: &Names<'_>, name: &str) -> Result<Self, Failure> {
        let mut texts = Vec::with_capacity(written.len());
        for cell in &written {
            let text = std::str::from_utf8(cell).map_err(|_| {
                Failure::new(format!(
                    "{name} is not UTF-8 text; save it as \"CSV UTF-8\" (its headings cannot be read)"
                ))
            })?;
            texts.push(text.trim());
        }
        let mut id: Option<usize> = None;
        let mut facts: Vec<Column> = Vec::new();
        let mut told: HashMap<InputId, (usize, &str)> = HashMap::new();
        let mut ignored = Vec::new();
        for (at, heading) in texts.iter().copied().enumerate() {
            let column = at.saturating_add(1);
            if ID_HEADINGS.contains(&heading) {
                if let Some(first) = id {
                    let earlier = texts.get(first).copied().unwrap_or_default();
                    return Err(twice(name, first, earlier, at, heading, "the id"));
                }
                id = Some(at);
                continue;
            }
            let mut leave = |why| ignored.push(Ignored { column, heading: quoted(heading), why });
            match names.meaning(heading) {
                Meaning::Value(input) => {
                    if let Some((first, earlier)) = told.insert(input, (at, heading)) {
                        return Err(twice(name, first, earlier, at, heading, "the same fact"));
                    }
                    facts.push(Column { at, heading: heading.into(), input });
                }
                _ if heading.is_empty() => leave(Why::NoHeading),
                Meaning::List(_) => leave(Why::List),
                Meaning::OfOther(_) => leave(Why::OfOther),
                Meaning::Unknown => leave(Why::Unknown),
            }
        }
        // The headings are not shown: without ids the first line may well be a member's.
        let id = id.ok_or_else(|| {
            Failure::new(format!(
                "{name} has no column `id` (or `ID`, `编号`) in its first line, which holds the headings"
            ))
        })?;
        Ok(Self { written, id, facts, ignored })
    }
}

fn twice(name: &str, first: usize, earlier: &str, at: usize, heading: &str, what: &str) -> Failure {
    let number = |at: usize| at.saturating_add(1);
    let (earlier, heading) = (quoted(earlier), quoted(heading));
    Failure::new(format!("{name}: columns {} {earlier} and {} {heading} both tell {what}", number(first), number(at)))
}
