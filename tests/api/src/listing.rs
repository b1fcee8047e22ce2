//! The public items, each as one line.

use std::collections::{BTreeMap, BTreeSet};

use quote::ToTokens;
use syn::{Fields, ImplItem, Item, ItemImpl, TraitItem, Type};

use crate::library::{Library, Names, attributes, is_public};
use crate::resolve::{Resolver, name_of};
use crate::tokens::text;

/// A public item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Its path: `rollbook::facade::RuleSet::parse`.
    pub path: String,
    /// The line that shows it, with its signature.
    pub line: String,
}

/// What is public, in the order of the paths: items under the path at which they are at home, and further paths to them.
pub fn list(library: &Library) -> Vec<Entry> {
    let resolver = Resolver::new(library);
    let mut listing = Listing { library, resolver, homes: BTreeMap::new(), entries: Vec::new() };
    let named = listing.named();
    for (path, definition) in &named {
        let home = listing.homes.get(definition);
        if home.is_none_or(|home| nearer(definition, path, home)) {
            listing.homes.insert(definition.clone(), path.clone());
        }
    }
    for (path, definition) in named {
        if listing.homes.get(&definition) == Some(&path) {
            listing.define(&path, &definition);
        } else {
            let home = listing.homes.get(&definition).map(|home| home.join("::")).unwrap_or_default();
            listing.entry(&path, format!("pub use {} = {home}", path.join("::")));
        }
    }
    listing.implementations();
    let mut entries = listing.entries;
    entries.sort();
    entries.dedup();
    entries
}

/// Whether a path lies nearer to where the item is written than another.
fn nearer(definition: &Names, path: &Names, other: &Names) -> bool {
    let common = |path: &Names| definition.iter().zip(path).take_while(|(one, other)| one == other).count();
    (common(path), std::cmp::Reverse(path.len())) > (common(other), std::cmp::Reverse(other.len()))
}

struct Listing<'l> {
    library: &'l Library,
    resolver: Resolver<'l>,
    /// The path of an item, by where it is written.
    homes: BTreeMap<Names, Names>,
    entries: Vec<Entry>,
}

impl Listing<'_> {
    /// Every public path with where its item is written.
    fn named(&self) -> Vec<(Names, Names)> {
        let mut found = Vec::new();
        let mut open = vec![(vec![self.library.name.clone()], vec![self.library.name.clone()])];
        let mut seen = BTreeSet::new();
        while let Some((path, module)) = open.pop() {
            if !seen.insert(path.clone()) {
                continue;
            }
            found.push((path.clone(), module.clone()));
            let Some(contents) = self.library.modules.get(&module) else { continue };
            let inside = |name: String| -> Names { path.iter().cloned().chain([name]).collect() };
            for item in contents.items.iter().filter(|item| shown(item)) {
                if let Some(name) = name_of(item) {
                    let whole: Names = module.iter().cloned().chain([name.clone()]).collect();
                    open.push((inside(name), whole));
                }
            }
            for import in self.resolver.imports(&module).iter().filter(|import| import.public) {
                if let (Some(name), Some(definition)) =
                    (&import.name, self.resolver.definition(&module, &absolute(&import.from)))
                {
                    open.push((inside(name.clone()), definition));
                }
            }
        }
        found
    }

    fn entry(&mut self, path: &[String], line: String) {
        self.entries.push(Entry { path: path.join("::"), line });
    }

    /// The item itself.
    fn define(&mut self, path: &Names, definition: &Names) {
        let shown_path = path.join("::");
        if self.library.modules.contains_key(definition) {
            return self.entry(path, format!("pub mod {shown_path}"));
        }
        let Some((name, module)) = definition.split_last() else { return };
        let Some(contents) = self.library.modules.get(module) else { return };
        let Some(item) = contents.items.iter().find(|item| name_of(item).as_ref() == Some(name)) else { return };
        let derived = derived(item);
        match item.clone() {
            Item::Struct(item) => {
                self.entry(path, format!("pub struct {shown_path}{}{derived}", text(&item.generics)));
                for (number, field) in item.fields.iter().enumerate().filter(|(_, field)| is_public(&field.vis)) {
                    let name = field.ident.as_ref().map_or_else(|| number.to_string(), ToString::to_string);
                    self.member(path, &name, &format!("pub {shown_path}::{name}: {}", text(&field.ty)));
                }
            }
            Item::Enum(item) => {
                self.entry(path, format!("pub enum {shown_path}{}{derived}", text(&item.generics)));
                for variant in &item.variants {
                    let fields = match &variant.fields {
                        Fields::Named(fields) => {
                            let each =
                                fields.named.iter().map(|field| format!("{}: {}", text(&field.ident), text(&field.ty)));
                            format!(" {{ {} }}", each.collect::<Vec<_>>().join(", "))
                        }
                        Fields::Unnamed(fields) => text(fields),
                        Fields::Unit => String::new(),
                    };
                    let name = variant.ident.to_string();
                    self.member(path, &name, &format!("pub {shown_path}::{name}{fields}"));
                }
            }
            Item::Trait(item) => {
                self.entry(path, format!("pub trait {shown_path}{}", text(&item.generics)));
                for inner in &item.items {
                    if let TraitItem::Fn(function) = inner {
                        let name = function.sig.ident.to_string();
                        self.member(path, &name, &signature(&function.sig, &format!("{shown_path}::{name}")));
                    }
                }
            }
            Item::Fn(item) => self.entry(path, signature(&item.sig, &shown_path)),
            Item::Const(item) => self.entry(path, format!("pub const {shown_path}: {}", text(&item.ty))),
            Item::Static(item) => self.entry(path, format!("pub static {shown_path}: {}", text(&item.ty))),
            Item::Type(item) => {
                self.entry(path, format!("pub type {shown_path}{} = {}", text(&item.generics), text(&item.ty)));
            }
            _ => {}
        }
    }

    fn member(&mut self, path: &Names, name: &str, line: &str) {
        let path: Names = path.iter().cloned().chain([name.to_owned()]).collect();
        self.entry(&path, line.to_owned());
    }

    /// What is implemented for public types, wherever it is written.
    fn implementations(&mut self) {
        let library = self.library;
        for (module, contents) in &library.modules {
            for item in &contents.items {
                if let Item::Impl(implementation) = item {
                    self.implementation(module, implementation);
                }
            }
        }
    }

    fn implementation(&mut self, module: &Names, implementation: &ItemImpl) {
        let Some(definition) = names(&implementation.self_ty).and_then(|path| self.resolver.definition(module, &path))
        else {
            return;
        };
        let Some(path) = self.homes.get(&definition).cloned() else { return };
        let shown_path = path.join("::");
        if let Some((of, _)) = &implementation.trait_ {
            let own: Names = of.segments.iter().map(|segment| segment.ident.to_string()).collect();
            let public = |definition: Names| self.homes.contains_key(&definition);
            if self.resolver.definition(module, &own).is_none_or(public) {
                let shown = of.segments.last().map(text).unwrap_or_default();
                self.member(&path, &shown, &format!("impl {shown} for {shown_path}"));
            }
            return;
        }
        for inner in &implementation.items {
            match inner {
                ImplItem::Fn(function) if is_public(&function.vis) => {
                    let name = function.sig.ident.to_string();
                    self.member(&path, &name, &signature(&function.sig, &format!("{shown_path}::{name}")));
                }
                ImplItem::Const(constant) if is_public(&constant.vis) => {
                    let name = constant.ident.to_string();
                    let line = format!("pub const {shown_path}::{name}: {}", text(&constant.ty));
                    self.member(&path, &name, &line);
                }
                _ => {}
            }
        }
    }
}

fn shown(item: &Item) -> bool {
    match item {
        Item::Const(item) => is_public(&item.vis),
        Item::Enum(item) => is_public(&item.vis),
        Item::Fn(item) => is_public(&item.vis),
        Item::Mod(item) => is_public(&item.vis),
        Item::Static(item) => is_public(&item.vis),
        Item::Struct(item) => is_public(&item.vis),
        Item::Trait(item) => is_public(&item.vis),
        Item::Type(item) => is_public(&item.vis),
        _ => false,
    }
}

/// What is derived, as it would be written behind the name.
fn derived(item: &Item) -> String {
    let lists = attributes(item).iter().filter(|attribute| attribute.path().is_ident("derive"));
    let derived: Vec<String> =
        lists.filter_map(|list| list.meta.require_list().ok()).map(|list| text(&list.tokens)).collect();
    if derived.is_empty() { String::new() } else { format!(" derives {}", derived.join(", ")) }
}

/// A function with its whole path for a name.
fn signature(signature: &syn::Signature, path: &str) -> String {
    let line = text(&signature.to_token_stream()).replace("(mut self", "(self");
    let name = signature.ident.to_string();
    format!("pub {}", line.replacen(&format!("fn {name}"), &format!("fn {path}"), 1))
}

/// The path of a plain type.
fn names(of: &Type) -> Option<Names> {
    let Type::Path(path) = of else { return None };
    Some(path.path.segments.iter().map(|segment| segment.ident.to_string()).collect())
}

/// A path that starts at the library, as one that is looked up from any module.
fn absolute(path: &Names) -> Names {
    std::iter::once("crate".to_owned()).chain(path.iter().skip(1).cloned()).collect()
}
