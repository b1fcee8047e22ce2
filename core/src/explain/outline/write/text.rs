//! The document as plain text.

use super::Page;
use crate::explain::number::Tongue;
use crate::explain::outline::{Entry, Outline};
use crate::explain::put::put;

pub(super) struct Text {
    text: String,
    tongue: Tongue,
}

impl Text {
    pub(super) fn new(tongue: Tongue) -> Self {
        Self { text: String::new(), tongue }
    }
}

impl Page for Text {
    fn begin(&mut self, outline: &Outline) {
        put!(&mut self.text, outline.title, "\n");
        for line in &outline.head {
            put!(&mut self.text, line, "\n");
        }
    }

    fn section(&mut self, title: &str) {
        put!(&mut self.text, "\n== ", title, " ==\n");
    }

    fn part(&mut self, title: &str) {
        put!(&mut self.text, "\n", title, "\n");
    }

    fn entry(&mut self, entry: &Entry) {
        let out = &mut self.text;
        let mut mark = "- ";
        if let Some(title) = &entry.title {
            put!(out, mark, title, "\n");
            mark = "  ";
        }
        for line in &entry.says {
            put!(out, mark, line, "\n");
            mark = "  ";
        }
        for table in &entry.tables {
            if let Some(title) = &table.title {
                put!(out, mark, title, "\n");
                mark = "  ";
            }
            // Under a line that introduces them the rows stand further in.
            let indent = if mark == "- " { "- " } else { "    " };
            for line in table.lines(self.tongue) {
                put!(out, indent, line, "\n");
            }
        }
        if let Some(grounds) = &entry.grounds {
            put!(out, "  [", grounds.words, "]\n");
        }
    }

    fn end(self: Box<Self>) -> String {
        self.text
    }
}
