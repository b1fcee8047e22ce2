//! JSON written by hand: compact, keys in the order in which they are written, strings escaped as little as possible.

use std::fmt::{Display, Write};

/// Writes one JSON document.
#[derive(Debug, Default)]
pub(crate) struct JsonWriter {
    text: String,
    /// Whether something of the present object or array was written already.
    follows: bool,
}

impl JsonWriter {
    /// What was written.
    pub(crate) fn finish(self) -> String {
        self.text
    }

    /// An object; `content` writes its keys.
    pub(crate) fn object(&mut self, content: impl FnOnce(&mut Self)) {
        self.enclosed('{', '}', content);
    }

    /// An array; `content` writes its values.
    pub(crate) fn array(&mut self, content: impl FnOnce(&mut Self)) {
        self.enclosed('[', ']', content);
    }

    /// A key; its value is written next.
    pub(crate) fn key(&mut self, key: &str) -> &mut Self {
        self.separate();
        self.quote(key);
        self.text.push(':');
        self.follows = false;
        self
    }

    /// A string.
    pub(crate) fn string(&mut self, text: &str) {
        self.separate();
        self.quote(text);
        self.follows = true;
    }

    /// A value as a string.
    pub(crate) fn text_of(&mut self, value: impl Display) {
        self.string(&value.to_string());
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

    fn enclosed(&mut self, open: char, close: char, content: impl FnOnce(&mut Self)) {
        self.separate();
        self.text.push(open);
        self.follows = false;
        content(self);
        self.text.push(close);
        self.follows = true;
    }

    fn separate(&mut self) {
        if self.follows {
            self.text.push(',');
        }
    }

    fn quote(&mut self, text: &str) {
        self.text.push('"');
        // Most texts have nothing to escape.
        let is_plain = |byte: u8| byte >= b' ' && byte != b'"' && byte != b'\\';
        if text.bytes().all(is_plain) {
            self.text.push_str(text);
            self.text.push('"');
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
        self.text.push('"');
    }
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
