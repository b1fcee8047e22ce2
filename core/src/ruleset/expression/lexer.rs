//! From characters to tokens.

use crate::value::{Currency, Date, Exact};

/// A range of bytes in the text of one expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// First byte.
    pub start: u32,
    /// The byte after the last one.
    pub end: u32,
}

impl Place {
    pub(crate) fn new(start: usize, end: usize) -> Self {
        Self { start: u32::try_from(start).unwrap_or(u32::MAX), end: u32::try_from(end).unwrap_or(u32::MAX) }
    }

    /// The smallest place that holds both.
    pub(crate) fn to(self, other: Self) -> Self {
        Self { start: self.start.min(other.start), end: self.end.max(other.end) }
    }
}

/// What is wrong with an expression, where, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// A diagnostic code.
    pub code: &'static str,
    /// The offending part of the expression.
    pub place: Place,
    /// What is wrong.
    pub message: String,
    /// What would be right, where that is known.
    pub help: Option<String>,
}

impl Fault {
    pub(crate) fn new(code: &'static str, place: Place, message: impl Into<String>) -> Box<Self> {
        Box::new(Self { code, place, message: message.into(), help: None })
    }

    pub(crate) fn help(mut self: Box<Self>, help: impl Into<String>) -> Box<Self> {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn syntax(place: Place, message: impl Into<String>) -> Box<Self> {
        Self::new("bad_expression", place, message)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Token {
    Number(Exact),
    /// A number followed by `%`, already divided by 100.
    Percent(Exact),
    Date(Date),
    Name(Box<str>),
    Currency(Currency),
    Symbol(&'static str),
    End,
}

impl Token {
    pub(super) fn describe(&self) -> String {
        match self {
            Self::Number(number) => format!("the number `{number}`"),
            Self::Percent(_) => "a percentage".to_owned(),
            Self::Date(date) => format!("the date `{date}`"),
            Self::Name(name) => format!("`{name}`"),
            Self::Currency(currency) => format!("`{currency}`"),
            Self::Symbol(symbol) => format!("`{symbol}`"),
            Self::End => "the end".to_owned(),
        }
    }
}

const SYMBOLS: [&str; 15] = ["<=", ">=", "!=", "(", ")", ",", "|", "+", "-", "*", "/", "=", "<", ">", "."];

/// What other notations write, and what is written here.
const FOREIGN: [(&str, &str); 19] = [
    ("==", "write `=`"),
    ("&&", "write `and`"),
    ("||", "write `or`"),
    ("<>", "write `!=`"),
    ("=>", "write `>=`"),
    ("=<", "write `<=`"),
    ("**", "there are no powers"),
    ("?", "write `if … then … else …`"),
    ("[", "write words without brackets: `stage in a | b`"),
    ("]", "write words without brackets: `stage in a | b`"),
    ("{", "an expression has no braces"),
    ("!", "write `not`"),
    ("\"", "words are written without quotation marks"),
    ("'", "words are written without quotation marks"),
    ("≤", "write `<=`"),
    ("≥", "write `>=`"),
    ("≠", "write `!=`"),
    ("×", "write `*`"),
    ("÷", "write `/`"),
];

pub(super) fn tokens(text: &str) -> Result<Vec<(Token, Place)>, Box<Fault>> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = text.get(at..) {
        let Some(first) = rest.chars().next() else { break };
        if first.is_ascii_whitespace() {
            at = at.saturating_add(1);
            continue;
        }
        let (token, length) = token(rest, at, takes_commas(&found))?;
        let end = at.saturating_add(length);
        found.push((token, Place::new(at, end)));
        at = end;
    }
    found.push((Token::End, Place::new(text.len(), text.len())));
    Ok(found)
}

/// Whether a function that separates values with commas was begun.
fn takes_commas(found: &[(Token, Place)]) -> bool {
    let separates = |name: &str| matches!(name, "latest" | "earliest" | "latched");
    found.iter().any(|(token, _)| matches!(token, Token::Name(name) if separates(name)))
}

fn token(rest: &str, at: usize, takes_commas: bool) -> Result<(Token, usize), Box<Fault>> {
    let first = rest.chars().next().unwrap_or(' ');
    let place = |length: usize| Place::new(at, at.saturating_add(length));
    if first.is_ascii_digit() || first == '.' {
        return number(rest, at, takes_commas);
    }
    if is_foreign_number(rest) {
        return Err(foreign_number(rest, at));
    }
    if first.is_ascii_lowercase() {
        let length = run(rest, |c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        let name = rest.get(..length).unwrap_or_default();
        if rest.get(length..).and_then(|tail| tail.chars().next()).is_some_and(|c| c.is_ascii_uppercase()) {
            let whole = run(rest, |c| c.is_ascii_alphanumeric() || c == '_');
            let written = rest.get(..whole).unwrap_or_default();
            return Err(Fault::syntax(place(whole), format!("`{written}` is not a name"))
                .help("names are written in small letters, digits and `_`"));
        }
        return Ok((Token::Name(name.into()), length));
    }
    if first.is_ascii_uppercase() {
        let length = run(rest, |c| c.is_ascii_alphanumeric() || c == '_');
        let written = rest.get(..length).unwrap_or_default();
        return match Currency::parse(written) {
            Ok(currency) => Ok((Token::Currency(currency), length)),
            Err(_) => Err(Fault::syntax(place(length), format!("`{written}` is not a name"))
                .help("names are written in small letters; three capitals are a currency")),
        };
    }
    for (foreign, help) in FOREIGN {
        let is_prefix_of_ours = foreign == "!" && rest.starts_with("!=");
        if rest.starts_with(foreign) && !is_prefix_of_ours {
            return Err(
                Fault::syntax(place(foreign.len()), format!("`{foreign}` does not belong to the language")).help(help)
            );
        }
    }
    for symbol in SYMBOLS {
        if rest.starts_with(symbol) {
            return Ok((Token::Symbol(symbol), symbol.len()));
        }
    }
    let help = match first {
        '（' | '）' | '，' | '。' | '、' | '％' => "write punctuation in half width",
        '#' => "an expression has no comments",
        _ => "see the grammar of expressions",
    };
    Err(Fault::syntax(place(first.len_utf8()), format!("`{first}` does not belong to the language")).help(help))
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c: char| !belongs(c)).unwrap_or(text.len())
}

/// Whether a number begins here as other notations write it: in full width, or behind the sign of a currency.
fn is_foreign_number(rest: &str) -> bool {
    rest.trim_start_matches(is_currency_sign)
        .starts_with(|c: char| matches!(c, '０'..='９') || c.is_ascii_digit() || c == '.')
}

fn is_currency_sign(sign: char) -> bool {
    matches!(sign, '$' | '¢'..='¥' | '\u{20a0}'..='\u{20c0}' | '＄' | '￠' | '￡' | '￥' | '￦')
}

/// Whether a sign that divides the digits of a number stands here, without a space: `4,000`, `4'000`, `4_000`.
fn is_grouped(tail: &str) -> bool {
    tail.strip_prefix([',', '，', '\'', '’', '_'])
        .is_some_and(|behind| behind.starts_with(|c: char| c.is_ascii_digit()))
}

/// A number that is not written with digits and a point alone, and how it is written here, where that is plain.
fn foreign_number(rest: &str, at: usize) -> Box<Fault> {
    let belongs = |c: char| {
        is_currency_sign(c)
            || c.is_ascii_digit()
            || matches!(c, '０'..='９' | '．' | '.' | ',' | '，' | '\'' | '’' | '_')
    };
    let written = rest.get(..run(rest, belongs)).unwrap_or_default();
    let written = written.trim_end_matches(|c: char| !(c.is_ascii_digit() || matches!(c, '０'..='９')));
    let narrow = |c: char| match c {
        '０'..='９' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        '．' => '.',
        '，' | '\'' | '’' | '_' => ',',
        other => other,
    };
    let plain: String = written.chars().filter(|c| !is_currency_sign(*c)).map(narrow).collect();
    let whole = plain.split('.').next().unwrap_or_default();
    let in_thousands = whole.split(',').skip(1).all(|group| group.len() == 3);
    let plain = if in_thousands { plain.replace(',', "") } else { plain.replace(',', ".") };
    let fault = Fault::new(
        "bad_number",
        Place::new(at, at.saturating_add(written.len())),
        format!("{} is not written as numbers are", crate::ruleset::diagnostic::quoted(written)),
    );
    match Exact::parse(&plain) {
        Ok(_) if plain.len() <= 40 => {
            fault.help(format!("write `{plain}`: digits and a point, no sign of a currency, no separator"))
        }
        _ => fault.help("write digits and a point, such as `3000` or `0.20`"),
    }
}

fn number(rest: &str, at: usize, takes_commas: bool) -> Result<(Token, usize), Box<Fault>> {
    let place = |length: usize| Place::new(at, at.saturating_add(length));
    // A date stands like 2017-01-01, without spaces; a subtraction of such numbers has them.
    let bytes = rest.as_bytes();
    let digits = |from: usize, to: usize| bytes.get(from..to).is_some_and(|part| part.iter().all(u8::is_ascii_digit));
    if digits(0, 4) && bytes.get(4) == Some(&b'-') && bytes.get(5).is_some_and(u8::is_ascii_digit) {
        let length = run(rest, |c| c.is_ascii_digit() || c == '-');
        let written = rest.get(..length).unwrap_or_default();
        return match Date::parse(written) {
            Ok(date) => Ok((Token::Date(date), length)),
            Err(why) => Err(Fault::new("bad_date", place(length), format!("`{written}`: {why}"))
                .help("write a date as 2017-01-31; put spaces around a minus")),
        };
    }
    let mut length = run(rest, |c| c.is_ascii_digit() || c == '.');
    let tail = rest.get(length..).unwrap_or_default();
    if rest.get(..length).is_some_and(|written| written.ends_with("..")) || tail.starts_with('…') {
        let length = run(rest, |c| c.is_ascii_digit() || matches!(c, '.' | '…' | '%'));
        let written = rest.get(..length).unwrap_or_default();
        return Err(Fault::new("not_exact", place(length), format!("`{written}` does not say how it goes on"))
            .help("write the fraction, such as `1/3`"));
    }
    if is_grouped(tail) && !(takes_commas && tail.starts_with(',')) {
        return Err(foreign_number(rest, at));
    }
    if tail.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
        length = run(rest, |c| c.is_ascii_alphanumeric() || c == '.' || c == '_');
        let written = rest.get(..length).unwrap_or_default();
        let is_exponent = written.contains(['e', 'E']);
        let help =
            if is_exponent { "write the number out, such as `1000`" } else { "put a space between number and word" };
        let code = if is_exponent { "not_exact" } else { "bad_expression" };
        return Err(Fault::new(code, place(length), format!("`{written}` is not a number")).help(help));
    }
    let written = rest.get(..length).unwrap_or_default();
    let exact = Exact::parse(written)
        .map_err(|why| Fault::new("not_exact", place(length), format!("`{written}` is not an exact number: {why}")))?;
    if tail.starts_with('%') {
        let share = Exact::ratio(1, 100)
            .and_then(|hundredth| exact.checked_mul(hundredth))
            .map_err(|_| Fault::new("not_exact", place(length), format!("`{written}%` has too many digits")))?;
        return Ok((Token::Percent(share), length.saturating_add(1)));
    }
    Ok((Token::Number(exact), length))
}
