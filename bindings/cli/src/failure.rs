//! Why a command could not run to its end.

use std::fmt;
use std::io;

/// One clear line; the command ends with 2.
#[derive(Debug)]
pub(crate) struct Failure {
    line: String,
}

impl Failure {
    pub(crate) fn new(line: impl Into<String>) -> Self {
        Self { line: line.into() }
    }

    /// A file or stream that cannot be read.
    pub(crate) fn reading(name: &str, error: &io::Error) -> Self {
        match error.kind() {
            // What the reader of rosters refuses itself is already said in words.
            io::ErrorKind::InvalidData => Self::new(format!("{name}: {error}")),
            io::ErrorKind::IsADirectory => Self::new(format!("cannot read {name}: it is a directory")),
            _ => Self::new(format!("cannot read {name}: {error}")),
        }
    }

    /// A file or stream that cannot be written.
    pub(crate) fn writing(name: &str, error: &io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => {
                Self::new(format!("cannot write {name}: its reader has closed it, the output is not complete"))
            }
            io::ErrorKind::StorageFull => {
                Self::new(format!("cannot write {name}: the disk is full, the output is not complete"))
            }
            _ => Self::new(format!("cannot write {name}: {error}")),
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line)
    }
}
