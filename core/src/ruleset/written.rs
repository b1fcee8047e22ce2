//! Compiled expressions written out again, as an author writes them.

use super::datum::Datum;
use super::expression::{ExprId, Node, Op, Type, WordsId};
use super::rules::Rules;
use crate::value::Exact;

/// An expression in the notation of the rule set.
pub fn written(rules: &Rules, expression: ExprId) -> String {
    let mut text = String::new();
    write(rules, expression, 0, &mut text);
    text
}

/// A value in the notation of the rule set; a word by its name.
pub fn written_value(rules: &Rules, type_: Type, value: Datum) -> String {
    match value {
        Datum::Unknown(_) => "?".to_owned(),
        Datum::Nothing(_) => "none".to_owned(),
        Datum::YesNo(true) => "yes".to_owned(),
        Datum::YesNo(false) => "no".to_owned(),
        Datum::Word(word) => match type_ {
            Type::Word(words) | Type::Words(words) => word_name(rules, words, word),
            _ => word.to_string(),
        },
        Datum::Words(bits) => match type_ {
            Type::Word(words) | Type::Words(words) => list(rules, words, bits),
            _ => bits.to_string(),
        },
        Datum::Number(number) => number.to_string(),
        Datum::Date(date) => date.to_string(),
        Datum::Months(_) | Datum::Days(_) if value.is_endless() => "endless".to_owned(),
        Datum::Months(count) => format!("{count} months"),
        Datum::Days(count) => format!("{count} days"),
        Datum::Rounding(rounding) => rounding.to_string(),
    }
}

fn word_name(rules: &Rules, words: WordsId, word: u8) -> String {
    let list = rules.words.get(usize::from(words.0));
    list.and_then(|list| list.get(word)).map_or_else(|| word.to_string(), |word| word.name.to_string())
}

fn list(rules: &Rules, words: WordsId, bits: u128) -> String {
    let mut left = bits;
    let set = std::iter::from_fn(|| {
        let word = u8::try_from(left.trailing_zeros()).ok().filter(|word| *word < 128)?;
        left &= left.wrapping_sub(1);
        Some(word_name(rules, words, word))
    });
    set.collect::<Vec<_>>().join(" | ")
}

/// How tightly a node binds, as in the grammar: loosest 1.
pub(crate) fn tightness(op: Op) -> u8 {
    match op {
        Op::If(..) => 1,
        Op::Or(..) => 2,
        Op::And(..) => 3,
        Op::Not(_) => 4,
        Op::Compare(..) | Op::In(..) | Op::Includes(..) | Op::Exists(_) => 5,
        Op::Otherwise(..) => 6,
        Op::AtLeast(..) | Op::AtMost(..) => 7,
        Op::Add(..) | Op::Subtract(..) | Op::Later(..) | Op::Earlier(..) | Op::DaysBetween(..) => 8,
        Op::Multiply(..) | Op::Divide(..) => 9,
        Op::Negative(_) => 10,
        Op::Convert(..) => 11,
        _ => 12,
    }
}

fn write(rules: &Rules, expression: ExprId, around: u8, text: &mut String) {
    let Some(node) = rules.arena.get(expression) else { return };
    let own = tightness(node.op);
    let is_function = matches!(node.op, Op::AtLeast(..) | Op::AtMost(..)) && node.type_ == Type::Date;
    let bracket = own < around && !is_function;
    if bracket {
        text.push('(');
    }
    write_node(rules, node, own, text);
    if bracket {
        text.push(')');
    }
}

fn write_node(rules: &Rules, node: &Node, own: u8, text: &mut String) {
    let name = |name: Option<&str>| name.unwrap_or("?").to_owned();
    let tighter = own.saturating_add(1);
    let mut pair = |a: ExprId, operator: &str, b: ExprId| {
        write(rules, a, own, text);
        text.push(' ');
        text.push_str(operator);
        text.push(' ');
        write(rules, b, tighter, text);
    };
    match node.op {
        Op::Or(a, b) => pair(a, "or", b),
        Op::And(a, b) => pair(a, "and", b),
        Op::Otherwise(a, b) => pair(a, "otherwise", b),
        Op::AtLeast(a, b) if node.type_ != Type::Date => pair(a, "at_least", b),
        Op::AtMost(a, b) if node.type_ != Type::Date => pair(a, "at_most", b),
        Op::Add(a, b) | Op::Later(a, b) => pair(a, "+", b),
        Op::Subtract(a, b) | Op::Earlier(a, b) | Op::DaysBetween(a, b) => pair(a, "-", b),
        Op::Multiply(a, b) => pair(a, "*", b),
        Op::Divide(a, b) => pair(a, "/", b),
        Op::Compare(comparison, a, b) => {
            write(rules, a, tighter, text);
            text.push_str(&format!(" {} ", comparison.symbol()));
            write(rules, b, tighter, text);
        }
        Op::AtLeast(a, b) => call(rules, "latest", &[a, b], ", ", text),
        Op::AtMost(a, b) => call(rules, "earliest", &[a, b], ", ", text),
        Op::Latched(a, b) => call(rules, "latched", &[a, b], ", ", text),
        Op::MonthsBetween(a, b) => {
            text.push_str("months from ");
            write(rules, a, 8, text);
            text.push_str(" to ");
            write(rules, b, 10, text);
        }
        Op::Not(a) => {
            text.push_str("not ");
            write(rules, a, own, text);
        }
        Op::Negative(a) => {
            text.push('-');
            write(rules, a, own, text);
        }
        Op::In(a, bits) => {
            write(rules, a, tighter, text);
            let words = match rules.arena.get(a).map(|node| node.type_) {
                Some(Type::Word(words)) => list(rules, words, bits),
                _ => String::new(),
            };
            text.push_str(&format!(" in {words}"));
        }
        Op::Includes(a, word) => {
            write(rules, a, tighter, text);
            let word = match rules.arena.get(a).map(|node| node.type_) {
                Some(Type::Words(words)) => word_name(rules, words, word),
                _ => word.to_string(),
            };
            text.push_str(&format!(" includes {word}"));
        }
        Op::Exists(a) => {
            write(rules, a, tighter, text);
            text.push_str(" exists");
        }
        Op::If(condition, a, b) => {
            text.push_str("if ");
            write(rules, condition, 2, text);
            text.push_str(" then ");
            write(rules, a, 2, text);
            text.push_str(" else ");
            write(rules, b, 1, text);
        }
        Op::Convert(a, _, per) => {
            write(rules, a, tighter, text);
            text.push_str(&format!(" per {}", per.name()));
        }
        Op::Round(a, rounding) => {
            text.push_str("round(");
            write(rules, a, 1, text);
            text.push_str(&format!(" {rounding})"));
        }
        Op::Number(number) => text.push_str(&literal(rules, number, node.type_)),
        Op::Date(date) => text.push_str(&date.to_string()),
        Op::Months(count) => text.push_str(&format!("{count} months")),
        Op::Days(count) => text.push_str(&format!("{count} days")),
        Op::YesNo(answer) => text.push_str(if answer { "yes" } else { "no" }),
        Op::Word(word) => match node.type_ {
            Type::Word(words) => text.push_str(&word_name(rules, words, word)),
            _ => text.push_str(&word.to_string()),
        },
        Op::Rounding(rounding) => text.push_str(&rounding.to_string()),
        Op::Fact(input) => text.push_str(&name(rules.input(input).map(|input| &*input.name))),
        Op::Setting(setting) => {
            text.push_str(&name(rules.settings.get(setting.index()).map(|setting| &*setting.name)));
        }
        Op::Term(term) => text.push_str(&name(rules.terms.get(term.index()).map(|term| &*term.name))),
        Op::Charge(charge) => text.push_str(&name(rules.charge_names.get(charge.index()).map(|name| &**name))),
        Op::Field(list, field) => text.push_str(&name(rules.field(list, field).map(|field| &*field.name))),
        Op::Reserved(reserved) => text.push_str(reserved.name()),
        Op::Since(input) => text.push_str(&format!("since({})", name(rules.input(input).map(|i| &*i.name)))),
        Op::Average(input, months) => {
            let fact = name(rules.input(input).map(|i| &*i.name));
            text.push_str(&format!("average({fact} over {months} months)"));
        }
    }
}

fn call(rules: &Rules, function: &str, arguments: &[ExprId], between: &str, text: &mut String) {
    text.push_str(function);
    text.push('(');
    for (position, argument) in arguments.iter().enumerate() {
        if position > 0 {
            text.push_str(between);
        }
        write(rules, *argument, 1, text);
    }
    text.push(')');
}

/// A share is written as a percentage where that ends, money with its currency.
fn literal(rules: &Rules, number: Exact, type_: Type) -> String {
    if type_ == Type::Money(None) {
        return format!("{number} {}", rules.currency);
    }
    if type_ == Type::Number
        && let Ok(percent) = number.checked_mul(Exact::from_i64(100))
        && number < Exact::ONE
    {
        return format!("{percent}%");
    }
    number.to_string()
}
