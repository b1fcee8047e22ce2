//! Writes the rule sets that ship with the library into a folder, as JSON and compiled, and the hashes of the compiled ones as
//! `sha256sum` does: the assets of the npm package.

use std::path::Path;
use std::{env, fs};

use rollbook::facade::RuleSet;
use rollbook::ruleset::canonical::sha256;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = env::args().nth(1).ok_or("name the folder")?;
    let folder = Path::new(&folder);
    fs::create_dir_all(folder)?;
    let mut hashes = String::new();
    for id in RuleSet::builtin_ids() {
        let rule_set = RuleSet::builtin(&id)?;
        let compiled = rule_set.compiled();
        hashes.push_str(&format!("{}  {id}.bin\n", sha256(&compiled)));
        fs::write(folder.join(format!("{id}.json")), rule_set.to_json())?;
        fs::write(folder.join(format!("{id}.bin")), compiled)?;
    }
    fs::write(folder.join("SHA256SUMS"), hashes)?;
    Ok(())
}
