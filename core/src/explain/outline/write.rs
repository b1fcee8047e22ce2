//! An outline written out.

mod html;
mod markdown;
mod text;

use super::{Entry, Outline, Table};
use crate::explain::number::{Tongue, pick};

/// The form of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OutlineFormat {
    /// Plain text; tables as a line for each row.
    Text,
    /// Markdown with tables.
    Markdown,
    /// A page of HTML that needs nothing beside it.
    Html,
}

/// A document that is written from its beginning to its end.
trait Page {
    fn begin(&mut self, outline: &Outline);
    fn section(&mut self, title: &str);
    fn part(&mut self, title: &str);
    fn entry(&mut self, entry: &Entry);
    /// Ends it; gives what was written.
    fn end(self: Box<Self>) -> String;
}

impl Outline {
    /// The document as text, Markdown or HTML. It ends with a line feed.
    pub fn write(&self, format: OutlineFormat) -> String {
        let mut page: Box<dyn Page> = match format {
            OutlineFormat::Text => Box::new(text::Text::new(Tongue::of(&self.language))),
            OutlineFormat::Markdown => Box::new(markdown::Markdown::default()),
            OutlineFormat::Html => Box::new(html::Html::default()),
        };
        page.begin(self);
        for section in &self.sections {
            page.section(&section.title);
            for part in &section.parts {
                if let Some(title) = &part.title {
                    page.part(title);
                }
                for entry in &part.entries {
                    page.entry(entry);
                }
            }
        }
        page.end()
    }
}

impl Table {
    /// A line for each row: `up to 3000: 0.5%`. From the third cell on each says its column; empty ones are left out.
    pub(super) fn lines(&self, tongue: Tongue) -> Vec<String> {
        let colon = pick!(tongue, "：", ": ");
        let of_row = |row: &Vec<String>| {
            let mut cells = row.iter().zip(&self.columns).enumerate();
            let first = cells.next().map(|(_, (cell, _))| cell.clone()).unwrap_or_default();
            let others = cells.filter(|(_, (cell, _))| !cell.is_empty()).map(|(number, (cell, column))| {
                if number == 1 { cell.clone() } else { format!("{column}{colon}{cell}") }
            });
            format!("{first}{colon}{}", others.collect::<Vec<_>>().join(pick!(tongue, "；", "; ")))
        };
        self.rows.iter().map(of_row).collect()
    }
}
