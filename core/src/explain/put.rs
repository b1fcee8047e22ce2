//! Writing an explanation: every piece is written straight behind the text, never into a text of its own.

use std::borrow::Cow;

use crate::value::{Date, Exact, Per, Period};

/// Something that can be written behind a text.
pub(crate) trait Put {
    /// Writes it.
    fn put(&self, out: &mut String);
}

/// Writes pieces one behind the other: `put!(out, title, "：", value)`.
macro_rules! put {
    ($out:expr, $($piece:expr),+ $(,)?) => {{
        let out: &mut String = $out;
        $($crate::explain::put::Put::put(&$piece, out);)+
    }};
}

pub(crate) use put;

/// A piece as a text of its own, where one is needed.
pub(crate) fn text_of(piece: &impl Put) -> String {
    let mut text = String::new();
    piece.put(&mut text);
    text
}

/// Writes all of something or, where it gives none, nothing of it.
pub(crate) fn all_or_nothing(out: &mut String, write: impl FnOnce(&mut String) -> Option<()>) -> Option<()> {
    let before = out.len();
    let written = write(out);
    if written.is_none() {
        out.truncate(before);
    }
    written
}

/// Writes something between two texts, which are left out with it where it is empty.
pub(crate) fn unless_empty(out: &mut String, before: &str, write: impl FnOnce(&mut String), behind: &str) {
    let start = out.len();
    out.push_str(before);
    let inside = out.len();
    write(out);
    if out.len() == inside {
        out.truncate(start);
    } else {
        out.push_str(behind);
    }
}

/// Writes items with a text between them.
pub(crate) fn listed<T>(
    out: &mut String,
    between: &str,
    items: impl IntoIterator<Item = T>,
    mut write: impl FnMut(&mut String, T),
) {
    for (number, item) in items.into_iter().enumerate() {
        if number > 0 {
            out.push_str(between);
        }
        write(out, item);
    }
}

impl<T: Put + ?Sized> Put for &T {
    fn put(&self, out: &mut String) {
        (**self).put(out);
    }
}

impl Put for str {
    fn put(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Put for String {
    fn put(&self, out: &mut String) {
        out.push_str(self);
    }
}

impl Put for Cow<'_, str> {
    fn put(&self, out: &mut String) {
        out.push_str(self);
    }
}

/// In full: `3900`, `−12.5`, `10000/3`.
impl Put for Exact {
    fn put(&self, out: &mut String) {
        if !put_decimal(*self, out) {
            // What is printed is a hyphen, what people read is a minus sign.
            out.push_str(&self.to_string().replace('-', "−"));
        }
    }
}

/// Writes a number that a decimal prints in full; false, and nothing is written, where only a fraction does.
pub(crate) fn put_decimal(number: Exact, out: &mut String) -> bool {
    let sign = out.len();
    let written = number.write_decimal(out);
    if written && number.is_negative() {
        out.replace_range(sign..=sign, "−");
    }
    written
}

impl Put for u64 {
    fn put(&self, out: &mut String) {
        if *self >= 10 {
            (*self / 10).put(out);
        }
        out.push(char::from(b'0' | u8::try_from(*self % 10).unwrap_or(0)));
    }
}

impl Put for u16 {
    fn put(&self, out: &mut String) {
        u64::from(*self).put(out);
    }
}

impl Put for u8 {
    fn put(&self, out: &mut String) {
        u64::from(*self).put(out);
    }
}

impl Put for usize {
    fn put(&self, out: &mut String) {
        u64::try_from(*self).unwrap_or(u64::MAX).put(out);
    }
}

impl Put for i32 {
    fn put(&self, out: &mut String) {
        if *self < 0 {
            out.push('-');
        }
        u64::from(self.unsigned_abs()).put(out);
    }
}

impl Put for Date {
    fn put(&self, out: &mut String) {
        self.write_to(out);
    }
}

impl Put for Period {
    fn put(&self, out: &mut String) {
        match self.per() {
            Per::Month => self.write_month(out),
            _ => out.push_str(&self.to_string()),
        }
    }
}
