//! From tokens to the syntax tree, by recursive descent.
//!
//! One function stands for one level of precedence, loosest first, so the file reads like the grammar.

use super::lexer::{Fault, Place, Token, tokens};
use super::node::{Comparison, Reserved};
use super::syntax::{Arithmetic, Syntax, SyntaxKind};
use crate::value::{Exact, Per, RoundingMode};

/// How deep brackets, conditions and operators may nest.
pub const MAX_DEPTH: usize = 64;
/// How many operators may stand one behind another on the way down from the top of an expression.
const MAX_CHAIN: usize = 192;
/// How many parts one expression may have.
pub const MAX_NODES: usize = 2_000;

/// Words that stand for the language's own constructs and are never names.
const KEYWORDS: [&str; 14] = [
    "if",
    "then",
    "else",
    "and",
    "or",
    "not",
    "in",
    "per",
    "otherwise",
    "exists",
    "at_least",
    "at_most",
    "includes",
    "is",
];

/// The words of the language itself, which name nothing else.
pub(crate) fn own_words() -> impl Iterator<Item = &'static str> {
    let reserved = Reserved::ALL.into_iter().map(Reserved::name);
    KEYWORDS.into_iter().chain(reserved).chain(["yes", "no"])
}

type Parsed = Result<Syntax, Box<Fault>>;

/// Makes a node of two operands.
type Make = fn(Box<Syntax>, Box<Syntax>) -> SyntaxKind;

const OR: Make = SyntaxKind::Or;
const AND: Make = SyntaxKind::And;
const OTHERWISE: Make = SyntaxKind::Otherwise;
const AT_LEAST: Make = SyntaxKind::AtLeast;
const AT_MOST: Make = SyntaxKind::AtMost;
const ADD: Make = |a, b| SyntaxKind::Arithmetic(Arithmetic::Add, a, b);
const SUBTRACT: Make = |a, b| SyntaxKind::Arithmetic(Arithmetic::Subtract, a, b);
const MULTIPLY: Make = |a, b| SyntaxKind::Arithmetic(Arithmetic::Multiply, a, b);
const DIVIDE: Make = |a, b| SyntaxKind::Arithmetic(Arithmetic::Divide, a, b);

/// Reads one expression.
///
/// # Errors
///
/// The first fault, with its place in `text` and what would be right. Nesting beyond [`MAX_DEPTH`] and more than
/// [`MAX_NODES`] parts are faults.
pub fn parse(text: &str) -> Result<Syntax, Box<Fault>> {
    let mut parser = Parser { tokens: tokens(text)?, at: 0, depth: 0, chained: 0, nodes: 0 };
    if matches!(parser.peek(), Token::End) {
        return Err(Fault::syntax(parser.place(), "there is no expression here"));
    }
    let syntax = parser.choice()?;
    match parser.peek() {
        Token::End => Ok(syntax),
        other => {
            let message = format!("{} does not continue the expression", other.describe());
            let fault = Fault::syntax(parser.place(), message);
            Err(match other {
                Token::Symbol(",") => fault.help("commas stand only inside latest, earliest and latched"),
                Token::Symbol("|") => fault.help("`|` lists words after `in`; between conditions write `or`"),
                Token::Symbol(")") => fault.help("a bracket is closed that was not opened"),
                Token::Name(name) if &**name == "between" => fault.help("write `0 <= x < 5000`"),
                _ => fault,
            })
        }
    }
}

struct Parser {
    tokens: Vec<(Token, Place)>,
    at: usize,
    depth: usize,
    chained: usize,
    nodes: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.at).map_or(&Token::End, |(token, _)| token)
    }

    fn place(&self) -> Place {
        self.tokens.get(self.at).or(self.tokens.last()).map_or(Place::new(0, 0), |(_, place)| *place)
    }

    fn next(&mut self) -> (Token, Place) {
        let found = (self.peek().clone(), self.place());
        self.at = self.at.saturating_add(1);
        found
    }

    fn takes_symbol(&mut self, symbol: &str) -> bool {
        let found = matches!(self.peek(), Token::Symbol(met) if *met == symbol);
        if found {
            self.at = self.at.saturating_add(1);
        }
        found
    }

    fn at_word(&self, word: &str) -> bool {
        matches!(self.peek(), Token::Name(name) if &**name == word)
    }

    fn takes_word(&mut self, word: &str) -> bool {
        let found = self.at_word(word);
        if found {
            self.at = self.at.saturating_add(1);
        }
        found
    }

    fn wants_symbol(&mut self, symbol: &str, why: &str) -> Result<(), Box<Fault>> {
        if self.takes_symbol(symbol) {
            return Ok(());
        }
        let met = self.peek().describe();
        Err(Fault::syntax(self.place(), format!("`{symbol}` is missing {why}, {met} was met"))
            .help(format!("put `{symbol}` before it, or take away what does not belong")))
    }

    fn wants_word(&mut self, word: &str, why: &str) -> Result<(), Box<Fault>> {
        if self.takes_word(word) {
            return Ok(());
        }
        let met = self.peek().describe();
        Err(Fault::syntax(self.place(), format!("`{word}` is missing {why}, {met} was met")))
    }

    fn wants_name(&mut self, what: &str) -> Result<(Box<str>, Place), Box<Fault>> {
        match self.next() {
            (Token::Name(name), place) => Ok((name, place)),
            (other, place) => Err(Fault::syntax(place, format!("{what} is wanted, {} was met", other.describe()))),
        }
    }

    fn node(&mut self, place: Place, kind: SyntaxKind) -> Parsed {
        self.nodes = self.nodes.saturating_add(1);
        if self.nodes > MAX_NODES {
            return Err(Fault::new(
                "expression_too_long",
                place,
                format!("an expression has at most {MAX_NODES} parts; put a part of it into a term"),
            ));
        }
        Ok(Syntax { place, kind })
    }

    fn two(&mut self, a: Syntax, b: Syntax, make: impl FnOnce(Box<Syntax>, Box<Syntax>) -> SyntaxKind) -> Parsed {
        let place = a.place.to(b.place);
        // A chain of operators nests to the left: its length counts as depth.
        self.node(place, make(Box::new(a), Box::new(b)))
    }

    fn deeper(&mut self, inner: impl FnOnce(&mut Self) -> Parsed) -> Parsed {
        self.depth = self.depth.saturating_add(1);
        if self.depth > MAX_DEPTH {
            return Err(Fault::new(
                "expression_too_deep",
                self.place(),
                format!("an expression nests at most {MAX_DEPTH} deep; put a part of it into a term"),
            ));
        }
        let parsed = inner(self);
        self.depth = self.depth.saturating_sub(1);
        parsed
    }

    /// choice = "if" or "then" choice "else" choice | or
    fn choice(&mut self) -> Parsed {
        self.deeper(|parser| {
            let start = parser.place();
            if !parser.takes_word("if") {
                return parser.or();
            }
            let condition = parser.or()?;
            parser.wants_word("then", "after the condition of `if`")?;
            let yes = parser.choice()?;
            parser.wants_word("else", "after `then`: what holds when the condition does not")?;
            let no = parser.choice()?;
            let place = start.to(no.place);
            parser.node(place, SyntaxKind::If(Box::new(condition), Box::new(yes), Box::new(no)))
        })
    }

    /// A level of left-associative operators; its length is bounded like nesting, because it nests to the left.
    fn chain(&mut self, operand: fn(&mut Self) -> Parsed, operator: fn(&mut Self) -> Option<Make>) -> Parsed {
        let mut left = operand(self)?;
        let before = self.chained;
        while let Some(make) = operator(self) {
            self.chained = self.chained.saturating_add(1);
            if self.chained > MAX_CHAIN {
                return Err(Fault::new(
                    "expression_too_deep",
                    self.place(),
                    format!("at most {MAX_CHAIN} operators stand in a row; put a part of the expression into a term"),
                ));
            }
            let right = operand(self)?;
            left = self.two(left, right, make)?;
        }
        self.chained = before;
        Ok(left)
    }

    /// or = and { "or" and }
    fn or(&mut self) -> Parsed {
        self.chain(Self::and, |parser| parser.takes_word("or").then_some(OR))
    }

    /// and = not { "and" not }
    fn and(&mut self) -> Parsed {
        self.chain(Self::negation, |parser| parser.takes_word("and").then_some(AND))
    }

    /// not = "not" not | comparison
    fn negation(&mut self) -> Parsed {
        let start = self.place();
        if !self.takes_word("not") {
            return self.comparison();
        }
        self.deeper(|parser| {
            let inner = parser.negation()?;
            let place = start.to(inner.place);
            parser.node(place, SyntaxKind::Not(Box::new(inner)))
        })
    }

    /// comparison = otherwise [ ( "=" | "!=" | "<" | "<=" | ">" | ">=" ) otherwise [ again ] | "in" words
    ///              | "includes" word | "exists" ]
    fn comparison(&mut self) -> Parsed {
        let left = self.otherwise()?;
        if self.takes_word("in") {
            let words = self.words()?;
            let end = words.last().map_or(left.place, |(_, place)| *place);
            let place = left.place.to(end);
            return self.node(place, SyntaxKind::In(Box::new(left), words));
        }
        if self.takes_word("includes") {
            let (word, at) = self.wants_name("a word")?;
            let place = left.place.to(at);
            return self.node(place, SyntaxKind::Includes(Box::new(left), word, at));
        }
        if self.at_word("exists") {
            let place = left.place.to(self.place());
            self.next();
            return self.node(place, SyntaxKind::Exists(Box::new(left)));
        }
        let Some(first) = self.comparator() else { return Ok(left) };
        let middle = self.otherwise()?;
        let compared = self.two(left, middle.clone(), |a, b| SyntaxKind::Compare(first, a, b))?;
        let start = self.place();
        let Some(second) = self.comparator() else { return Ok(compared) };
        let rises = |c| matches!(c, Comparison::Less | Comparison::LessOrEqual);
        let falls = |c| matches!(c, Comparison::Greater | Comparison::GreaterOrEqual);
        if !(rises(first) && rises(second) || falls(first) && falls(second)) {
            return Err(Fault::syntax(start, format!("`{}` cannot follow a comparison", second.symbol()))
                .help("compare twice in one direction, such as `0 <= x < 5000`, or join comparisons by `and`"));
        }
        let right = self.otherwise()?;
        let again = self.two(middle, right, |a, b| SyntaxKind::Compare(second, a, b))?;
        self.two(compared, again, SyntaxKind::And)
    }

    fn comparator(&mut self) -> Option<Comparison> {
        use Comparison::{Equal, Greater, GreaterOrEqual, Less, LessOrEqual, NotEqual};
        [LessOrEqual, GreaterOrEqual, NotEqual, Equal, Less, Greater]
            .into_iter()
            .find(|comparison| self.takes_symbol(comparison.symbol()))
    }

    /// words = word { "|" word }
    fn words(&mut self) -> Result<Vec<(Box<str>, Place)>, Box<Fault>> {
        if matches!(self.peek(), Token::Symbol("(")) {
            return Err(Fault::syntax(self.place(), "words after `in` stand without brackets").help("`stage in a | b`"));
        }
        let mut words = vec![self.wants_name("a word")?];
        loop {
            if self.takes_symbol("|") {
                words.push(self.wants_name("a word")?);
            } else if matches!(self.peek(), Token::Symbol(",")) {
                return Err(Fault::syntax(self.place(), "words are separated by `|`").help("`stage in a | b`"));
            } else {
                return Ok(words);
            }
        }
    }

    /// otherwise = limits { "otherwise" limits }
    fn otherwise(&mut self) -> Parsed {
        self.chain(Self::limits, |parser| parser.takes_word("otherwise").then_some(OTHERWISE))
    }

    /// limits = sum { ( `at_least` | `at_most` ) sum }
    fn limits(&mut self) -> Parsed {
        self.chain(Self::sum, |parser| {
            let at_least = parser.takes_word("at_least").then_some(AT_LEAST);
            at_least.or_else(|| parser.takes_word("at_most").then_some(AT_MOST))
        })
    }

    /// sum = product { ( "+" | "-" ) product }
    fn sum(&mut self) -> Parsed {
        self.chain(Self::product, |parser| {
            let plus = parser.takes_symbol("+").then_some(ADD);
            plus.or_else(|| parser.takes_symbol("-").then_some(SUBTRACT))
        })
    }

    /// product = negative { ( "*" | "/" ) negative }
    fn product(&mut self) -> Parsed {
        self.chain(Self::negative, |parser| {
            let times = parser.takes_symbol("*").then_some(MULTIPLY);
            times.or_else(|| parser.takes_symbol("/").then_some(DIVIDE))
        })
    }

    /// negative = "-" negative | per
    fn negative(&mut self) -> Parsed {
        let start = self.place();
        if !self.takes_symbol("-") {
            return self.per();
        }
        self.deeper(|parser| {
            let inner = parser.negative()?;
            let place = start.to(inner.place);
            parser.node(place, SyntaxKind::Negative(Box::new(inner)))
        })
    }

    /// per = primary [ "per" length ]
    fn per(&mut self) -> Parsed {
        let inner = self.primary()?;
        if !self.takes_word("per") {
            return Ok(inner);
        }
        let (length, at) = self.wants_name("a length of time")?;
        let Some(per) = Per::from_name(&length) else {
            return Err(Fault::syntax(at, format!("`{length}` is not a length of time"))
                .help("day, week, month, quarter, half_year or year"));
        };
        let place = inner.place.to(at);
        self.node(place, SyntaxKind::Per(Box::new(inner), per))
    }

    fn primary(&mut self) -> Parsed {
        let (token, place) = self.next();
        match token {
            Token::Number(number) => self.after_number(number, place),
            Token::Percent(share) => self.node(place, SyntaxKind::Share(share)),
            Token::Date(date) => self.node(place, SyntaxKind::Date(date)),
            Token::Symbol("(") => {
                let inner = self.choice()?;
                self.wants_symbol(")", "to close the bracket")?;
                Ok(inner)
            }
            Token::Name(name) => self.name(name, place),
            Token::End => Err(Fault::syntax(place, "the expression ends where a value is wanted")
                .help("write what follows; in YAML a ` #` begins a comment and cuts the expression off")),
            other => Err(Fault::syntax(place, format!("a value is wanted, {} was met", other.describe()))),
        }
    }

    /// `6 months`, `0.02 CNY` or a plain number.
    fn after_number(&mut self, number: Exact, start: Place) -> Parsed {
        let end = self.place();
        if let Token::Currency(currency) = *self.peek() {
            self.next();
            return self.node(start.to(end), SyntaxKind::Money(number, currency));
        }
        let Token::Name(word) = self.peek().clone() else { return self.node(start, SyntaxKind::Number(number)) };
        let (unit, in_days) = match &*word {
            "day" | "days" => (1, true),
            "week" | "weeks" => (7, true),
            "month" | "months" => (1, false),
            "quarter" | "quarters" => (3, false),
            "half_year" | "half_years" => (6, false),
            "year" | "years" => (12, false),
            _ => return self.node(start, SyntaxKind::Number(number)),
        };
        self.next();
        let place = start.to(end);
        let count = number.to_i64().and_then(|n| n.checked_mul(unit)).and_then(|n| i32::try_from(n).ok());
        match count {
            Some(count) if count.unsigned_abs() <= 120_000 && in_days => self.node(place, SyntaxKind::Days(count)),
            Some(count) if count.unsigned_abs() <= 120_000 => self.node(place, SyntaxKind::Months(count)),
            _ => Err(Fault::syntax(
                place,
                format!("`{number} {word}` is not a whole length of time that a calendar has"),
            )),
        }
    }

    fn name(&mut self, name: Box<str>, place: Place) -> Parsed {
        if matches!(self.peek(), Token::Symbol("(")) {
            return self.call(&name, place);
        }
        if &*name == "months" && self.at_word("from") {
            self.next();
            let from = self.deeper(Self::sum)?;
            self.wants_word("to", "after `months from …`")?;
            let to = self.deeper(Self::negative)?;
            let whole = place.to(to.place);
            return self.node(whole, SyntaxKind::MonthsBetween(Box::new(from), Box::new(to)));
        }
        if let Some(reserved) = Reserved::from_name(&name) {
            return self.node(place, SyntaxKind::Reserved(reserved));
        }
        match &*name {
            "yes" => self.node(place, SyntaxKind::YesNo(true)),
            "no" => self.node(place, SyntaxKind::YesNo(false)),
            keyword if KEYWORDS.contains(&keyword) => {
                Err(Fault::syntax(place, format!("a value is wanted, `{keyword}` was met")))
            }
            _ if matches!(self.peek(), Token::Symbol(".")) => {
                Err(Fault::new("unsupported", place, format!("`{name}.` is not supported by this version"))
                    .help("parts of events and spans come with the later chapters"))
            }
            _ => self.node(place, SyntaxKind::Name(name)),
        }
    }

    fn call(&mut self, name: &str, place: Place) -> Parsed {
        self.next();
        let kind = match name {
            "round" => {
                let inner = self.choice()?;
                let (mode, at) = self.wants_name("a mode of rounding, such as half_up")?;
                let Some(mode) = RoundingMode::from_name(&mode) else {
                    return Err(Fault::syntax(at, format!("`{mode}` is not a mode of rounding"))
                        .help("half_up, half_down, half_even, up, down, ceil or floor"));
                };
                self.wants_word("to", "before the unit of rounding")?;
                match self.next() {
                    (Token::Number(unit), _) if !unit.is_zero() => SyntaxKind::Round(Box::new(inner), mode, unit),
                    (_, at) => {
                        return Err(Fault::syntax(at, "the unit of rounding is a number above 0, such as 0.01"));
                    }
                }
            }
            "floor" => SyntaxKind::Floor(Box::new(self.choice()?)),
            "ceil" => SyntaxKind::Ceil(Box::new(self.choice()?)),
            "since" => {
                let (fact, at) = self.wants_name("a fact")?;
                SyntaxKind::Since(fact, at)
            }
            "average" => {
                let (fact, at) = self.wants_name("a fact")?;
                self.wants_word("over", "before the number of months")?;
                let months = match self.next() {
                    (Token::Number(n), _) => {
                        n.to_i64().and_then(|n| u16::try_from(n).ok()).filter(|n| (1..=120).contains(n))
                    }
                    _ => None,
                };
                let Some(months) = months else {
                    return Err(
                        Fault::syntax(at, "an average is over 1 to 120 months").help("`average(gross over 6 months)`")
                    );
                };
                if !self.takes_word("month") {
                    self.wants_word("months", "after their number")?;
                }
                SyntaxKind::Average(fact, at, months)
            }
            "latched" => {
                let on = self.choice()?;
                self.wants_symbol(",", "between what switches on and what switches off")?;
                SyntaxKind::Latched(Box::new(on), Box::new(self.choice()?))
            }
            "latest" | "earliest" => {
                let mut list = vec![self.choice()?];
                while self.takes_symbol(",") {
                    list.push(self.choice()?);
                }
                if list.len() < 2 {
                    return Err(Fault::syntax(place, format!("`{name}` compares at least two days")));
                }
                if name == "latest" { SyntaxKind::Latest(list) } else { SyntaxKind::Earliest(list) }
            }
            _ => {
                let fault = Fault::syntax(place, format!("there is no function `{name}`"));
                return Err(match name {
                    "min" => fault.help("write `a at_most b`"),
                    "max" => fault.help("write `a at_least b`"),
                    "count" | "sum" | "mean" | "some" | "every" | "none" => {
                        fault.help("lists of events come with the later chapters")
                    }
                    _ => fault.help("round, floor, ceil, since, average, latched, latest and earliest are there"),
                });
            }
        };
        let end = self.place();
        self.wants_symbol(")", &format!("to close `{name}(`"))?;
        self.node(place.to(end), kind)
    }
}
