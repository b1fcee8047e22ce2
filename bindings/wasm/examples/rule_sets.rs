//! Writes the rule sets that ship with the library as JSON files into a folder: the assets of the npm package.

use std::path::Path;
use std::{env, fs};

use rollbook::facade::RuleSet;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = env::args().nth(1).ok_or("name the folder")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    for id in RuleSet::builtin_ids() {
        fs::write(folder.join(format!("{id}.json")), RuleSet::builtin(&id)?.to_json())?;
    }
    Ok(())
}
