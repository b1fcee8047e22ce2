//! The strict reader of JSON: strings only, no key twice, every value with its place.

mod string;

use super::diagnostic::{Diagnostic, quoted};
use super::limits::Limits;
use super::node::{Node, Span};
use super::tree::{Place, Tree};

/// Reads a JSON document in which every scalar is a string.
///
/// A byte-order mark at the beginning is skipped. Facts files are read with the same reader.
///
/// # Errors
/// All faults found, at most [`MOST_DIAGNOSTICS`](super::diagnostic::MOST_DIAGNOSTICS): a passed bound of `limits`,
/// `json_syntax`, `duplicate_key`, `not_text` (a number, `true`, `false`, `null`), `control_character`,
/// `empty_document`.
///
/// ```
/// use rollbook::ruleset::{json::read_json, limits::Limits};
///
/// let refused = read_json(r#"{ "rate": 0.5 }"#, &Limits::default()).unwrap_err();
/// assert_eq!(&*refused[0].message, "the number `0.5` stands without quotes");
/// assert_eq!(refused[0].help.as_deref(), Some("write it as a string: `\"0.5\"`"));
/// ```
pub fn read_json(text: &str, limits: &Limits) -> Result<Node, Vec<Diagnostic>> {
    limits.check_size(text).map_err(|fault| vec![fault])?;
    let mut reader = Reader { text, at: 0, tree: Tree::new(limits), bare: None };
    let fatal = reader.read().err();
    reader.tree.finish(fatal)
}

/// Reads a JSON document in which scalars may also stand without quotes; they are kept as written.
///
/// With the tree come the places of all `true`, `false`, `null` and numbers, in the order of the document, so that who
/// knows what a value is for can take or refuse it by its name.
///
/// # Errors
/// As [`read_json`], apart from `not_text` and `control_character`.
pub fn read_json_with_bare(text: &str, limits: &Limits) -> Result<(Node, Vec<Span>), Vec<Diagnostic>> {
    limits.check_size(text).map_err(|fault| vec![fault])?;
    let mut reader = Reader { text, at: 0, tree: Tree::of_any_text(limits), bare: Some(Vec::new()) };
    let fatal = reader.read().err();
    let bare = reader.bare.take().unwrap_or_default();
    reader.tree.finish(fatal).map(|document| (document, bare))
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    tree: Tree,
    /// The places of scalars without quotes, where these are taken.
    bare: Option<Vec<Span>>,
}

impl Reader<'_> {
    /// Reads value after value; what is open stands on the tree's stack, so depth costs no recursion.
    fn read(&mut self) -> Result<(), Diagnostic> {
        if self.text.starts_with('\u{feff}') {
            self.at = 3;
        }
        self.skip_space();
        if self.peek().is_none() {
            return Err(Diagnostic::error("empty_document", self.here(0), "the document holds nothing"));
        }
        // Whether a closing bracket may follow: after an opening one, but not after a comma.
        let mut may_close = false;
        loop {
            self.skip_space();
            let closed = may_close && self.close();
            if !closed {
                if self.tree.place() == Place::Key {
                    self.key()?;
                }
                if self.value()? {
                    may_close = true;
                    continue;
                }
            }
            if !self.after_value()? {
                return Ok(());
            }
            may_close = false;
        }
    }

    /// What follows a complete value: closing brackets, then a comma or the end. Says whether more follows.
    fn after_value(&mut self) -> Result<bool, Diagnostic> {
        loop {
            self.skip_space();
            match (self.tree.place(), self.peek()) {
                (Place::Top, None) => return Ok(false),
                (Place::Top, Some(_)) => {
                    return Err(self.fault(self.here(1), "something follows the end of the document"));
                }
                (_, Some(b',')) => {
                    let comma = self.here(1);
                    self.step(1);
                    self.skip_space();
                    if matches!(self.peek(), Some(b'}' | b']')) {
                        return Err(self
                            .fault(comma, "a comma stands before the closing bracket")
                            .with_help("remove it"));
                    }
                    return Ok(true);
                }
                _ if self.close() => {}
                (place, _) => {
                    let close = if place == Place::Item { ']' } else { '}' };
                    return Err(self.unexpected(&format!("a comma or `{close}`")));
                }
            }
        }
    }

    /// Takes a bracket that closes what is open.
    fn close(&mut self) -> bool {
        let closes = matches!((self.tree.place(), self.peek()), (Place::Item, Some(b']')) | (Place::Key, Some(b'}')));
        if closes {
            self.step(1);
            self.tree.close(self.here(0).start);
        }
        closes
    }

    fn key(&mut self) -> Result<(), Diagnostic> {
        if self.peek() != Some(b'"') {
            return Err(self.unexpected("a key in double quotes"));
        }
        let (text, span, _) = self.string()?;
        self.tree.key(&text, span)?;
        self.skip_space();
        if self.peek() != Some(b':') {
            return Err(self.unexpected("a colon after the key"));
        }
        self.step(1);
        self.skip_space();
        Ok(())
    }

    /// Reads a string or opens a list or map. Says whether it opened one.
    fn value(&mut self) -> Result<bool, Diagnostic> {
        match self.peek() {
            Some(b'{') => {
                self.tree.open_map(self.here(1))?;
                self.step(1);
                return Ok(true);
            }
            Some(b'[') => {
                self.tree.open_list(self.here(1))?;
                self.step(1);
                return Ok(true);
            }
            Some(b'"') => {
                let (text, span, verbatim) = self.string()?;
                self.tree.text(text, span, verbatim)?;
            }
            Some(b'-' | b'0'..=b'9' | b'a'..=b'z' | b'A'..=b'Z') => self.bare_word()?,
            _ => return Err(self.unexpected("a value")),
        }
        Ok(false)
    }

    /// A number, `true`, `false` or `null`: JSON, but a scalar here is a string. Reading goes on behind it.
    fn bare_word(&mut self) -> Result<(), Diagnostic> {
        let rest = self.text.get(self.at..).unwrap_or("");
        let length = rest.find(|it: char| !(it.is_ascii_alphanumeric() || "+-.".contains(it))).unwrap_or(rest.len());
        let word = rest.get(..length).unwrap_or("");
        let span = self.here(length);
        let number = word.starts_with(|it: char| it == '-' || it.is_ascii_digit());
        let (message, help) = match word {
            "true" | "false" => {
                let say = if word == "true" { "yes" } else { "no" };
                (format!("`{word}` stands without quotes"), format!("write yes and no as strings: `\"{say}\"`"))
            }
            "null" => ("`null` is no value here".to_owned(), "leave the key out where nothing is known".to_owned()),
            _ if number => {
                (format!("the number {} stands without quotes", quoted(word)), "write it as a string".to_owned())
            }
            _ => return Err(self.unexpected("a value in double quotes")),
        };
        if let Some(bare) = &mut self.bare {
            bare.push(span);
            self.step(length);
            return self.tree.text(word.into(), span, true);
        }
        let help = if number && length <= 40 { format!("{help}: `\"{word}\"`") } else { help };
        self.tree.report(Diagnostic::error("not_text", span, message).with_help(help));
        self.step(length);
        self.tree.text(word.into(), span, true)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn step(&mut self, bytes: usize) {
        self.at = self.at.saturating_add(bytes);
    }

    fn skip_space(&mut self) {
        while matches!(self.peek(), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.step(1);
        }
    }

    /// The next bytes as a place.
    fn here(&self, length: usize) -> Span {
        Span::of_bytes(self.at, self.at.saturating_add(length).min(self.text.len()))
    }

    #[expect(clippy::unused_self, reason = "all faults of this reader are made in one way")]
    fn fault(&self, span: Span, message: impl Into<Box<str>>) -> Diagnostic {
        Diagnostic::error("json_syntax", span, message)
    }

    fn unexpected(&self, expected: &str) -> Diagnostic {
        let Some(met) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) else {
            return self.fault(self.here(0), format!("the document ends where {expected} is expected"));
        };
        let shown = quoted(met.encode_utf8(&mut [0; 4]));
        let fault = self.fault(self.here(met.len_utf8()), format!("{shown} stands where {expected} is expected"));
        match met {
            '/' | '#' => fault.with_help("JSON has no comments: remove it, or write the document as YAML"),
            '\'' | '“' | '”' | '‘' | '’' => fault.with_help("use straight double quotes: `\"`"),
            '，' | '：' => fault.with_help("use the ASCII comma and colon"),
            it if it.is_ascii_alphabetic() => fault.with_help("put it in double quotes"),
            _ => fault,
        }
    }
}

#[cfg(test)]
mod tests;
