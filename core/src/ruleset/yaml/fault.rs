//! What the YAML parser could not read, in the author's terms.

use granit_parser::{ErrorKind, ScanError};

use super::Reader;
use crate::ruleset::diagnostic::{Diagnostic, quoted};
use crate::ruleset::node::Span;
use crate::ruleset::tree::too_deep;

impl Reader<'_> {
    /// The diagnostic of an error that ended the parsing.
    pub(super) fn explain(&self, error: &ScanError) -> Diagnostic {
        let start = error.marker().byte_offset().unwrap_or(self.text.len()).min(self.text.len());
        let met = self.text.get(start..).and_then(|rest| rest.chars().next());
        let span = Span::of_bytes(start, start.saturating_add(met.map_or(0, char::len_utf8)));
        match error.kind() {
            ErrorKind::RecursionLimitExceeded => return too_deep(span, self.limits.depth_in_force()),
            ErrorKind::DirectiveDisallowed => {
                return super::feature(span, "a directive", "remove it; a text that begins with `%` needs quotes");
            }
            ErrorKind::TabInIndentation
            | ErrorKind::TabInBlockIndentation
            | ErrorKind::TabNotAllowed
            | ErrorKind::TabAtBlockScalarStart
            | ErrorKind::TabInPlainScalar => {
                // The parser may point behind the tab.
                let before = self.text.get(..start).is_some_and(|text| met != Some('\t') && text.ends_with('\t'));
                let start = if before { start.saturating_sub(1) } else { start };
                return Diagnostic::error(
                    "tab",
                    Span::of_bytes(start, start),
                    "a tab stands where YAML takes only spaces",
                )
                .with_help("indent with spaces");
            }
            ErrorKind::ExpectedFlowMappingSeparator | ErrorKind::ExpectedFlowSequenceSeparator => {
                if let Some(fault) = self.list_in_expression(start, span) {
                    return fault;
                }
            }
            ErrorKind::InvalidIndentation if self.open.last().is_some_and(Option::is_some) => {
                let message = "the bracket or brace that opens here is not closed before a line that stands outside it";
                return Diagnostic::error("yaml_syntax", self.tree.opening(), message)
                    .with_help("close it, or indent the lines that belong to it further than its key")
                    .with_related(span, "the line that stands outside");
            }
            ErrorKind::ExpectedBlockMappingKey if self.begins_an_item(start) => {
                return Diagnostic::error("yaml_syntax", span, "a list item stands among the keys of a map")
                    .with_help("put the list under a key of its own, and each item on a line that begins with `- `");
            }
            _ => {}
        }
        let (message, help) = in_words(error.kind());
        let fault = Diagnostic::error("yaml_syntax", span, message);
        if help.is_empty() { fault } else { fault.with_help(help) }
    }

    fn begins_an_item(&self, start: usize) -> bool {
        let line = self.text.get(..start).and_then(|text| text.rsplit('\n').next());
        line.is_some_and(|line| line.trim() == "-")
    }

    /// `{ when: stage in [a, b] }`: inside braces a bracket ends the text before it.
    fn list_in_expression(&self, start: usize, span: Span) -> Option<Diagnostic> {
        let inside = self.open.last()?.is_some();
        let rest = self.text.get(start..)?.strip_prefix('[').filter(|_| inside)?;
        let list = rest.split_once([']', '\n']).map_or(rest, |(list, _)| list);
        let words: Vec<&str> = list.split(',').map(str::trim).filter(|word| !word.is_empty()).collect();
        let before = self.text.get(..start)?.trim_end();
        let after_in = before.ends_with(" in") && !words.is_empty() && words.len() <= 8;
        let help = if after_in {
            format!("write the words with `|` between them: {}", quoted(&format!("in {}", words.join(" | "))))
        } else {
            "put the whole text in quotes, or on a line of its own".to_owned()
        };
        let message = "the bracket inside `{ }` or `[ ]` ends the text before it";
        Some(Diagnostic::error("split_expression", span, message).with_help(help))
    }
}

/// The message and what would be right; an empty help says nothing.
fn in_words(kind: &ErrorKind) -> (String, &'static str) {
    let (message, help) = match kind {
        ErrorKind::MappingValueNotAllowed | ErrorKind::InvalidColonPlacement => (
            "a second `: ` stands in one line",
            "put a text that contains `: ` in quotes, or begin the inner map on a line of its own",
        ),
        ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ("a line without a colon stands where keys stand", "write `key: value`, or indent the line below its key")
        }
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::InvalidIndentation => (
            "this line does not stand under the lines it belongs to",
            "indent it exactly as its neighbours, and close every quote and bracket above it",
        ),
        ErrorKind::ExpectedBlockSequenceEntry | ErrorKind::BlockSequenceEntryNotAllowed => (
            "this line does not fit the list it stands in",
            "begin each item with `- ` in the same column, and put a list below its key, not beside it",
        ),
        ErrorKind::BlockEntryInFlowCollection => {
            ("a `- ` stands inside brackets", "separate the items inside `[ ]` with commas")
        }
        ErrorKind::UnclosedQuotedScalar => {
            ("the quote that begins here is not closed", "put the same quote at its end")
        }
        ErrorKind::InvalidTrailingSingleQuotedScalar | ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            ("something follows the closing quote", "put the whole text inside one pair of quotes")
        }
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofImplicitFlowMapping => {
            ("a bracket or brace is not closed", "close each `[` with `]` and each `{` with `}`")
        }
        ErrorKind::MismatchedFlowCollectionEnd { open, close } => {
            return (format!("`{open}` is closed by `{close}`"), "close each `[` with `]` and each `{` with `}`");
        }
        ErrorKind::MisplacedFlowCollectionEnd => {
            ("this closes a bracket that is not open", "remove it, or quote the text")
        }
        ErrorKind::ExpectedFlowMappingSeparator => (
            "a comma or `}` is expected here",
            "separate the keys inside `{ }` with commas, and put a text with brackets or braces in quotes",
        ),
        ErrorKind::ExpectedFlowSequenceSeparator => (
            "a comma or `]` is expected here",
            "separate the items inside `[ ]` with commas, and put a text with brackets or braces in quotes",
        ),
        ErrorKind::InvalidFlowScalarIndent | ErrorKind::InvalidQuotedScalarIndent => (
            "this line stands too far left for the brackets or quotes it is in",
            "close the quote or bracket above it, or indent the line further",
        ),
        ErrorKind::UnexpectedCharacter { character } => {
            return (
                format!("a text cannot begin with {}", quoted(character.encode_utf8(&mut [0; 4]))),
                "put the text in quotes",
            );
        }
        ErrorKind::BomInsideDocument => ("a byte-order mark stands inside the document", "remove it"),
        ErrorKind::UnknownQuotedScalarEscape => {
            ("this escape is none of YAML's", "a backslash in double quotes is written `\\\\`, or use single quotes")
        }
        ErrorKind::CommentNotSeparated => ("a comment needs a space before `#`", "write ` #`, or quote the text"),
        other => return (other.to_string(), ""),
    };
    (message.to_owned(), help)
}
