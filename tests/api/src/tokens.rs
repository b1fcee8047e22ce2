//! Rust as one line, with blanks where people put them.

use proc_macro2::{Delimiter, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

/// The text of a part of the sources.
pub(crate) fn text(part: &impl ToTokens) -> String {
    let mut words = Vec::new();
    flatten(part.to_token_stream(), &mut words);
    let mut line = String::new();
    for (at, word) in words.iter().enumerate() {
        if at.checked_sub(1).and_then(|before| words.get(before)).is_some_and(|before| apart(before, word)) {
            line.push(' ');
        }
        line.push_str(word);
    }
    // A list that went over several lines in the sources ends with a comma there.
    line.replace(", )", ")").replace(",)", ")").replace(", >", ">").replace(",>", ">")
}

fn flatten(tokens: TokenStream, words: &mut Vec<String>) {
    let mut joint = false;
    for token in tokens {
        match token {
            TokenTree::Group(group) => {
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ("(", ")"),
                    Delimiter::Brace => ("{", "}"),
                    Delimiter::Bracket => ("[", "]"),
                    Delimiter::None => ("", ""),
                };
                words.extend((!open.is_empty()).then(|| open.to_owned()));
                flatten(group.stream(), words);
                words.extend((!close.is_empty()).then(|| close.to_owned()));
                joint = false;
            }
            TokenTree::Punct(mark) => {
                let sign = mark.as_char();
                match words.last_mut().filter(|_| joint) {
                    Some(word) if matches!((word.as_str(), sign), (":", ':') | ("-" | "=", '>') | ("=", '=')) => {
                        word.push(sign);
                    }
                    _ => words.push(sign.to_string()),
                }
                joint = mark.spacing() == Spacing::Joint && sign != '\'';
                if sign == '\'' {
                    // A lifetime: its name follows at once.
                    joint = true;
                }
            }
            TokenTree::Ident(name) => {
                match words.last_mut() {
                    Some(word) if word == "'" => word.push_str(&name.to_string()),
                    _ => words.push(name.to_string()),
                }
                joint = false;
            }
            TokenTree::Literal(literal) => {
                words.push(literal.to_string());
                joint = false;
            }
        }
    }
}

/// Whether a blank stands between two words.
fn apart(before: &str, word: &str) -> bool {
    let wordy = |text: &str, at_end: bool| {
        let character = if at_end { text.chars().last() } else { text.chars().next() };
        character.is_some_and(|character| character.is_alphanumeric() || character == '_' || character == '"')
    };
    let starts = wordy(word, false) || word.starts_with('\'');
    match (before, word) {
        ("->" | "=>" | "==" | "=" | "+" | "," | ";" | ":" | "|", _)
        | (_, "->" | "=>" | "==" | "=" | "+" | "{" | "|") => true,
        (">" | ")" | "]", _) => starts,
        (lifetime, _) if lifetime.starts_with('\'') => starts || matches!(word, "[" | "(" | "&"),
        (_, _) => wordy(before, true) && starts,
    }
}
