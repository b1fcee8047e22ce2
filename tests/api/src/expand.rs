//! Items that a macro makes. A macro of this library repeats something inside items that stand in its definition once: without
//! the repetitions these are read as they are, and an enum that is empty then has what the macro is called with.

use std::collections::BTreeMap;

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use syn::{Item, Variant};

/// The items, with those that macros make in the place of the calls.
pub(crate) fn expanded(items: Vec<Item>) -> Vec<Item> {
    let definitions: BTreeMap<String, TokenStream> = items.iter().filter_map(definition).collect();
    let mut all = Vec::with_capacity(items.len());
    for item in items {
        let made = match &item {
            Item::Macro(call) if call.ident.is_none() => {
                let name = call.mac.path.get_ident().map(ToString::to_string);
                let body = name.and_then(|name| definitions.get(&name));
                body.and_then(|body| made(body.clone(), &call.mac.tokens))
            }
            _ => None,
        };
        match made {
            Some(made) => all.extend(made),
            None => all.push(item),
        }
    }
    all
}

/// The name of a `macro_rules!` with one rule, and what it makes.
fn definition(item: &Item) -> Option<(String, TokenStream)> {
    let Item::Macro(definition) = item else { return None };
    let name = definition.ident.as_ref()?.to_string();
    let last = definition.mac.tokens.clone().into_iter().filter_map(|token| match token {
        TokenTree::Group(group) if group.delimiter() == Delimiter::Brace => Some(group.stream()),
        _ => None,
    });
    Some((name, last.last()?))
}

fn made(body: TokenStream, told: &TokenStream) -> Option<Vec<Item>> {
    let mut items = syn::parse2::<syn::File>(without_repetitions(body)).ok()?.items;
    for item in &mut items {
        if let Item::Enum(made) = item
            && made.variants.is_empty()
        {
            made.variants.extend(variants(told.clone()));
        }
    }
    Some(items)
}

/// Without `$( … ) separator? operator`.
fn without_repetitions(tokens: TokenStream) -> TokenStream {
    let mut kept = Vec::new();
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Punct(dollar) if dollar.as_char() == '$' => {
                let repeats = matches!(tokens.peek(), Some(TokenTree::Group(_)));
                tokens.next();
                // The separator, and the operator.
                if repeats {
                    let ends = |token: &TokenTree| matches!(token, TokenTree::Punct(operator) if matches!(operator.as_char(), '*' | '+' | '?'));
                    tokens.by_ref().find(ends);
                }
            }
            TokenTree::Group(group) => {
                let inner = without_repetitions(group.stream());
                kept.push(TokenTree::Group(proc_macro2::Group::new(group.delimiter(), inner)));
            }
            other => kept.push(other),
        }
    }
    kept.into_iter().collect()
}

/// Names followed by what belongs to them, as variants.
fn variants(told: TokenStream) -> Vec<Variant> {
    let mut variants = Vec::new();
    let ends_with =
        |end: char| move |token: &TokenTree| matches!(token, TokenTree::Punct(mark) if mark.as_char() == end);
    let separator = if told.clone().into_iter().any(|token| ends_with(';')(&token)) { ';' } else { ',' };
    let mut begins = true;
    for token in told {
        match token {
            TokenTree::Ident(name) if begins => {
                variants.extend(syn::parse2::<Variant>(TokenTree::Ident(name).into()).ok());
                begins = false;
            }
            end if ends_with(separator)(&end) => begins = true,
            _ => {}
        }
    }
    variants
}
