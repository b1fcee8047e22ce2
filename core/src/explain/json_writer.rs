//! JSON written by hand: compact, keys in the order in which they are written, strings escaped as little as possible.

use std::fmt::{Display, Write};

use crate::value::Exact;

// As texts: a character is encoded anew each time, which small builds do not inline.
const QUOTE: &str = "\"";
const COMMA: &str = ",";

/// Writes one JSON document.
#[derive(Debug, Default)]
pub(crate) struct JsonWriter {
    text: String,
    /// Whether something of the present object or array was written already.
    follows: bool,
}

impl JsonWriter {
    /// A document of some length, so that memory is asked for once.
    pub(crate) fn long() -> Self {
        Self { text: String::with_capacity(1024), follows: false }
    }

    /// What was written.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// An object; `content` writes its keys.
    pub(crate) fn object(&mut self, content: impl FnOnce(&mut Self)) {
        self.enclosed("{", "}", content);
    }

    /// An array; `content` writes its values.
    pub(crate) fn array(&mut self, content: impl FnOnce(&mut Self)) {
        self.enclosed("[", "]", content);
    }

    /// A key; its value is written next.
    pub(crate) fn key(&mut self, key: &str) -> &mut Self {
        self.open_quote();
        self.escape(key);
        self.text.push_str("\":");
        self.follows = false;
        self
    }

    /// A string.
    pub(crate) fn string(&mut self, text: &str) {
        self.open_quote();
        self.escape(text);
        self.text.push_str(QUOTE);
        self.follows = true;
    }

    /// A value as a string.
    pub(crate) fn text_of(&mut self, value: impl Display) {
        self.string(&value.to_string());
    }

    /// A string of what `content` writes: signs that need no escape, such as the digits of a number.
    pub(crate) fn plain(&mut self, content: impl FnOnce(&mut String)) {
        self.open_quote();
        content(&mut self.text);
        self.text.push_str(QUOTE);
        self.follows = true;
    }

    /// An exact number.
    pub(crate) fn exact(&mut self, number: Exact) {
        self.plain(|text| number.write_to(text));
    }

    /// A whole number; amounts are strings.
    pub(crate) fn whole(&mut self, number: u64) {
        self.separate();
        let _ = write!(self.text, "{number}");
        self.follows = true;
    }

    /// Yes or no.
    pub(crate) fn yes_no(&mut self, answer: bool) {
        self.separate();
        self.text.push_str(if answer { "true" } else { "false" });
        self.follows = true;
    }

    fn enclosed(&mut self, open: &str, close: &str, content: impl FnOnce(&mut Self)) {
        self.separate();
        self.text.push_str(open);
        self.follows = false;
        content(self);
        self.text.push_str(close);
        self.follows = true;
    }

    fn separate(&mut self) {
        if self.follows {
            self.text.push_str(COMMA);
        }
    }

    fn open_quote(&mut self) {
        self.text.push_str(if self.follows { ",\"" } else { "\"" });
    }

    fn escape(&mut self, text: &str) {
        if is_plain(text.as_bytes()) {
            self.text.push_str(text);
            return;
        }
        for character in text.chars() {
            match character {
                '"' => self.text.push_str("\\\""),
                '\\' => self.text.push_str("\\\\"),
                '\n' => self.text.push_str("\\n"),
                '\r' => self.text.push_str("\\r"),
                '\t' => self.text.push_str("\\t"),
                '\u{8}' => self.text.push_str("\\b"),
                '\u{c}' => self.text.push_str("\\f"),
                control if control < ' ' => {
                    let _ = write!(self.text, "\\u{:04x}", u32::from(control));
                }
                plain => self.text.push(plain),
            }
        }
    }
}

/// Whether a text has nothing to escape, as nearly all have: looked at eight bytes at a time.
fn is_plain(bytes: &[u8]) -> bool {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    // A byte is zero where subtracting one borrows from its highest bit, which was not set before. What a borrow makes of the
    // byte above it is a false alarm at worst, never a miss.
    let has_zero = |word: u64| word.wrapping_sub(ONES) & !word & HIGHS;
    let is_below_space = |word: u64| word.wrapping_sub(ONES.wrapping_mul(0x20)) & !word & HIGHS;
    let (words, rest) = bytes.as_chunks::<8>();
    words.iter().map(|word| u64::from_le_bytes(*word)).all(|word| {
        let special =
            is_below_space(word) | has_zero(word ^ ONES.wrapping_mul(0x22)) | has_zero(word ^ ONES.wrapping_mul(0x5c));
        special == 0
    }) && rest.iter().all(|byte| *byte >= b' ' && *byte != b'"' && *byte != b'\\')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_character_reads_back_as_it_was() {
        let text: String = (0..0x2100).filter_map(char::from_u32).collect();
        let mut json = JsonWriter::default();
        json.string(&text);
        assert_eq!(serde_json::from_str::<String>(&json.finish()).unwrap(), text);
    }

    #[test]
    fn what_is_escaped_is_seen_wherever_it_stands() {
        for special in (0..0x20).chain([0x22, 0x5c]).map(char::from) {
            for before in 0..20 {
                let text: String = "党~\u{7f} !aé}"
                    .chars()
                    .cycle()
                    .take(before)
                    .chain([special])
                    .chain("z".repeat(9).chars())
                    .collect();
                let mut json = JsonWriter::default();
                json.string(&text);
                let written = json.finish();
                assert!(written.contains('\\'), "{text:?}");
                assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
            }
        }
        assert!(is_plain("党费 plain ~\u{7f}é}]! 0123".as_bytes()));
    }

    #[test]
    fn commas_stand_between_values_and_nowhere_else() {
        let mut json = JsonWriter::default();
        json.object(|json| {
            json.key("empty").array(|_| {});
            json.key("list").array(|json| {
                json.whole(1);
                json.object(|_| {});
                json.yes_no(false);
            });
            json.key("党费").text_of(0.5_f32);
        });
        assert_eq!(json.finish(), r#"{"empty":[],"list":[1,{},false],"党费":"0.5"}"#);
    }
}
