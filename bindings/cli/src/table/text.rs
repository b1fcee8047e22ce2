//! The bytes of a table file as UTF-8, whichever encoding they came in.
//!
//! What cannot be read in the encoding stays something that is no UTF-8: the cell in which it stands is refused later,
//! by its row and column, and nothing else is lost.

use std::io::{self, Read};

use encoding_rs::{Decoder, DecoderResult, GB18030};

use super::{Encoding, broken};

/// So much is read at a time, and so much is looked at to tell the encoding.
const WINDOW: usize = 64 * 1024;
const BYTE_ORDER_MARK: [u8; 3] = [0xEF, 0xBB, 0xBF];
/// Never part of UTF-8.
const UNREADABLE: u8 = 0xFF;

/// How the bytes are read on.
enum State {
    /// Nothing was read yet.
    New,
    /// All bytes so far were ASCII, so that nothing tells the encoding yet.
    Ascii,
    Utf8,
    Gb18030(Box<Decoded>),
}

/// A source of bytes, read as text.
pub(super) struct Text<'s> {
    source: Box<dyn Read + 's>,
    wanted: Option<Encoding>,
    state: State,
    /// Bytes that were read, and how many of them were taken.
    raw: Vec<u8>,
    taken: usize,
    has_ended: bool,
    /// How many bytes the source gave.
    bytes_read: u64,
}

impl<'s> Text<'s> {
    /// Text in the encoding that is named, or in the one that it looks like.
    pub(super) fn new(source: Box<dyn Read + 's>, wanted: Option<Encoding>) -> Self {
        Self { source, wanted, state: State::New, raw: Vec::new(), taken: 0, has_ended: false, bytes_read: 0 }
    }

    /// Whether it was found to be GB18030 without having been called so.
    pub(super) fn is_found_gb18030(&self) -> bool {
        self.wanted.is_none() && matches!(self.state, State::Gb18030(_))
    }

    /// How many bytes were read so far.
    pub(super) fn bytes_read(&self) -> u64 {
        self.bytes_read
    }

    fn note_read(&mut self, count: usize) {
        self.bytes_read = self.bytes_read.saturating_add(u64::try_from(count).unwrap_or(0));
    }

    fn rest(&self) -> &[u8] {
        self.raw.get(self.taken..).unwrap_or_default()
    }

    /// Reads on until so many bytes are there, or the source ends.
    fn fill(&mut self, wanted: usize) -> io::Result<()> {
        if self.rest().len() >= wanted || self.has_ended {
            return Ok(());
        }
        self.raw.drain(..self.taken);
        self.taken = 0;
        while self.raw.len() < wanted && !self.has_ended {
            let from = self.raw.len();
            self.raw.resize(from.saturating_add(WINDOW), 0);
            let read = loop {
                match self.source.read(self.raw.get_mut(from..).unwrap_or_default()) {
                    Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                    done => break done,
                }
            };
            self.raw.truncate(from.saturating_add(*read.as_ref().unwrap_or(&0)));
            let count = read?;
            self.note_read(count);
            self.has_ended = count == 0;
        }
        Ok(())
    }

    /// Reads the byte-order mark, and what was said of the encoding.
    fn begin(&mut self) -> io::Result<State> {
        self.fill(BYTE_ORDER_MARK.len())?;
        let rest = self.rest();
        if rest.starts_with(&[0xFF, 0xFE]) || rest.starts_with(&[0xFE, 0xFF]) {
            return Err(broken("it is UTF-16 text, not UTF-8; save it as \"CSV UTF-8\"".to_owned()));
        }
        let is_marked = rest.starts_with(&BYTE_ORDER_MARK);
        if is_marked {
            self.taken = BYTE_ORDER_MARK.len();
        }
        Ok(match self.wanted {
            Some(Encoding::Gb18030) => Decoded::begin(),
            Some(Encoding::Utf8) => State::Utf8,
            None if is_marked => State::Utf8,
            None => State::Ascii,
        })
    }

    /// Gives at most so many of the bytes that were read.
    fn give(&mut self, most: usize, into: &mut [u8]) -> usize {
        let rest = self.rest();
        let count = copy(rest.get(..most).unwrap_or(rest), into);
        self.taken = self.taken.saturating_add(count);
        count
    }
}

impl Read for Text<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        loop {
            match &mut self.state {
                State::New => self.state = self.begin()?,
                State::Ascii => {
                    self.fill(1)?;
                    let rest = self.rest();
                    let is_ascii = rest.is_ascii();
                    let ascii = if is_ascii { rest.len() } else { rest.iter().take_while(|it| it.is_ascii()).count() };
                    if ascii > 0 || is_ascii {
                        return Ok(self.give(ascii, into));
                    }
                    self.fill(WINDOW)?;
                    self.state = if is_gb18030(self.rest()) { Decoded::begin() } else { State::Utf8 };
                }
                State::Utf8 if self.taken < self.raw.len() => return Ok(self.give(usize::MAX, into)),
                State::Utf8 if self.has_ended => return Ok(0),
                State::Utf8 => {
                    let count = self.source.read(into)?;
                    self.note_read(count);
                    return Ok(count);
                }
                State::Gb18030(decoded) => match decoded.give(into) {
                    0 if !decoded.is_finished => {
                        self.fill(1)?;
                        let bytes = self.raw.get(self.taken..).unwrap_or_default();
                        if let State::Gb18030(decoded) = &mut self.state {
                            decoded.decode(bytes, self.has_ended);
                        }
                        self.taken = self.raw.len();
                    }
                    given => return Ok(given),
                },
            }
        }
    }
}

/// A text whose beginning was looked at, and is read again with the rest.
pub(super) struct Ahead<'s> {
    text: Text<'s>,
    seen: Vec<u8>,
    given: usize,
}

impl<'s> Ahead<'s> {
    /// Looks at the text up to the end of the first line that is not blank, or so far as one looks.
    pub(super) fn new(mut text: Text<'s>) -> io::Result<Self> {
        let mut seen = Vec::new();
        let mut piece = vec![0; WINDOW];
        while seen.len() < WINDOW && !has_line(&seen) {
            match text.read(&mut piece)? {
                0 => break,
                count => seen.extend_from_slice(piece.get(..count).unwrap_or_default()),
            }
        }
        Ok(Self { text, seen, given: 0 })
    }

    /// What was looked at.
    pub(super) fn seen(&self) -> &[u8] {
        &self.seen
    }

    /// Whether it was found to be GB18030 without having been called so.
    pub(super) fn is_found_gb18030(&self) -> bool {
        self.text.is_found_gb18030()
    }

    /// How many bytes were read so far.
    pub(super) fn bytes_read(&self) -> u64 {
        self.text.bytes_read()
    }
}

impl Read for Ahead<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let rest = self.seen.get(self.given..).unwrap_or_default();
        if rest.is_empty() {
            return self.text.read(into);
        }
        let count = copy(rest, into);
        self.given = self.given.saturating_add(count);
        Ok(count)
    }
}

/// Whether a whole line stands there that is not blank.
fn has_line(seen: &[u8]) -> bool {
    let begin = seen.trim_ascii_start();
    begin.contains(&b'\n') || begin.contains(&b'\r')
}

/// GB18030 that was decoded, and how much of it was given.
struct Decoded {
    decoder: Decoder,
    text: Vec<u8>,
    given: usize,
    has_begun: bool,
    is_finished: bool,
}

impl Decoded {
    fn begin() -> State {
        let decoder = GB18030.new_decoder_without_bom_handling();
        State::Gb18030(Box::new(Self { decoder, text: Vec::new(), given: 0, has_begun: false, is_finished: false }))
    }

    fn give(&mut self, into: &mut [u8]) -> usize {
        let count = copy(self.text.get(self.given..).unwrap_or_default(), into);
        self.given = self.given.saturating_add(count);
        count
    }

    fn decode(&mut self, mut bytes: &[u8], is_last: bool) {
        self.text.clear();
        self.given = 0;
        loop {
            let from = self.text.len();
            let room = self.decoder.max_utf8_buffer_length_without_replacement(bytes.len()).unwrap_or(WINDOW).max(16);
            self.text.resize(from.saturating_add(room), 0);
            let into = self.text.get_mut(from..).unwrap_or_default();
            let (result, read, written) = self.decoder.decode_to_utf8_without_replacement(bytes, into, is_last);
            self.text.truncate(from.saturating_add(written));
            bytes = bytes.get(read..).unwrap_or_default();
            match result {
                DecoderResult::InputEmpty => break,
                DecoderResult::OutputFull => {}
                DecoderResult::Malformed(..) => self.text.push(UNREADABLE),
            }
        }
        self.is_finished = is_last;
        if !self.has_begun && !self.text.is_empty() {
            self.has_begun = true;
            if self.text.starts_with(&BYTE_ORDER_MARK) {
                self.given = BYTE_ORDER_MARK.len();
            }
        }
    }
}

fn copy(from: &[u8], into: &mut [u8]) -> usize {
    let count = from.len().min(into.len());
    if let (Some(into), Some(from)) = (into.get_mut(..count), from.get(..count)) {
        into.copy_from_slice(from);
    }
    count
}

/// Whether text whose first byte is no ASCII is Chinese in GB18030 and not UTF-8.
///
/// It is, if most of what it says outside ASCII is no UTF-8, three quarters of it read as GB18030, and at least half of
/// that lies where the common characters are. In other encodings of one byte, a letter with an accent is mostly
/// followed by an ASCII letter, which is not where they are.
fn is_gb18030(window: &[u8]) -> bool {
    let (mut right, mut wrong) = (0_usize, 0_usize);
    for chunk in window.utf8_chunks() {
        right = right.saturating_add(chunk.valid().chars().filter(|it| !it.is_ascii()).count());
        wrong = wrong.saturating_add(chunk.invalid().len().min(1));
    }
    if wrong <= right {
        return false;
    }
    let (mut common, mut all, mut unreadable) = (0_usize, 0_usize, 0_usize);
    let mut bytes = window.iter().copied();
    while let Some(first) = bytes.next() {
        if first.is_ascii() {
            continue;
        }
        all = all.saturating_add(1);
        match (first, bytes.next()) {
            (0xA1..=0xF7, Some(0xA1..=0xFE)) => common = common.saturating_add(1),
            (0x81..=0xFE, Some(0x40..=0x7E | 0x80..=0xFE)) => {}
            (0x81..=0xFE, Some(b'0'..=b'9')) => {
                // Four bytes.
                if !matches!((bytes.next(), bytes.next()), (Some(0x81..=0xFE), Some(b'0'..=b'9'))) {
                    unreadable = unreadable.saturating_add(1);
                }
            }
            (_, None) => all = all.saturating_sub(1),
            _ => unreadable = unreadable.saturating_add(1),
        }
    }
    all > 0 && common.saturating_mul(2) >= all && unreadable.saturating_mul(4) <= all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8], wanted: Option<Encoding>) -> (Vec<u8>, bool) {
        let mut text = Text::new(Box::new(bytes), wanted);
        let mut all = Vec::new();
        text.read_to_end(&mut all).unwrap();
        (all, text.is_found_gb18030())
    }

    fn gb18030(text: &str) -> Vec<u8> {
        GB18030.encode(text).0.into_owned()
    }

    #[test]
    fn chinese_in_either_encoding_is_read_as_the_same_text() {
        let text = "编号,发展阶段\nA,正式党员\nB,䶮㐂𠮷\n";
        assert_eq!(read(text.as_bytes(), None), (text.as_bytes().to_vec(), false));
        assert_eq!(read(&gb18030(text), None), (text.as_bytes().to_vec(), true));
        assert_eq!(read(&gb18030(text), Some(Encoding::Gb18030)), (text.as_bytes().to_vec(), false));
    }

    #[test]
    fn the_first_characters_outside_ascii_decide_wherever_they_stand() {
        let rows = "M1,full,waged,5400.00\n".repeat(20_000);
        let text = format!("id,stage,category,base\n{rows}M2,正式党员,waged,1\n{rows}M3,预备党员,waged,1\n");
        assert_eq!(read(&gb18030(&text), None), (text.as_bytes().to_vec(), true));
        assert_eq!(read(text.as_bytes(), None), (text.as_bytes().to_vec(), false));
    }

    #[test]
    fn marks_at_the_beginning_are_no_text() {
        assert_eq!(read("\u{feff}编".as_bytes(), None).0, "编".as_bytes());
        assert_eq!(read(&[0x84, 0x31, 0x95, 0x33, b'a'], Some(Encoding::Gb18030)).0, b"a");
        assert_eq!(read(b"\xEF\xBB\xBF", None).0, b"");
        let refusal = Text::new(Box::new(&b"\xFF\xFEi\0"[..]), None).read_to_end(&mut Vec::new()).unwrap_err();
        assert_eq!(refusal.to_string(), "it is UTF-16 text, not UTF-8; save it as \"CSV UTF-8\"");
    }

    #[test]
    fn one_bad_cell_does_not_change_the_encoding_of_the_others() {
        let bad_first = [b"\xFF\xFE,", "编号,发展阶段,正式党员".as_bytes()].concat();
        assert_eq!(read(&[b"a", &bad_first[..]].concat(), None), ([b"a", &bad_first[..]].concat(), false));
        let gb = [&gb18030("编号,发展阶段,正式党员,"), &b"\xFF,"[..], &gb18030("预备党员")].concat();
        let read = read(&gb, None);
        assert!(read.1 && String::from_utf8_lossy(&read.0).contains("正式党员,\u{fffd},预备党员"), "{read:?}");
    }

    #[test]
    fn western_letters_are_not_taken_for_chinese() {
        for text in [&b"M\xFCller,Stra\xDFe,Gr\xF6\xDFe"[..], b"Ren\xE9e,Fran\xE7ois"] {
            assert_eq!(read(text, None), (text.to_vec(), false));
        }
    }

    #[test]
    fn characters_may_come_in_pieces() {
        struct Slow(Vec<u8>);
        impl Read for Slow {
            fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
                let count = into.len().min(1).min(self.0.len());
                into[..count].copy_from_slice(&self.0[..count]);
                self.0.drain(..count);
                Ok(count)
            }
        }
        let text = "编号,发展阶段,𠮷\n";
        for bytes in [gb18030(text), text.as_bytes().to_vec()] {
            let mut all = String::new();
            Text::new(Box::new(Slow(bytes)), None).read_to_string(&mut all).unwrap();
            assert_eq!(all, text);
        }
    }
}
