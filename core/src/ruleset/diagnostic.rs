//! What is wrong with a document, where, and what would be right.

mod codes;
mod render;

use super::node::Span;
pub use codes::CODES;

/// No reading or checking lists more faults than this: a document that is wrong in a hundred places is wrong as a whole.
pub const MOST_DIAGNOSTICS: usize = 100;

/// How bad a fault is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The document is refused.
    Error,
    /// The document is taken; somebody should look at it.
    Warning,
}

impl Severity {
    /// The severity as it is printed: `error` or `warning`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
        }
    }
}

/// One fault of a document. It is kept small (its texts are boxed), because it travels in the `Err` of many results.
///
/// Code and place are the contract; the message is for people: lowercase, no full stop, what the author wrote in
/// backticks.
///
/// ```
/// use rollbook::ruleset::{diagnostic::Diagnostic, node::Span, source::LineIndex};
///
/// let text = "rate: 5 percent";
/// let fault = Diagnostic::error("wrong_form", Span::new(6, 15), "`5 percent` is not a rate").with_help("write `5%`");
/// assert_eq!(
///     fault.render("dues.yaml", &LineIndex::new(text)),
///     "error[wrong_form]: `5 percent` is not a rate
///   --> dues.yaml:1:7
///    |
///  1 | rate: 5 percent
///    |       ^^^^^^^^^
///    = help: write `5%`
/// "
/// );
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// The stable name of the kind of fault; those of reading and of shapes are in [`CODES`].
    pub code: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// The dotted place in the document, such as `charges.dues.tariff.waged[0].slab` (items of a list from 0). Empty
    /// for the document as a whole.
    pub path: String,
    /// Where in the text.
    pub span: Span,
    /// What is wrong.
    pub message: Box<str>,
    /// What would be right.
    pub help: Option<Box<str>>,
    /// Other places that belong to it, each with what it is.
    pub related: Vec<(Span, String)>,
    /// The smallest case that shows the fault.
    pub example: Option<Box<Example>>,
}

/// The smallest case that shows a fault.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Example {
    /// The facts, by name, as they would be written.
    pub facts: Vec<(String, String)>,
    /// The value looked up or computed, where the fault is about one.
    pub value: Option<String>,
    /// The period, where it matters.
    pub period: Option<String>,
    /// The day as of which the rules are known, where it matters.
    pub known: Option<String>,
}

impl Diagnostic {
    /// A fault that refuses the document.
    pub fn error(code: &'static str, span: Span, message: impl Into<Box<str>>) -> Self {
        Self::new(Severity::Error, code, span, message.into())
    }

    /// A fault that the author should look at.
    pub fn warning(code: &'static str, span: Span, message: impl Into<Box<str>>) -> Self {
        Self::new(Severity::Warning, code, span, message.into())
    }

    fn new(severity: Severity, code: &'static str, span: Span, message: Box<str>) -> Self {
        Self { code, severity, path: String::new(), span, message, help: None, related: Vec::new(), example: None }
    }

    /// The same at a dotted place in the document.
    #[must_use]
    pub fn at(mut self, path: impl Into<String>) -> Self {
        self.path = path.into();
        self
    }

    /// The same with what would be right.
    #[must_use]
    pub fn with_help(mut self, help: impl Into<Box<str>>) -> Self {
        self.help = Some(help.into());
        self
    }

    /// The same with another place that belongs to it.
    #[must_use]
    pub fn with_related(mut self, span: Span, what: impl Into<String>) -> Self {
        self.related.push((span, what.into()));
        self
    }

    /// The same with the smallest case that shows it.
    #[must_use]
    pub fn with_example(mut self, example: Example) -> Self {
        self.example = Some(Box::new(example));
        self
    }
}

/// A text that the author wrote, in backticks, as messages show it: at most 40 characters, on one line, nothing that a
/// terminal would obey.
pub fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    let mut shown = String::from("`");
    let mut characters = text.chars();
    shown.extend(characters.by_ref().take(MOST).map(printable));
    if characters.next().is_some() {
        shown.pop();
        shown.push('…');
    }
    shown.push('`');
    shown
}

/// The character as it may be shown: control characters, invisible ones and those that turn the direction of writing are replaced, so
/// that a message cannot move the cursor or hide what it says.
pub(super) fn printable(character: char) -> char {
    match character {
        '\t' | '\n' | '\r' => ' ',
        '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{200b}'..='\u{200f}'
        | '\u{2028}'
        | '\u{2029}'
        | '\u{feff}' => '\u{fffd}',
        other if other.is_control() => '\u{fffd}',
        other => other,
    }
}

#[cfg(test)]
mod tests;
