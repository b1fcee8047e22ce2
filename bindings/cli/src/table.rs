//! A file that holds a table, read row by row: text with separators, JSON lines or a workbook.
//!
//! Whatever the file is, a row is a list of texts, as people see them in it. What a cell was besides, a day, a yes or no,
//! a list, stands beside the texts, for the few places where it matters.

mod delimited;
mod objects;
mod remarks;
mod text;
mod watched;
#[cfg_attr(not(feature = "workbooks"), path = "table/no_workbook.rs")]
mod workbook;

use std::fs::File;
use std::io::{self, Read};
use std::path::Path;

use clap::{Args, ValueEnum};
use csv::ByteRecord;
use rollbook::ruleset::node::Node;

use crate::failure::Failure;

pub(crate) use remarks::Remark;

use delimited::Delimited;
use objects::Objects;
use text::Text;
use workbook::Workbook;

const TABLE: &str = "How tables are read";

/// How a table is to be read, where it does not show that itself.
#[derive(Clone, Debug, Default, Args)]
pub(crate) struct Reading {
    /// The encoding of a text; if left out, what it looks like
    #[arg(long, value_name = "ENCODING", value_enum, help_heading = TABLE)]
    pub(crate) encoding: Option<Encoding>,
    /// What separates the cells of a text; if left out, what its headings show
    #[arg(long, value_name = "SEPARATOR", value_enum, help_heading = TABLE)]
    pub(crate) separator: Option<Separator>,
    /// The sheet of a workbook; if left out, its first visible one
    #[arg(long, value_name = "NAME", help_heading = TABLE)]
    pub(crate) sheet: Option<String>,
}

/// The encoding of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Encoding {
    /// UTF-8
    #[value(name = "utf-8")]
    Utf8,
    /// GB18030, which contains GBK and GB2312
    #[value(name = "gb18030")]
    Gb18030,
}

/// What separates cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Separator {
    /// `,`
    Comma,
    /// `;`
    Semicolon,
    /// A tab
    Tab,
}

impl Separator {
    /// All, in the order in which they are tried.
    const ALL: [Self; 3] = [Self::Comma, Self::Tab, Self::Semicolon];

    /// As a byte.
    pub(crate) fn byte(self) -> u8 {
        match self {
            Self::Comma => b',',
            Self::Semicolon => b';',
            Self::Tab => b'\t',
        }
    }
}

/// One row.
#[derive(Debug, Default)]
pub(crate) struct Cells {
    /// Its number as a spreadsheet or an editor shows it.
    pub(crate) row: u64,
    /// What its cells show.
    pub(crate) texts: ByteRecord,
    /// What some of them are besides, by column from 0.
    pub(crate) beside: Vec<(usize, Beside)>,
    /// Headings that no row before had, of the columns behind all others.
    pub(crate) later: Vec<String>,
    /// The row in which its id stood before, if it did.
    pub(crate) first_with_id: Option<u32>,
}

/// What a cell is beside its text.
#[derive(Clone, Debug, PartialEq)]
#[cfg_attr(not(feature = "workbooks"), expect(dead_code, reason = "some cells are found in workbooks only"))]
pub(crate) enum Beside {
    /// A number.
    Number,
    /// A day: its text is YYYY-MM-DD.
    Day,
    /// Yes or no.
    YesNo(bool),
    /// A list or a map; its text is JSON.
    Structure(Node),
    /// A cell inside merged ones whose value stands elsewhere: `B2:B5`.
    Merged(String),
    /// A formula without a value.
    NoValue,
    /// A number with more digits than the file can keep.
    TooManyDigits,
    /// Bytes that are no text stood there.
    NoText,
}

impl Cells {
    fn clear(&mut self) {
        self.texts.clear();
        self.beside.clear();
        self.later.clear();
        self.first_with_id = None;
    }

    /// What a cell shows; nothing where there is none.
    pub(crate) fn text(&self, at: usize) -> &[u8] {
        self.texts.get(at).unwrap_or_default()
    }

    /// What a cell is beside its text.
    pub(crate) fn beside(&self, at: usize) -> Option<&Beside> {
        self.beside.iter().find(|(column, _)| *column == at).map(|(_, beside)| beside)
    }

    /// Whether nothing stands in the row.
    pub(crate) fn is_blank(&self) -> bool {
        let is_empty = |cell: &[u8]| std::str::from_utf8(cell).is_ok_and(|text| text.trim().is_empty());
        self.texts.iter().all(is_empty) && self.beside.iter().all(|(_, beside)| *beside != Beside::NoValue)
    }
}

/// A table that is being read.
pub(crate) struct Table<'s> {
    name: String,
    kind: Kind<'s>,
    /// How many bytes the file has, if that is known.
    bytes: Option<u64>,
}

enum Kind<'s> {
    Delimited(Box<Delimited<'s>>),
    Objects(Box<Objects<'s>>),
    Workbook(Box<Workbook>),
}

impl<'s> Table<'s> {
    /// Opens a file; `-` is standard input. What it holds is told by its first bytes.
    ///
    /// `is_heading` knows the headings of one of the columns that there must be.
    pub(crate) fn open(
        path: &Path,
        stdin: &'s mut dyn Read,
        reading: &Reading,
        is_heading: fn(&str) -> bool,
    ) -> Result<Self, Failure> {
        let (mut source, name, bytes) = source(path, stdin)?;
        let mut head = Vec::new();
        let mut first = source.as_mut().take(8);
        first.read_to_end(&mut head).map_err(|error| Failure::reading(&name, &error))?;
        let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase()).unwrap_or_default();
        let source: Box<dyn Read + 's> = Box::new(io::Cursor::new(head.clone()).chain(source));
        let kind = if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            Kind::Workbook(Box::new(Workbook::open(source, &name, reading.sheet.as_deref())?))
        } else if head.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
            return Err(Failure::new(format!(
                "{name} is a workbook of an older form, or has a password; save it as .xlsx without one, or as CSV"
            )));
        } else if matches!(ending.as_str(), "xlsx" | "xlsm") {
            return Err(Failure::new(format!("{name} is not an XLSX workbook, whatever it is called")));
        } else {
            let text = Text::new(source, reading.encoding);
            text_kind(text, &name, reading, is_heading)?
        };
        Ok(Self { name, kind, bytes })
    }

    /// How messages name it.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Reads the next row, blank ones too; false at the end.
    ///
    /// The first row of JSON lines are the keys of the first object.
    pub(crate) fn next(&mut self, cells: &mut Cells) -> Result<bool, Failure> {
        match &mut self.kind {
            Kind::Delimited(table) => table.next(cells, &self.name),
            Kind::Objects(table) => table.next(cells, &self.name),
            Kind::Workbook(table) => table.next(cells, &self.name),
        }
    }

    /// Says that the last row holds the headings, and how many: what lies beyond is no part of the table.
    pub(crate) fn has_headings(&mut self, count: usize) -> Result<(), Failure> {
        match &mut self.kind {
            Kind::Delimited(_) | Kind::Objects(_) => Ok(()),
            Kind::Workbook(table) => table.has_headings(count, &self.name),
        }
    }

    /// Whether a cell can hold a list or a history.
    pub(crate) fn holds_structures(&self) -> bool {
        matches!(self.kind, Kind::Objects(_))
    }

    /// How many bytes were read of how many, where a file is read as it comes.
    pub(crate) fn bytes_read(&self) -> Option<(u64, u64)> {
        let read = match &self.kind {
            Kind::Delimited(table) => table.bytes_read(),
            Kind::Objects(table) => table.bytes_read(),
            Kind::Workbook(_) => return None,
        };
        self.bytes.map(|all| (read, all))
    }

    /// What the reader of the output should know about how the table was read.
    pub(crate) fn remarks(&self) -> Vec<Remark> {
        match &self.kind {
            Kind::Delimited(table) => table.remarks(),
            Kind::Objects(table) => table.remarks(),
            Kind::Workbook(table) => table.remarks(),
        }
    }
}

/// Where a table is read from: the bytes, how messages name it, and how many bytes there are if that is known.
type Source<'s> = (Box<dyn Read + 's>, String, Option<u64>);

/// Opens a file; `-` is standard input.
fn source<'s>(path: &Path, stdin: &'s mut dyn Read) -> Result<Source<'s>, Failure> {
    if path.as_os_str() == "-" {
        return Ok((Box::new(stdin), "standard input".to_owned(), None));
    }
    let name = path.display().to_string();
    let opened = File::open(path).and_then(|file| {
        let known = file.metadata()?;
        if known.is_dir() { Err(io::ErrorKind::IsADirectory.into()) } else { Ok((file, known)) }
    });
    let (file, known) = opened.map_err(|error| Failure::reading(&name, &error))?;
    Ok((Box::new(file), name, known.is_file().then_some(known.len())))
}

/// Text with separators, or JSON lines: whichever its first character says.
fn text_kind<'s>(
    text: Text<'s>,
    name: &str,
    reading: &Reading,
    is_heading: fn(&str) -> bool,
) -> Result<Kind<'s>, Failure> {
    let ahead = text::Ahead::new(text).map_err(|error| Failure::reading(name, &error))?;
    let first = ahead.seen().iter().copied().find(|byte| !byte.is_ascii_whitespace());
    if first == Some(b'{') && reading.separator.is_none() {
        return Ok(Kind::Objects(Box::new(Objects::open(ahead))));
    }
    if first == Some(b'[')
        && ahead.seen().trim_ascii_start().get(1..).is_some_and(|rest| rest.trim_ascii_start().starts_with(b"{"))
    {
        return Err(Failure::new(format!(
            "{name} is a JSON list; write JSON lines: one object a line, without brackets and commas around them"
        )));
    }
    Ok(Kind::Delimited(Box::new(Delimited::open(ahead, reading.separator, is_heading))))
}

/// What is wrong with the bytes themselves.
fn broken(what: String) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, what)
}
