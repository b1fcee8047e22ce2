//! A folder of cases: files of cases, and an index that counts them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::case::File;
use crate::perform;

/// The index of a folder.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Index {
    /// How many cases there are in all.
    pub(crate) cases: usize,
    /// From what they were drawn, where they were.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(crate) seed: Option<u64>,
    /// The files, seen from the folder, with the number of cases of each.
    pub(crate) files: BTreeMap<String, usize>,
}

/// The texts of a folder's files by their paths in it.
pub(crate) type Texts = BTreeMap<String, String>;

/// Writes files of a folder that are not there yet with the same text.
///
/// # Errors
/// When one cannot be written.
pub(crate) fn write(folder: &Path, texts: &Texts) -> Result<(), String> {
    for (name, text) in texts {
        let file = folder.join(name);
        if fs::read_to_string(&file).is_ok_and(|found| found == *text) {
            continue;
        }
        let problem = |problem| format!("`{}`: {problem}", file.display());
        file.parent().map(fs::create_dir_all).transpose().map_err(problem)?;
        fs::write(&file, text).map_err(problem)?;
    }
    Ok(())
}

/// The files that differ from what is in the folder, by name.
pub(crate) fn stale(folder: &Path, texts: &Texts) -> Vec<String> {
    let differs =
        |(name, text): &(&String, &String)| fs::read_to_string(folder.join(name)).ok().as_ref() != Some(*text);
    texts.iter().filter(differs).map(|(name, _)| name.clone()).collect()
}

/// Answers every case of some files.
///
/// # Errors
/// When one cannot be asked, or a name stands twice.
pub(crate) fn answer(files: &mut [(String, File)]) -> Result<(), String> {
    let mut names = BTreeSet::new();
    for (_, file) in files {
        let rules = file.rule_set()?;
        for case in &mut file.cases {
            case.results = perform::results(&rules, case)?;
            if !names.insert(case.name.clone()) {
                return Err(format!("two cases are called `{}`", case.name));
            }
        }
    }
    Ok(())
}

/// The texts of the files and of their index.
///
/// # Errors
/// When a case cannot be written as JSON.
pub(crate) fn texts(files: &[(String, File)], seed: Option<u64>) -> Result<Texts, String> {
    let counts: BTreeMap<String, usize> = files.iter().map(|(name, file)| (name.clone(), file.cases.len())).collect();
    let index = Index { cases: counts.values().sum(), seed, files: counts };
    let mut texts = Texts::from([("index.json".to_owned(), format!("{}\n", pretty(&index)?))]);
    for (name, file) in files {
        texts.insert(name.clone(), lines(file)?);
    }
    Ok(texts)
}

fn pretty(value: &impl Serialize) -> Result<String, String> {
    serde_json::to_string_pretty(value).map_err(|problem| problem.to_string())
}

/// A file with one case a line, so that a change shows which case it changes.
fn lines(file: &File) -> Result<String, String> {
    let problem = |problem: serde_json::Error| problem.to_string();
    let cases = file.cases.iter().map(serde_json::to_string).collect::<Result<Vec<_>, _>>().map_err(problem)?;
    let head = serde_json::to_string(&File { cases: Vec::new(), ..file.clone() }).map_err(problem)?;
    let head = head.trim_end_matches("]}").replace("\",\"", "\",\n\"");
    Ok(format!("{head}\n{}\n]}}\n", cases.join(",\n")))
}

/// A file of cases.
///
/// # Errors
/// When it cannot be read.
pub(crate) fn read(folder: &Path, name: &str) -> Result<File, String> {
    let text = fs::read_to_string(folder.join(name)).map_err(|problem| format!("`{name}`: {problem}"))?;
    serde_json::from_str(&text).map_err(|problem| format!("`{name}`: {problem}"))
}
