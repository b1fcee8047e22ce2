//! Strings of JSON with their escapes.

use super::Reader;
use crate::ruleset::diagnostic::{Diagnostic, quoted};
use crate::ruleset::node::Span;

impl Reader<'_> {
    /// Reads a string from its opening quote: the text, the place between the quotes, and whether it has no escapes.
    pub(super) fn string(&mut self) -> Result<(Box<str>, Span, bool), Diagnostic> {
        let quote = self.here(1);
        self.step(1);
        let start = self.at;
        let mut text = String::new();
        let mut verbatim = true;
        loop {
            let run = self.at;
            let rest = self.text.as_bytes().get(run..).unwrap_or_default();
            let ends = |byte: &u8| *byte < 0x20 || *byte == b'"' || *byte == b'\\';
            self.step(rest.iter().position(ends).unwrap_or(rest.len()));
            // Quotes, backslashes and control characters are single bytes: the run ends between characters.
            let plain = self.text.get(run..self.at).unwrap_or("");
            match self.peek() {
                Some(b'"') => {
                    let span = Span::of_bytes(start, self.at);
                    self.step(1);
                    text.push_str(plain);
                    return Ok((text.into_boxed_str(), span, verbatim));
                }
                Some(b'\\') => {
                    text.push_str(plain);
                    verbatim = false;
                    text.push(self.escape()?);
                }
                Some(b'\n' | b'\r') | None => {
                    let fault = self.fault(quote, "the string that begins here is not closed");
                    return Err(fault.with_help("put `\"` at its end; a line end inside a string is written `\\n`"));
                }
                Some(byte) => {
                    let message = format!("the control character U+{byte:04X} stands in a string");
                    let help = if byte == b'\t' { "write `\\t` or a space" } else { "remove it" };
                    return Err(self.fault(self.here(1), message).with_help(help));
                }
            }
        }
    }

    /// Reads an escape from its backslash.
    fn escape(&mut self) -> Result<char, Diagnostic> {
        let start = self.at;
        self.step(1);
        let letter = self.peek();
        self.step(1);
        Ok(match letter {
            Some(plain @ (b'"' | b'\\' | b'/')) => char::from(plain),
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(start),
            _ => {
                let met = self.text.get(start..).unwrap_or("").chars().take(2).collect::<String>();
                let span = Span::of_bytes(start, start.saturating_add(met.len()));
                let fault = self.fault(span, format!("{} is no escape of JSON", quoted(&met)));
                return Err(fault.with_help("a backslash itself is written `\\\\`"));
            }
        })
    }

    /// Reads the digits after `\u`, and those of a second half where the first asks for it.
    fn unicode_escape(&mut self, start: usize) -> Result<char, Diagnostic> {
        let first = self.four_digits(start)?;
        let mut code = first;
        if (0xD800..0xDC00).contains(&first) && self.text.get(self.at..).is_some_and(|rest| rest.starts_with("\\u")) {
            let second_start = self.at;
            self.step(2);
            let second = self.four_digits(second_start)?;
            if (0xDC00..0xE000).contains(&second) {
                // Cannot overflow: both halves are below 0x400 after the masks.
                code = ((first & 0x3FF) << 10 | (second & 0x3FF)).saturating_add(0x1_0000);
            }
        }
        char::from_u32(code).ok_or_else(|| {
            self.fault(Span::of_bytes(start, self.at), "this escape is half of a surrogate pair")
                .with_help("write the character itself, or both halves one after the other")
        })
    }

    fn four_digits(&mut self, start: usize) -> Result<u32, Diagnostic> {
        let digits = self.text.get(self.at..self.at.saturating_add(4)).unwrap_or("");
        let code = u32::from_str_radix(digits, 16).ok().filter(|_| digits.bytes().all(|it| it.is_ascii_hexdigit()));
        let code = code.filter(|_| digits.len() == 4).ok_or_else(|| {
            self.fault(Span::of_bytes(start, self.at), "four hexadecimal digits are expected after `\\u`")
        })?;
        self.step(4);
        Ok(code)
    }
}
