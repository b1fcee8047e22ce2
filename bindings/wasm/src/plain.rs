//! Questions about facts that are single values, and answers of which most was said before.
//!
//! Facts cross as `name U+001F form value U+001E` one behind the other, `form` being `t` for a text, `y` and `n` for yes and no;
//! rows end with U+001D. An answer crosses as a letter and what follows: a small letter is that of an answer that was given before
//! and differs in nothing but the amounts, which follow with U+001F between them; a capital is that of a new one, whose canonical
//! JSON follows. Where a value is not plain or does not fit, nothing crosses, and the question is asked in JSON.

use rollbook::facade::{About, Answered, Asked, Error, Request, Teller};
use wasm_bindgen::prelude::wasm_bindgen;

use crate::{Rules, thrown};

/// Answers that are kept, by their letters.
const LETTERS: &[u8] = b"abcdefghijklmnop";

const FIELD: char = '\u{1f}';
const FACT: char = '\u{1e}';
const ROW: char = '\u{1d}';

/// What is asked beside the facts, read once for many calls.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Question {
    request: Request,
}

#[wasm_bindgen]
impl Question {
    /// Reads it from the JSON of a request without facts.
    ///
    /// # Errors
    /// The error in JSON: a request that cannot be read.
    pub fn read(json: &str) -> Result<Question, String> {
        let Asked { request, about } = Asked::from_json(json).map_err(thrown)?;
        match about {
            About::One(facts) if facts.is_empty() => Ok(Self { request }),
            _ => Err(thrown(Error::wrong_type("request", "a request with facts", "facts apart"))),
        }
    }
}

/// The answers that were given last, each other in more than its amounts.
#[derive(Debug, Default)]
pub(crate) struct Known {
    answers: Vec<Answered>,
    /// Which of them is replaced next, when there is no letter left.
    next: usize,
}

impl Known {
    /// Writes an answer, by its letter.
    fn write(&mut self, answered: Answered, out: &mut String) {
        let letter = |at: usize| LETTERS.get(at).copied().map_or('a', char::from);
        if let Some(at) = self.answers.iter().position(|known| answered.differs_in_amount_only(known)) {
            out.push(letter(at));
            out.push_str(&answered.amount().unwrap_or_default());
            out.push(FIELD);
            out.push_str(&answered.exact().unwrap_or_default());
            return;
        }
        let at = if self.answers.len() < LETTERS.len() { self.answers.len() } else { self.next };
        self.next = if at.saturating_add(1) < LETTERS.len() { at.saturating_add(1) } else { 0 };
        out.push(letter(at).to_ascii_uppercase());
        out.push_str(&answered.to_json());
        match self.answers.get_mut(at) {
            Some(known) => *known = answered,
            None => self.answers.push(answered),
        }
    }
}

#[wasm_bindgen]
impl Rules {
    /// Answers about rows of plain facts, of which there are `count` in all; empty where the question has to be asked in JSON.
    pub fn dues_if_plain(&mut self, question: &Question, count: u32, told: &str) -> String {
        let mut said = String::with_capacity(256);
        let mut left = count;
        for row in told.split_terminator(ROW) {
            let answered = self.rule_set.dues_if_plain(&question.request, |teller| tell(teller, row, &mut left));
            let Ok(Some(answered)) = answered else { return String::new() };
            self.known.write(answered, &mut said);
            said.push(FACT);
        }
        // A sign that divides would have made more of them.
        if left == 0 { said } else { String::new() }
    }
}

/// Tells the facts of a row; false where one is not plain.
fn tell(teller: &mut Teller<'_>, row: &str, left: &mut u32) -> bool {
    row.split_terminator(FACT).all(|fact| {
        let Some((name, value)) = fact.split_once(FIELD) else { return false };
        let Some(fewer) = left.checked_sub(1) else { return false };
        *left = fewer;
        match (value, value.strip_prefix('t')) {
            (_, Some(text)) if !text.contains(FIELD) => teller.text(name, text),
            ("y", _) => teller.yes_no(name, true),
            ("n", _) => teller.yes_no(name, false),
            _ => return false,
        }
        true
    })
}
