//! From syntax to typed nodes: names get a meaning, numbers a unit.

use super::lexer::{Fault, Place};
use super::node::{Arena, ExprId, Node, Op};
use super::syntax::{Arithmetic, Syntax, SyntaxKind};
use super::types::{Type, WordsId};
use crate::ruleset::rules::YearHas;
use crate::value::{Currency, Exact, Per, Rounding};

/// What a name stands for where an expression is compiled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Meaning {
    /// The node that reads it.
    pub op: Op,
    /// What it gives.
    pub type_: Type,
}

/// The names that an expression may use.
pub trait Names {
    /// What a name stands for.
    fn meaning(&self, name: &str) -> Option<Meaning>;
    /// The number of a word.
    fn word(&self, words: WordsId, name: &str) -> Option<u8>;
    /// All words of a list.
    fn words(&self, words: WordsId) -> Vec<&str>;
    /// A known name that looks like this one.
    fn nearest(&self, name: &str) -> Option<String>;
    /// A `one_of` that has this word.
    fn owner_of_word(&self, word: &str) -> Option<String>;
    /// The currency of the rule set.
    fn currency(&self) -> Currency;
    /// How weeks and days are converted.
    fn year_has(&self) -> YearHas;
}

/// Compiles expressions of one rule set into an arena.
pub struct Compiler<'a> {
    /// Where nodes go.
    pub arena: &'a mut Arena,
    /// What names mean here.
    pub names: &'a dyn Names,
}

impl std::fmt::Debug for Compiler<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Compiler").field("arena", &self.arena.len()).finish_non_exhaustive()
    }
}

type Compiled = Result<(ExprId, Type), Box<Fault>>;

impl Compiler<'_> {
    /// Compiles an expression for a place that wants a type; a bare number takes the unit of the place.
    ///
    /// # Errors
    ///
    /// The first fault: a name or word that is not known, or a type or unit that does not fit.
    pub fn compile(&mut self, syntax: &Syntax, wanted: Type) -> Result<ExprId, Box<Fault>> {
        let (id, met) = self.expression(syntax, Some(wanted))?;
        if met == wanted || met.meet(wanted) == Some(wanted) {
            return Ok(id);
        }
        Err(misfit(syntax.place, met, wanted))
    }

    /// Compiles an expression whose type is what it turns out to be; a bare number is a plain number.
    ///
    /// # Errors
    ///
    /// As [`Compiler::compile`].
    pub fn infer(&mut self, syntax: &Syntax) -> Compiled {
        let (id, met) = self.expression(syntax, None)?;
        Ok((id, if met == Type::Bare { Type::Number } else { met }))
    }

    #[expect(clippy::unnecessary_wraps, reason = "every arm of the compilation ends with it")]
    fn push(&mut self, place: Place, op: Op, type_: Type) -> Compiled {
        Ok((self.arena.push(Node { op, type_, place }), type_))
    }

    fn yes_no(&mut self, syntax: &Syntax) -> Result<ExprId, Box<Fault>> {
        self.compile(syntax, Type::YesNo)
    }

    fn expression(&mut self, syntax: &Syntax, wanted: Option<Type>) -> Compiled {
        use SyntaxKind as K;
        let place = syntax.place;
        match &syntax.kind {
            K::Number(number) => self.push(place, Op::Number(*number), Type::Bare),
            K::Share(share) => self.push(place, Op::Number(*share), Type::Number),
            K::Money(amount, currency) => self.money(place, *amount, *currency),
            K::Months(count) => self.push(place, Op::Months(*count), Type::Months),
            K::Days(count) => self.push(place, Op::Days(*count), Type::Days),
            K::Date(date) => self.push(place, Op::Date(*date), Type::Date),
            K::YesNo(answer) => self.push(place, Op::YesNo(*answer), Type::YesNo),
            K::Reserved(reserved) => self.push(place, Op::Reserved(*reserved), Type::Date),
            K::Name(name) => self.name(place, name, wanted),
            K::Not(a) => {
                let a = self.yes_no(a)?;
                self.push(place, Op::Not(a), Type::YesNo)
            }
            K::And(a, b) => {
                let (a, b) = (self.yes_no(a)?, self.yes_no(b)?);
                self.push(place, Op::And(a, b), Type::YesNo)
            }
            K::Or(a, b) => {
                let (a, b) = (self.yes_no(a)?, self.yes_no(b)?);
                self.push(place, Op::Or(a, b), Type::YesNo)
            }
            K::Negative(a) => {
                let (a, type_) = self.numeric(a)?;
                self.push(place, Op::Negative(a), type_)
            }
            K::Compare(comparison, a, b) => {
                let (a, b) = self.compared(a, b, comparison.symbol())?;
                self.push(place, Op::Compare(*comparison, a, b), Type::YesNo)
            }
            K::In(a, words) => self.in_words(place, a, words),
            K::Includes(a, word, at) => {
                let (id, type_) = self.expression(a, None)?;
                let Type::Words(list) = type_ else { return Err(misfit(a.place, type_, Type::Words(WordsId(0)))) };
                let word = self.word(list, word, *at)?;
                self.push(place, Op::Includes(id, word), Type::YesNo)
            }
            K::Arithmetic(operation, a, b) => self.arithmetic(place, *operation, a, b),
            K::Per(a, per) => self.per(place, a, *per),
            K::Otherwise(a, b) => {
                let (a, b, type_) = self.alike(a, b, wanted, "otherwise")?;
                self.push(place, Op::Otherwise(a, b), type_)
            }
            K::Exists(a) => {
                let (a, _) = self.expression(a, None)?;
                self.push(place, Op::Exists(a), Type::YesNo)
            }
            K::AtLeast(a, b) => {
                let (a, b, type_) = self.alike_ordered(a, b, "at_least")?;
                self.push(place, Op::AtLeast(a, b), type_)
            }
            K::AtMost(a, b) => {
                let (a, b, type_) = self.alike_ordered(a, b, "at_most")?;
                self.push(place, Op::AtMost(a, b), type_)
            }
            K::If(condition, a, b) => {
                let condition = self.yes_no(condition)?;
                let (a, b, type_) = self.alike(a, b, wanted, "else")?;
                self.push(place, Op::If(condition, a, b), type_)
            }
            K::Round(a, mode, unit) => {
                let (a, type_) = self.numeric(a)?;
                let rounding = Rounding::new(*mode, *unit)
                    .map_err(|why| Fault::syntax(place, format!("this rounding cannot be: {why}")))?;
                self.push(place, Op::Round(a, rounding), type_)
            }
            K::Floor(a) => self.whole(place, a, crate::value::RoundingMode::Floor),
            K::Ceil(a) => self.whole(place, a, crate::value::RoundingMode::Ceil),
            K::Since(fact, at) => {
                let input = self.fact(fact, *at, "since")?;
                self.push(place, Op::Since(input.0), Type::Date)
            }
            K::Average(fact, at, months) => {
                let (input, type_) = self.fact(fact, *at, "average")?;
                if !matches!(type_, Type::Number | Type::Money(_)) {
                    return Err(misfit(*at, type_, Type::Number));
                }
                self.push(place, Op::Average(input, *months), type_)
            }
            K::Latched(on, off) => {
                let (on, off) = (self.yes_no(on)?, self.yes_no(off)?);
                self.push(place, Op::Latched(on, off), Type::YesNo)
            }
            K::Latest(days) => self.days(place, days, Op::AtLeast),
            K::Earliest(days) => self.days(place, days, Op::AtMost),
            K::MonthsBetween(a, b) => {
                let (a, b) = (self.compile(a, Type::Date)?, self.compile(b, Type::Date)?);
                self.push(place, Op::MonthsBetween(a, b), Type::Months)
            }
        }
    }

    fn money(&mut self, place: Place, amount: Exact, currency: Currency) -> Compiled {
        if currency != self.names.currency() {
            let ours = self.names.currency();
            return Err(Fault::new("wrong_unit", place, format!("`{currency}` is not the currency of this rule set"))
                .help(format!("its amounts are in {ours}")));
        }
        self.push(place, Op::Number(amount), Type::Money(None))
    }

    fn name(&mut self, place: Place, name: &str, wanted: Option<Type>) -> Compiled {
        if let Some(Type::Word(words)) = wanted
            && let Some(word) = self.names.word(words, name)
        {
            return self.push(place, Op::Word(word), Type::Word(words));
        }
        if let Some(meaning) = self.names.meaning(name) {
            if meaning.type_ == Type::Text {
                return Err(Fault::new(
                    "wrong_type",
                    place,
                    format!("`{name}` is a text: it is shown, never decided upon"),
                )
                .help("make it a `one_of` with its words"));
            }
            return self.push(place, meaning.op, meaning.type_);
        }
        if let Some(Type::Word(words)) = wanted {
            return Err(self.unknown_word(words, name, place));
        }
        if let Some(owner) = self.names.owner_of_word(name) {
            return Err(Fault::new(
                "unknown_word",
                place,
                format!("`{name}` is a word of `{owner}` and stands only beside it"),
            )
            .help(format!("`{owner} = {name}`")));
        }
        let fault = Fault::new("unknown_name", place, format!("there is no fact, setting, term or charge `{name}`"));
        Err(match self.names.nearest(name) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault.help("declare it under `facts:`, `settings:` or `terms:`"),
        })
    }

    fn unknown_word(&self, words: WordsId, name: &str, place: Place) -> Box<Fault> {
        let known = self.names.words(words);
        let near = crate::ruleset::nearest(name, known.iter().copied());
        let fault = Fault::new("unknown_word", place, format!("`{name}` is not one of the words here"));
        match near {
            Some(near) => fault.help(format!("did you mean `{near}`? the words are {}", known.join(", "))),
            None => fault.help(format!("the words are {}", known.join(", "))),
        }
    }

    fn word(&self, words: WordsId, name: &str, place: Place) -> Result<u8, Box<Fault>> {
        self.names.word(words, name).ok_or_else(|| self.unknown_word(words, name, place))
    }

    fn in_words(&mut self, place: Place, a: &Syntax, words: &[(Box<str>, Place)]) -> Compiled {
        let (id, type_) = self.expression(a, None)?;
        let Type::Word(list) = type_ else {
            let fault = misfit(a.place, type_, Type::Word(WordsId(0)));
            return Err(match type_ {
                Type::Words(_) => fault.help("a set of words is asked by `includes`"),
                _ => fault.help("`in` lists words; a number is compared: `0 <= x < 5000`"),
            });
        };
        let mut bits = 0_u128;
        for (word, at) in words {
            let bit = 1_u128.checked_shl(u32::from(self.word(list, word, *at)?)).unwrap_or(0);
            if bits & bit != 0 {
                return Err(Fault::syntax(*at, format!("`{word}` stands twice in the list")));
            }
            bits |= bit;
        }
        self.push(place, Op::In(id, bits), Type::YesNo)
    }

    fn numeric(&mut self, a: &Syntax) -> Compiled {
        let (id, type_) = self.expression(a, None)?;
        if type_.is_numeric() { Ok((id, type_)) } else { Err(misfit(a.place, type_, Type::Number)) }
    }

    fn whole(&mut self, place: Place, a: &Syntax, mode: crate::value::RoundingMode) -> Compiled {
        let (a, type_) = self.numeric(a)?;
        let rounding = Rounding::new(mode, Exact::ONE).map_err(|why| Fault::syntax(place, why.to_string()))?;
        self.push(place, Op::Round(a, rounding), type_)
    }

    fn fact(
        &mut self,
        name: &str,
        place: Place,
        function: &str,
    ) -> Result<(crate::ruleset::ids::InputId, Type), Box<Fault>> {
        match self.names.meaning(name) {
            Some(Meaning { op: Op::Fact(input), type_ }) => Ok((input, type_)),
            Some(_) => Err(Fault::new(
                "wrong_type",
                place,
                format!("`{function}` reads the history of a fact, `{name}` is none"),
            )),
            None => self.name(place, name, None).and_then(|_| Err(Fault::syntax(place, "a fact is wanted"))),
        }
    }

    /// Two sides of one type; a word on one side is a word of the other.
    fn alike(
        &mut self,
        a: &Syntax,
        b: &Syntax,
        wanted: Option<Type>,
        why: &str,
    ) -> Result<(ExprId, ExprId, Type), Box<Fault>> {
        let (left, left_type) = self.expression(a, wanted)?;
        let right_wanted = if matches!(left_type, Type::Word(_)) { Some(left_type) } else { wanted };
        let (right, right_type) = self.expression(b, right_wanted)?;
        match left_type.meet(right_type) {
            Some(type_) => Ok((left, right, type_)),
            None => Err(unlike(b.place, left_type, right_type, why)),
        }
    }

    fn alike_ordered(&mut self, a: &Syntax, b: &Syntax, why: &str) -> Result<(ExprId, ExprId, Type), Box<Fault>> {
        let (left, right, type_) = self.alike(a, b, None, why)?;
        if type_.is_numeric() || matches!(type_, Type::Date | Type::Days | Type::Months) {
            return Ok((left, right, type_));
        }
        Err(misfit(a.place, type_, Type::Number))
    }

    fn compared(&mut self, a: &Syntax, b: &Syntax, symbol: &str) -> Result<(ExprId, ExprId), Box<Fault>> {
        // `waged = category` would look for a name `waged`: say which way round it is written.
        if let (SyntaxKind::Name(word), SyntaxKind::Name(fact)) = (&a.kind, &b.kind)
            && self.names.meaning(word).is_none()
            && let Some(Meaning { type_: Type::Word(words), .. }) = self.names.meaning(fact)
            && self.names.word(words, word).is_some()
        {
            return Err(Fault::syntax(a.place.to(b.place), format!("the word `{word}` stands before `{fact}`"))
                .help(format!("`{fact} {symbol} {word}`")));
        }
        let (left, right, type_) = self.alike(a, b, None, symbol)?;
        let equality = matches!(symbol, "=" | "!=");
        match type_ {
            Type::Word(_) | Type::YesNo if !equality => {
                Err(Fault::new("wrong_type", a.place.to(b.place), format!("{type_} has no order"))
                    .help("compare with `=` or `!=`, or list words after `in`"))
            }
            Type::Words(_) | Type::Rounding | Type::List | Type::Text => {
                Err(Fault::new("wrong_type", a.place.to(b.place), format!("{type_} is not compared")))
            }
            _ => Ok((left, right)),
        }
    }

    fn arithmetic(&mut self, place: Place, operation: Arithmetic, a: &Syntax, b: &Syntax) -> Compiled {
        use Arithmetic::{Add, Divide, Multiply, Subtract};
        let (left, left_type) = self.expression(a, None)?;
        let (right, right_type) = self.expression(b, None)?;
        let lengths = |type_| matches!(type_, Type::Days | Type::Months);
        match operation {
            Add | Subtract => {
                let adds = operation == Add;
                match (left_type, right_type) {
                    (Type::Date, length) if lengths(length) => {
                        let op = if adds { Op::Later(left, right) } else { Op::Earlier(left, right) };
                        return self.push(place, op, Type::Date);
                    }
                    (Type::Date, Type::Date) if !adds => {
                        return self.push(place, Op::DaysBetween(left, right), Type::Days);
                    }
                    (Type::Date, Type::Bare | Type::Number) => {
                        return Err(Fault::new("wrong_type", b.place, "a day and a plain number do not add up")
                            .help("say what is counted: `6 months`, `5 days`"));
                    }
                    _ => {}
                }
                let type_ = left_type.meet(right_type).filter(|type_| type_.is_numeric() || lengths(*type_));
                match type_ {
                    Some(type_) if adds => self.push(place, Op::Add(left, right), type_),
                    Some(type_) => self.push(place, Op::Subtract(left, right), type_),
                    None => Err(unlike(b.place, left_type, right_type, if adds { "+" } else { "-" })),
                }
            }
            Multiply => {
                let plain = |type_| matches!(type_, Type::Bare | Type::Number);
                let type_ = match (left_type, right_type) {
                    (Type::Bare, Type::Bare) => Type::Bare,
                    (a, b) if plain(a) && plain(b) => Type::Number,
                    (money @ Type::Money(_), other) | (other, money @ Type::Money(_)) if plain(other) => money,
                    (Type::Money(_), Type::Money(_)) => {
                        return Err(Fault::new("wrong_unit", place, "money is not multiplied by money")
                            .help("one of the two is a plain number: leave its currency and `per` away"));
                    }
                    (a_type, b_type) => {
                        let (at, met) = if a_type.is_numeric() { (b.place, b_type) } else { (a.place, a_type) };
                        return Err(misfit(at, met, Type::Number));
                    }
                };
                self.push(place, Op::Multiply(left, right), type_)
            }
            Divide => {
                let type_ = match (left_type, right_type) {
                    (Type::Bare, Type::Bare) => Type::Bare,
                    (Type::Bare | Type::Number, Type::Bare | Type::Number) => Type::Number,
                    (money @ Type::Money(_), Type::Bare | Type::Number) => money,
                    (Type::Money(one), Type::Money(other)) if one == other => Type::Number,
                    (Type::Days, Type::Days) | (Type::Months, Type::Months) => Type::Number,
                    (Type::Money(_), Type::Money(_)) => {
                        return Err(unlike(b.place, left_type, right_type, "/"));
                    }
                    (Type::Bare | Type::Number, Type::Money(_)) => {
                        return Err(Fault::new("wrong_unit", place, "a number is not divided by money")
                            .help("money is divided by money of the same unit, or by a number"));
                    }
                    (a_type, b_type) => {
                        let (at, met) = if a_type.is_numeric() { (b.place, b_type) } else { (a.place, a_type) };
                        return Err(misfit(at, met, Type::Number));
                    }
                };
                self.push(place, Op::Divide(left, right), type_)
            }
        }
    }

    fn per(&mut self, place: Place, a: &Syntax, to: Per) -> Compiled {
        let (id, type_) = self.expression(a, None)?;
        let target = Type::Money(Some(to));
        match type_ {
            Type::Bare | Type::Money(None) if is_written_amount(a) => {
                self.push(place, Op::Convert(id, Exact::ONE, to), target)
            }
            Type::Money(Some(from)) => match self.factor(from, to) {
                Some(factor) => self.push(place, Op::Convert(id, factor, to), target),
                None => {
                    let (word, key) = if from == Per::Week || to == Per::Week {
                        ("weeks", "weeks: 52")
                    } else {
                        ("days", "days: 365")
                    };
                    Err(Fault::new(
                        "wrong_unit",
                        place,
                        format!("{word} are not converted to or from other lengths of time"),
                    )
                    .help(format!("say how many a year has: `year_has: {{ {key} }}`")))
                }
            },
            Type::Money(None) => {
                let (currency, name, to) = (self.names.currency(), named(a), to.name());
                Err(Fault::new("wrong_unit", place, "money paid once has no length of time to convert").help(format!(
                    "say it in the kind of the fact (`money per {to}`); or write the amount that is owed for each: \
                     `1 {currency} per {to} * ({name} / 1 {currency})`"
                )))
            }
            other @ (Type::Bare | Type::Number) => {
                let (currency, name, to) = (self.names.currency(), named(a), to.name());
                Err(misfit(a.place, other, target).help(format!(
                    "`per {to}` belongs to what stands right before it: write `0.05 {currency} per {to} * {name}`"
                )))
            }
            other => Err(misfit(a.place, other, target)),
        }
    }

    fn factor(&self, from: Per, to: Per) -> Option<Exact> {
        if from == to {
            return Some(Exact::ONE);
        }
        let in_a_year = |per: Per| match per {
            Per::Day => self.names.year_has().days,
            Per::Week => self.names.year_has().weeks,
            _ => per.months().and_then(|months| Exact::ratio(12, i128::from(months)).ok()),
        };
        in_a_year(from)?.checked_div(in_a_year(to)?).ok()
    }

    fn days(&mut self, place: Place, days: &[Syntax], op: fn(ExprId, ExprId) -> Op) -> Compiled {
        let mut result: Option<ExprId> = None;
        for day in days {
            let next = self.compile(day, Type::Date)?;
            result = Some(match result {
                None => next,
                Some(before) => self.push(place, op(before, next), Type::Date)?.0,
            });
        }
        match result {
            Some(id) => Ok((id, Type::Date)),
            None => Err(Fault::syntax(place, "days are wanted")),
        }
    }
}

fn is_written_amount(syntax: &Syntax) -> bool {
    matches!(syntax.kind, SyntaxKind::Number(_) | SyntaxKind::Money(..))
}

/// How a help names an operand: by its name, if it is nothing else.
fn named(syntax: &Syntax) -> &str {
    match &syntax.kind {
        SyntaxKind::Name(name) => name,
        _ => "(…)",
    }
}

/// A type that does not fit its place.
fn misfit(place: Place, met: Type, wanted: Type) -> Box<Fault> {
    let is_unit = met.is_numeric() && wanted.is_numeric();
    let code = if is_unit { "wrong_unit" } else { "wrong_type" };
    let fault = Fault::new(code, place, format!("{wanted} is wanted here, this is {met}"));
    match (met, wanted) {
        (Type::Money(Some(_)), Type::Money(Some(to))) => {
            fault.help(format!("write `per {}` behind it to convert", to.name()))
        }
        (Type::Number | Type::Bare | Type::Money(_), Type::YesNo) => {
            fault.help("a condition compares, such as `x > 0`")
        }
        (Type::YesNo, _) => fault.help("a condition becomes a value by `if … then … else …`"),
        (Type::Word(_), _) => fault.help("a word becomes a value by a table `by:` it"),
        _ => fault,
    }
}

/// Two types that do not stand together.
fn unlike(place: Place, left: Type, right: Type, operator: &str) -> Box<Fault> {
    let lengths = |type_: Type| matches!(type_, Type::Days | Type::Months);
    let only_units = left.is_numeric() && right.is_numeric() || lengths(left) && lengths(right);
    let code = if only_units { "wrong_unit" } else { "wrong_type" };
    let fault = Fault::new(code, place, format!("{left} and {right} do not stand on both sides of `{operator}`"));
    match (left, right) {
        (Type::Money(Some(to)), Type::Money(Some(_))) => {
            fault.help(format!("write `per {}` behind it to convert", to.name()))
        }
        (Type::Days, Type::Months) | (Type::Months, Type::Days) => {
            fault.help("a month has no fixed number of days: write `30 days`, or add both to a day and compare days")
        }
        (Type::Date, Type::Months | Type::Days) | (Type::Months | Type::Days, Type::Date) => {
            fault.help("compare days, such as `born + 18 years <= day`")
        }
        (Type::Word(_), _) | (_, Type::Word(_)) => {
            fault.help("a word stands beside a word of its own list: `… = word`, `… in one | other`")
        }
        _ => fault,
    }
}
