//! The strict reader of YAML: one document of texts, lists and maps, every value with its place.
//!
//! Of YAML it takes what a rule needs to be read and nothing that changes what is read: no anchors, aliases, tags,
//! merge keys or directives, no key twice, no key that is a list or map. Every scalar stays text.

mod fault;
mod split;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle};

use self::split::Flow;
use super::diagnostic::Diagnostic;
use super::limits::Limits;
use super::node::{Node, Span};
use super::tree::{Place, Tree, control_character};

/// Reads a YAML document in which every scalar is text.
///
/// A key without a value (`key:`) has the empty text. Block texts (`|`, `>`) are texts. A byte-order mark at the
/// beginning is skipped.
///
/// # Errors
/// All faults found, at most [`MOST_DIAGNOSTICS`](super::diagnostic::MOST_DIAGNOSTICS): a passed bound of `limits`,
/// `yaml_syntax` (which ends the reading), `yaml_feature`, `tab`, `more_than_one_document`, `empty_document`,
/// `complex_key`, `duplicate_key`, `control_character`, and `split_expression` where a comma or bracket inside `{ }` or
/// `[ ]` has divided one text into several.
///
/// ```
/// use rollbook::ruleset::{limits::Limits, yaml::read_yaml};
///
/// let document = read_yaml("rate: 0.5%\nexempt: yes\nfrom: 2017-01-01", &Limits::default()).unwrap();
/// assert_eq!(document.get("exempt").and_then(|it| it.as_text()), Some("yes"));
///
/// let refused = read_yaml("rate: { is: latest(a, b) }", &Limits::default()).unwrap_err();
/// assert_eq!(&*refused[0].message, "the comma inside `{ }` divides `latest(a, b)` into two keys");
/// ```
pub fn read_yaml(text: &str, limits: &Limits) -> Result<Node, Vec<Diagnostic>> {
    limits.check_size(text).map_err(|fault| vec![fault])?;
    check_characters(text).map_err(|fault| vec![fault])?;
    let mut reader =
        Reader { text, tree: Tree::new(limits), open: Vec::new(), documents: 0, key_end: 0, limits: *limits };
    let fatal = reader.read().err();
    reader.tree.finish(fatal)
}

/// Control characters are no YAML, and a parser may take U+0000 for the end of the text.
fn check_characters(text: &str) -> Result<(), Diagnostic> {
    let control = text.char_indices().find(|(_, it)| it.is_control() && !matches!(it, '\n' | '\r' | '\t' | '\u{85}'));
    control.map_or(Ok(()), |(at, it)| Err(control_character(Span::of_bytes(at, at.saturating_add(it.len_utf8())), it)))
}

struct Reader<'a> {
    text: &'a str,
    limits: Limits,
    tree: Tree,
    /// For each open list and map, what is watched where it stands in brackets or braces.
    open: Vec<Option<Flow>>,
    documents: usize,
    /// Where the key read last ends.
    key_end: u32,
}

impl Reader<'_> {
    fn read(&mut self) -> Result<(), Diagnostic> {
        let depth = self.limits.depth_in_force();
        let options = granit_parser::options! {
            strict_indentation: true,
            disallow_directives: true,
            emit_unresolved_aliases: true,
            emit_anchor_events: true,
            emit_comments: false,
            flow_nesting_limit: depth,
            block_nesting_limit: depth,
        };
        let mut empty = true;
        for event in Parser::new_from_str_with_options(self.text, options) {
            let (event, place) = event.map_err(|error| self.explain(&error))?;
            let span = span_of(place);
            if let Some(tag) = place.tag_span() {
                return Err(feature(span_of(tag), "a tag", "remove it; every value is text, read by its place"));
            }
            match event {
                Event::DocumentStart(..) => {
                    self.documents = self.documents.saturating_add(1);
                    if self.documents > 1 {
                        let message = "a second document begins here";
                        let help = "a file holds one rule set: remove the `---`; cases stand under `cases:` or in a file of their own, \
                                    earlier rules are versions";
                        return Err(Diagnostic::error("more_than_one_document", span, message).with_help(help));
                    }
                }
                Event::Scalar(text, style, ..) => {
                    empty = false;
                    self.scalar(&text, style, span)?;
                }
                Event::SequenceStart(style, ..) => {
                    empty = false;
                    self.open(style, span, Tree::open_list)?;
                }
                Event::MappingStart(style, ..) => {
                    empty = false;
                    self.open(style, span, Tree::open_map)?;
                }
                Event::SequenceEnd | Event::MappingEnd => self.close(span),
                Event::Anchor(..) => {
                    return Err(feature(
                        span,
                        "an anchor",
                        "write the value out where it is needed; a text that begins with `&` needs quotes",
                    ));
                }
                Event::Alias(_) | Event::UnresolvedAlias(_) => {
                    let help = "write the value out; a text that begins with `*` needs quotes";
                    return Err(feature(span, "an alias", help));
                }
                Event::StreamStart | Event::StreamEnd | Event::DocumentEnd | _ => {}
            }
        }
        if empty {
            return Err(Diagnostic::error("empty_document", Span::default(), "the document holds nothing"));
        }
        Ok(())
    }

    fn scalar(&mut self, text: &str, style: ScalarStyle, span: Span) -> Result<(), Diagnostic> {
        let span = match style {
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                let start = span.start.saturating_add(1);
                Span::new(start, span.end.saturating_sub(1).max(start))
            }
            // A block text ends with its last line; the place is where it begins.
            _ => span,
        };
        // The parser says `~` where nothing is written.
        let text = if style == ScalarStyle::Plain && span.start == span.end { "" } else { text };
        let block = matches!(style, ScalarStyle::Literal | ScalarStyle::Folded);
        let verbatim = !block && span.text_in(self.text) == Some(text);
        let plain = style == ScalarStyle::Plain;
        if self.tree.place() == Place::Key {
            if plain && text == "<<" {
                return Err(feature(span, "a merge key", "write the keys out where they are needed"));
            }
            self.key_end = span.end;
            self.watch_key(text, plain, span);
            return self.tree.key(text, span);
        }
        self.watch_value(text, plain, span);
        self.tree.text(text.into(), span, verbatim)
    }

    fn open(
        &mut self,
        style: StructureStyle,
        span: Span,
        open: fn(&mut Tree, Span) -> Result<(), Diagnostic>,
    ) -> Result<(), Diagnostic> {
        if self.tree.place() == Place::Key {
            let fault = Diagnostic::error("complex_key", span, "a list or a map stands where a key is expected");
            return Err(fault.with_help("a key is a short text; put a text that begins with `{` or `[` in quotes"));
        }
        open(&mut self.tree, span)?;
        self.open.push((style == StructureStyle::Flow).then(Flow::default));
        Ok(())
    }

    fn close(&mut self, span: Span) {
        self.watch_end();
        self.open.pop();
        self.tree.close(span.end);
    }
}

fn feature(span: Span, what: &str, help: &str) -> Diagnostic {
    Diagnostic::error("yaml_feature", span, format!("{what} stands here; rule sets do not use it")).with_help(help)
}

fn span_of(place: granit_parser::Span) -> Span {
    place.byte_range().map_or_else(Span::default, |bytes| Span::of_bytes(bytes.start, bytes.end))
}

#[cfg(test)]
mod tests;
