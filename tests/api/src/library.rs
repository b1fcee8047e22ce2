//! The modules of a library, read from their files.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use syn::{Attribute, Item, Visibility};

use crate::expand;

/// The path of a module or an item: `["rollbook", "facade", "RuleSet"]`.
pub(crate) type Names = Vec<String>;

/// A library: all its modules by their paths.
pub struct Library {
    /// The name of the library, the first of every path.
    pub(crate) name: String,
    pub(crate) modules: BTreeMap<Names, Module>,
}

impl std::fmt::Debug for Library {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Library").field("name", &self.name).finish_non_exhaustive()
    }
}

/// One module.
pub(crate) struct Module {
    pub(crate) items: Vec<Item>,
}

impl Library {
    /// Reads the library whose `lib.rs` lies in a folder.
    ///
    /// # Errors
    /// A file that is missing or is no Rust.
    pub fn read(folder: &Path, name: &str) -> Result<Self, String> {
        let mut library = Self { name: name.to_owned(), modules: BTreeMap::new() };
        library.add(vec![name.to_owned()], &folder.join("lib.rs"), folder)?;
        Ok(library)
    }

    /// Adds the module of a file, whose children lie in `folder`, and the children.
    fn add(&mut self, path: Names, file: &Path, folder: &Path) -> Result<(), String> {
        let text = fs::read_to_string(file).map_err(|problem| format!("`{}`: {problem}", file.display()))?;
        let parsed = syn::parse_file(&text).map_err(|problem| format!("`{}`: {problem}", file.display()))?;
        let mut items = Vec::new();
        for item in expand::expanded(parsed.items) {
            if attributes(&item).iter().any(of_tests) {
                continue;
            }
            if let Item::Mod(module) = &item
                && module.content.is_none()
            {
                let name = module.ident.to_string();
                let mut child = path.clone();
                child.push(name.clone());
                let file = folder.join(format!("{name}.rs"));
                self.add(child, &file, &folder.join(&name))?;
            }
            items.push(item);
        }
        self.modules.insert(path, Module { items });
        Ok(())
    }
}

/// Whether everybody sees it, and not only the library.
pub(crate) fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// Whether an item stands there for tests only.
fn of_tests(attribute: &Attribute) -> bool {
    let condition = attribute.path().is_ident("cfg").then(|| attribute.meta.require_list());
    let Some(Ok(condition)) = condition else { return false };
    let words = condition.tokens.to_string();
    words.contains("test")
}

pub(crate) fn attributes(item: &Item) -> &[Attribute] {
    match item {
        Item::Const(item) => &item.attrs,
        Item::Enum(item) => &item.attrs,
        Item::Fn(item) => &item.attrs,
        Item::Impl(item) => &item.attrs,
        Item::Macro(item) => &item.attrs,
        Item::Mod(item) => &item.attrs,
        Item::Static(item) => &item.attrs,
        Item::Struct(item) => &item.attrs,
        Item::Trait(item) => &item.attrs,
        Item::Type(item) => &item.attrs,
        Item::Use(item) => &item.attrs,
        _ => &[],
    }
}
