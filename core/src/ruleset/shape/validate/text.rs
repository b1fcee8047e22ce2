//! What to say of a text that has not the form of its place.

use super::{as_name, nearest, quoted};
use crate::ruleset::clause::ClauseUnit;
use crate::ruleset::diagnostic::Diagnostic;
use crate::ruleset::node::{Entry, Node, NodeValue, Span};
use crate::ruleset::shape::form::{TextForm, code_of_currency, date_parts, days_of_month, is_digits, is_number};
use crate::value::Rounding;

/// A text that has none of the forms.
pub(super) fn wrong_form(forms: &[TextForm], text: &str, span: Span) -> Diagnostic {
    let expected: Vec<String> = forms.iter().map(|form| form.expected()).collect();
    let message = format!("{} is not {}", quoted(text), expected.join(" or "));
    let code = match forms {
        [form] => code_of(*form, text),
        _ => "wrong_form",
    };
    let advice = forms.iter().find_map(|form| better(*form, text));
    let help = advice.unwrap_or_else(|| forms.iter().map(|form| form.written()).collect::<Vec<_>>().join("; or "));
    Diagnostic::error(code, span, message).with_help(help)
}

/// The code for a text that has not one form.
fn code_of(form: TextForm, text: &str) -> &'static str {
    match form {
        TextForm::Name | TextForm::NewName | TextForm::Label => "bad_name",
        TextForm::Rounding => "bad_rounding",
        // An exponent, a missing digit beside the point, a row of dots: a number, but not written out.
        TextForm::Number | TextForm::Rate | TextForm::Count if is_loose_number(text) => "not_exact",
        TextForm::Number | TextForm::Rate | TextForm::Count => "bad_number",
        TextForm::Date | TextForm::DateOrNotSeen => "bad_date",
        TextForm::YesNo => "bad_yes_no",
        TextForm::Citation => "bad_citation",
        TextForm::Currency => "bad_currency",
        TextForm::Period => "bad_period",
        TextForm::Words(_) => "unknown_word",
        TextForm::Any | TextForm::Expression | TextForm::Language => "wrong_form",
    }
}

fn is_loose_number(text: &str) -> bool {
    let loose = |it: char| it.is_ascii_digit() || matches!(it, '.' | '…' | 'e' | 'E' | '+' | '-' | '%');
    text.contains(|it: char| it.is_ascii_digit()) && text.chars().all(loose) && text.contains(['.', '…', 'e', 'E'])
}

/// A key that has not the form of its map's keys.
pub(super) fn wrong_key(form: TextForm, entry: &Entry) -> Diagnostic {
    if entry.key.is_empty() {
        return Diagnostic::error("bad_name", entry.key_span, "the key is empty").with_help(form.written());
    }
    wrong_form(&[form], &entry.key, entry.key_span)
}

/// A text where a list or map is expected, or the other way round.
pub(super) fn wrong_kind(expected: &str, node: &Node, span: Span) -> Diagnostic {
    let met = match &node.value {
        NodeValue::Text(text) => format!("the text {}", quoted(text)),
        NodeValue::List(items) if items.is_empty() => "an empty list".to_owned(),
        NodeValue::List(_) => "a list".to_owned(),
        NodeValue::Map(entries) => match entries.first() {
            Some(first) => format!("a map with the key {}", quoted(&first.key)),
            None => "an empty map".to_owned(),
        },
    };
    let fault = Diagnostic::error("wrong_shape", span, format!("{met} stands where {expected} is expected"));
    let starts = |what: &str| expected.starts_with(what);
    match &node.value {
        NodeValue::Text(_) if starts("a list") && !expected.contains("(a map)") => {
            fault.with_help("write `[ one, other ]`, or each item on a line of its own that begins with `- `")
        }
        NodeValue::Map(_) if starts("a list") => fault.with_help("begin each item with `- ` on a line of its own"),
        NodeValue::List(_) if expected.contains("a map") => fault.with_help("write `name: …` for each, without `- `"),
        NodeValue::Text(_) if expected.contains("a map") => {
            fault.with_help("write it with its keys, such as `{ cite: …, … }`, each with a value after a colon")
        }
        _ => fault,
    }
}

/// The text written rightly, where it can be seen what was meant.
fn better(form: TextForm, text: &str) -> Option<String> {
    let write = |right: String| Some(format!("write `{right}`"));
    if let Some(ascii) = ascii_digits(text) {
        return if form.accepts(&ascii) { write(ascii) } else { None };
    }
    let short = text.len() <= 40;
    match form {
        TextForm::NewName if TextForm::Name.accepts(text) => {
            Some(format!("{} is a word of the language of expressions: give it another name", quoted(text)))
        }
        TextForm::Rounding => Some(Rounding::parse(text).err()?.to_string()),
        TextForm::Name | TextForm::NewName | TextForm::Label => {
            let name = as_name(text)?;
            let name = if form == TextForm::Label { name.replace('_', "-") } else { name };
            if short && form.accepts(&name) { write(name) } else { None }
        }
        TextForm::Number | TextForm::Rate | TextForm::Count => better_number(form, text).and_then(write),
        TextForm::DateOrNotSeen if as_name(text).as_deref() == Some("not_seen") => write("not_seen".to_owned()),
        TextForm::Date | TextForm::DateOrNotSeen => better_date(text),
        TextForm::YesNo => match text.to_ascii_lowercase().as_str() {
            "true" | "y" | "1" | "yes" => write("yes".to_owned()),
            "false" | "n" | "0" | "no" => write("no".to_owned()),
            _ => None,
        },
        TextForm::Currency => {
            let capitals = text.to_ascii_uppercase();
            match code_of_currency(&capitals) {
                Some(code) => write(code.to_owned()),
                None => write(capitals.clone()).filter(|_| form.accepts(&capitals)),
            }
        }
        TextForm::Citation => better_citation(text),
        TextForm::Words(words) => {
            let near = nearest(text, words.iter().copied())?;
            let all =
                if words.len() > 1 { format!(" The words are {}", super::in_backticks(words)) } else { String::new() };
            Some(format!("did you mean `{near}`?{all}"))
        }
        TextForm::Period => {
            let right = text.replace('/', "-").to_ascii_uppercase();
            let is_month = right.split_once('-').is_some_and(|(year, month)| year.len() == 4 && is_digits(month));
            if form.accepts(&right) {
                write(right)
            } else {
                is_month.then(|| "months are written from 01 to 12, such as `2026-11`".to_owned())
            }
        }
        _ => None,
    }
}

fn better_citation(text: &str) -> Option<String> {
    let (first, rest) = text.split_once(' ')?;
    let rest = rest.trim();
    if let Some(source) = first.strip_suffix([',', ':', ';']) {
        let right = format!("{source} {rest}");
        return TextForm::Citation
            .accepts(&right)
            .then(|| format!("a space alone separates source and clause: `{right}`"));
    }
    let (clause, source) = text.rsplit_once(' ')?;
    let is_turned = ClauseUnit::meant(first).is_some() && source.contains(|it: char| it.is_ascii_alphabetic());
    if is_turned {
        return Some(format!("the source comes first: {}", quoted(&format!("{source} {clause}"))));
    }
    let right = format!("{first} {}", better_clause(rest)?);
    TextForm::Citation.accepts(&right).then(|| format!("write `{right}`"))
}

/// A clause with the word that belongs to it: `sec. 4` for `Section 4`, `§§ 4-6` for `§ 4-6`.
fn better_clause(text: &str) -> Option<String> {
    let digit = text.find(|it: char| it.is_ascii_digit())?;
    let (word, numbers) = text.split_at_checked(digit)?;
    let unit = ClauseUnit::meant(word.trim())?;
    let numbers = numbers.replace(" - ", "-").replace(['–', '—'], "-").replace(", ", " and ").replace(" & ", " and ");
    let several = numbers.contains('-') || numbers.contains(" and ");
    Some(format!("{} {}", unit.word(several), numbers.replace(" (", "(")))
}

fn better_number(form: TextForm, text: &str) -> Option<String> {
    if text.len() > 40 {
        return None;
    }
    let percent = text.strip_suffix('%').map(str::trim_end);
    let core = percent.unwrap_or(text).trim_start_matches(['¥', '￥', '+']).trim();
    let grouped: String = core.chars().filter(|it| !matches!(it, ',' | '_' | ' ' | '，')).collect();
    let whole = if grouped.starts_with('.') { format!("0{grouped}") } else { grouped };
    let plain = whole.strip_suffix('.').unwrap_or(&whole).to_owned();
    if !is_number(&plain) || !groups_are_thousands(core) {
        return None;
    }
    let right = if percent.is_some() { format!("{plain}%") } else { plain };
    form.accepts(&right).then_some(right)
}

/// Whether commas divide a number in thousands: `5,400`; in `0,5` the comma may be a decimal point, so nothing is said.
fn groups_are_thousands(text: &str) -> bool {
    let whole = text.split('.').next().unwrap_or("");
    whole.split([',', '，', ' ', '_']).skip(1).all(|group| group.len() == 3 && is_digits(group))
}

fn better_date(text: &str) -> Option<String> {
    if let Some((year, month, day)) = date_parts(text) {
        return Some(match days_of_month(year, month) {
            Some(last) if day > 0 => format!("{year}-{month:02} has {last} days"),
            Some(_) => "days count from 01".to_owned(),
            None => "months count from 01 to 12".to_owned(),
        });
    }
    let parts: Vec<&str> = text.split(['-', '/', '.', '年', '月', '日']).filter(|part| !part.is_empty()).collect();
    let [year, month, day] = parts.as_slice() else { return None };
    if year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let right = format!("{year}-{month:0>2}-{day:0>2}");
    TextForm::Date.accepts(&right).then(|| format!("write `{right}`"))
}

/// The same with ASCII characters, where full-width ones were typed.
fn ascii_digits(text: &str) -> Option<String> {
    if text.len() > 60 || !text.chars().any(|it| ('！'..='～').contains(&it)) {
        return None;
    }
    let narrow = |it: char| {
        let code = u32::from(it);
        let ascii = code.checked_sub(0xFEE0).filter(|_| ('！'..='～').contains(&it));
        ascii.and_then(char::from_u32).unwrap_or(it)
    };
    Some(text.chars().map(narrow).collect())
}
