//! What a name means in a module: through `use`, re-exports and globs.

use std::collections::BTreeMap;

use syn::{Item, UseTree};

use crate::library::{Library, Names, is_public};

/// A name that a module gets from elsewhere.
#[derive(Debug, Clone)]
pub(crate) struct Import {
    /// The name under which it is known here; none takes everything public of a module.
    pub(crate) name: Option<String>,
    pub(crate) from: Names,
    /// Whether it is passed on to everybody.
    pub(crate) public: bool,
}

/// The names of all modules.
#[derive(Debug)]
pub(crate) struct Resolver<'l> {
    library: &'l Library,
    imports: BTreeMap<&'l Names, Vec<Import>>,
}

impl<'l> Resolver<'l> {
    pub(crate) fn new(library: &'l Library) -> Self {
        let of = |(path, module): (&'l Names, &'l crate::library::Module)| {
            let mut imports = Vec::new();
            for item in &module.items {
                if let Item::Use(import) = item {
                    add(&mut imports, &import.tree, &mut Vec::new(), is_public(&import.vis));
                }
            }
            for import in &mut imports {
                import.from = absolute(library, path, &import.from);
            }
            (path, imports)
        };
        Self { library, imports: library.modules.iter().map(of).collect() }
    }

    /// What a module gets from elsewhere.
    pub(crate) fn imports(&self, module: &Names) -> &[Import] {
        self.imports.get(module).map_or(&[], Vec::as_slice)
    }

    /// Where the item is written that a path means in a module; none for what is not of this library.
    pub(crate) fn definition(&self, module: &Names, path: &[String]) -> Option<Names> {
        self.follow(&absolute(self.library, module, path), 16)
    }

    fn follow(&self, path: &Names, steps: u8) -> Option<Names> {
        let (name, module) = path.split_last()?;
        let steps = steps.checked_sub(1)?;
        // A module on the way may be a re-export itself.
        let module = if self.library.modules.contains_key(module) || module.is_empty() {
            module.to_vec()
        } else {
            self.follow(&module.to_vec(), steps)?
        };
        if self.library.modules.contains_key(path) || self.defines(&module, name) {
            let mut whole = module;
            whole.push(name.clone());
            return Some(whole);
        }
        let imports = self.imports(&module);
        let named = imports.iter().find(|import| import.name.as_ref() == Some(name));
        if let Some(import) = named {
            return self.follow(&import.from, steps);
        }
        imports.iter().filter(|import| import.name.is_none()).find_map(|import| {
            let mut inside = import.from.clone();
            inside.push(name.clone());
            self.follow(&inside, steps)
        })
    }

    fn defines(&self, module: &Names, name: &str) -> bool {
        let items = self.library.modules.get(module).into_iter().flat_map(|module| &module.items);
        items.filter_map(name_of).any(|own| own == name)
    }
}

/// The name under which an item is known.
pub(crate) fn name_of(item: &Item) -> Option<String> {
    let name = match item {
        Item::Const(item) => &item.ident,
        Item::Enum(item) => &item.ident,
        Item::Fn(item) => &item.sig.ident,
        Item::Mod(item) => &item.ident,
        Item::Static(item) => &item.ident,
        Item::Struct(item) => &item.ident,
        Item::Trait(item) => &item.ident,
        Item::Type(item) => &item.ident,
        _ => return None,
    };
    Some(name.to_string())
}

/// A path as seen from the library: without `crate`, `self` and `super`, and for a bare name with the module.
fn absolute(library: &Library, module: &Names, path: &[String]) -> Names {
    let Some((first, rest)) = path.split_first() else { return module.clone() };
    let mut start = match first.as_str() {
        "crate" => vec![library.name.clone()],
        "self" => module.clone(),
        "super" => return absolute(library, &parent(module), &with_self(rest)),
        first if first == library.name => vec![library.name.clone()],
        first => {
            let mut own = module.clone();
            own.push(first.to_owned());
            own
        }
    };
    start.extend(rest.iter().cloned());
    start
}

fn with_self(rest: &[String]) -> Vec<String> {
    match rest.first().map(String::as_str) {
        Some("super") => rest.to_vec(),
        _ => std::iter::once("self".to_owned()).chain(rest.iter().cloned()).collect(),
    }
}

fn parent(module: &Names) -> Names {
    module.split_last().map(|(_, parent)| parent.to_vec()).unwrap_or_default()
}

fn add(imports: &mut Vec<Import>, tree: &UseTree, before: &mut Names, public: bool) {
    match tree {
        UseTree::Path(path) => {
            before.push(path.ident.to_string());
            add(imports, &path.tree, before, public);
            before.pop();
        }
        UseTree::Name(name) => {
            let name = name.ident.to_string();
            let mut from = before.clone();
            // `use value::{self, Date}` brings the module by its own name.
            let known = if name == "self" { from.last().cloned() } else { Some(name.clone()) };
            if name != "self" {
                from.push(name);
            }
            imports.push(Import { name: known, from, public });
        }
        UseTree::Rename(rename) => {
            let mut from = before.clone();
            from.push(rename.ident.to_string());
            imports.push(Import { name: Some(rename.rename.to_string()), from, public });
        }
        UseTree::Glob(_) => imports.push(Import { name: None, from: before.clone(), public }),
        UseTree::Group(group) => {
            for tree in &group.items {
                add(imports, tree, before, public);
            }
        }
    }
}
