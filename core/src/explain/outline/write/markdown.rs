//! The document as Markdown.

use super::Page;
use crate::explain::outline::{Entry, Outline, Table};
use crate::explain::put::{listed, put};
use crate::explain::render::Escaped;

#[derive(Default)]
pub(super) struct Markdown {
    text: String,
}

impl Markdown {
    fn table(&mut self, table: &Table) {
        let out = &mut self.text;
        let row = |cells: &[String], out: &mut String| {
            out.push_str("| ");
            listed(out, " | ", cells, |out, cell| put!(out, Escaped(cell)));
            out.push_str(" |\n");
        };
        if let Some(title) = &table.title {
            put!(out, "\n", Escaped(title), "\n");
        }
        out.push('\n');
        row(&table.columns, out);
        put!(out, "|", "---|".repeat(table.columns.len()), "\n");
        for cells in &table.rows {
            row(cells, out);
        }
    }
}

impl Page for Markdown {
    fn begin(&mut self, outline: &Outline) {
        put!(&mut self.text, "# ", Escaped(&outline.title), "\n");
        for line in &outline.head {
            put!(&mut self.text, "\n", Escaped(line), "\n");
        }
    }

    fn section(&mut self, title: &str) {
        put!(&mut self.text, "\n## ", Escaped(title), "\n");
    }

    fn part(&mut self, title: &str) {
        put!(&mut self.text, "\n### ", Escaped(title), "\n");
    }

    fn entry(&mut self, entry: &Entry) {
        if let Some(title) = &entry.title {
            put!(&mut self.text, "\n**", Escaped(title), "**\n");
        }
        for (number, line) in entry.says.iter().enumerate() {
            put!(&mut self.text, if number == 0 { "\n- " } else { "- " }, Escaped(line), "\n");
        }
        for table in &entry.tables {
            self.table(table);
        }
        if let Some(grounds) = &entry.grounds {
            put!(&mut self.text, "\n*", Escaped(&grounds.words), "*\n");
        }
    }

    fn end(self: Box<Self>) -> String {
        self.text
    }
}
