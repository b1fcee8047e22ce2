//! House rules about the files themselves: none too long, none that names a place on somebody's machine.

use std::fs;
use std::path::{Path, PathBuf};

use crate::face::Outcome;
use crate::project::Project;

/// A file is one idea; with more lines than this it is several.
const LONGEST: usize = 600;

/// Folders that tools write and nobody commits, and git's own.
const NOT_OURS: [&str; 7] = [".git", "target", "node_modules", "__pycache__", ".pytest_cache", ".mypy_cache", ".venv"];

/// Where people and build machines keep their files. Written in halves, so that this file may be checked too.
const PRIVATE: [&str; 6] = [
    concat!("/ho", "me/"),
    concat!("/ro", "ot/"),
    concat!("/Us", "ers/"),
    concat!("/tm", "p/"),
    concat!("/wo", "rk/"),
    concat!("/work", "space/"),
];

/// One check: no source file has more than [`LONGEST`] lines.
pub(crate) fn short_files(project: &Project) -> Outcome {
    every_file(project, |path, bytes| {
        let lines = line_count(bytes);
        let source = path.extension().is_some_and(|ending| ending == "rs" || ending == "py");
        (source && lines > LONGEST)
            .then(|| format!("`{}` has {lines} lines, more than {LONGEST}: split it by idea", path.display()))
    })
}

/// One check: no file names a place on somebody's machine.
pub(crate) fn no_private_paths(project: &Project) -> Outcome {
    every_file(project, |path, bytes| {
        let (line, place) = private_path(bytes)?;
        Some(format!("`{}` line {line} names `{place}`, a place on one machine only", path.display()))
    })
}

/// One check over all files: `fault` gets the path from the top and the content, and says what is wrong.
fn every_file(project: &Project, fault: impl Fn(&Path, &[u8]) -> Option<String>) -> Outcome {
    let faults = files(&project.top).and_then(|files| {
        let mut faults = Vec::new();
        for file in files {
            let bytes = fs::read(&file).map_err(|problem| format!("`{}`: {problem}", file.display()))?;
            faults.extend(fault(file.strip_prefix(&project.top).unwrap_or(&file), &bytes));
        }
        Ok(faults)
    });
    match faults {
        Ok(faults) if faults.is_empty() => Outcome::check(Ok(())),
        Ok(reasons) => Outcome { passed: 0, failed: 1, reasons },
        Err(problem) => Outcome::check(Err(problem)),
    }
}

/// Every file below `top` that is ours, in order. The tree is walked and git not asked, so that an unpacked archive and
/// a clone that belongs to somebody else are checked as well.
fn files(top: &Path) -> Result<Vec<PathBuf>, String> {
    let mut files = Vec::new();
    let mut folders = vec![top.to_owned()];
    while let Some(folder) = folders.pop() {
        let unreadable = |problem| format!("`{}`: {problem}", folder.display());
        for entry in fs::read_dir(&folder).map_err(unreadable)? {
            let entry = entry.map_err(unreadable)?;
            let kind = entry.file_type().map_err(unreadable)?;
            if NOT_OURS.iter().any(|name| entry.file_name() == *name) {
                continue;
            }
            if kind.is_dir() {
                folders.push(entry.path());
            } else if kind.is_file() {
                files.push(entry.path());
            }
        }
    }
    files.sort();
    Ok(files)
}

fn line_count(bytes: &[u8]) -> usize {
    bytes.split_inclusive(|byte| *byte == b'\n').count()
}

/// The first private place named, with its line. Only where a path begins: `https://example.org/home/` is none.
fn private_path(bytes: &[u8]) -> Option<(usize, &'static str)> {
    let continues = |byte: &u8| byte.is_ascii_alphanumeric() || b"._-~*}".contains(byte);
    bytes.split(|byte| *byte == b'\n').zip(1..).find_map(|(line, number)| {
        let names = |place: &&&str| {
            line.windows(place.len()).enumerate().any(|(position, window)| {
                window == place.as_bytes()
                    && position.checked_sub(1).and_then(|before| line.get(before)).is_none_or(|byte| !continues(byte))
            })
        };
        PRIVATE.iter().find(names).map(|place| (number, *place))
    })
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::{LONGEST, PRIVATE, files, line_count, private_path};

    #[test]
    fn a_last_line_without_an_end_is_a_line() {
        assert_eq!(line_count(b""), 0);
        assert_eq!(line_count(b"a\nb\n"), 2);
        assert_eq!(line_count(b"a\nb"), 2);
        assert_eq!(line_count("x\n".repeat(LONGEST).as_bytes()), LONGEST);
    }

    #[test]
    fn a_place_on_somebodys_machine_is_found_with_its_line() {
        for place in PRIVATE {
            for before in ["", "see ", "`", "\"", "file://", "("] {
                let text = format!("first\n{before}{place}ada/roster.csv\n");
                assert_eq!(private_path(text.as_bytes()), Some((2, place)), "{text}");
            }
        }
    }

    #[test]
    fn the_same_words_inside_another_path_are_no_private_place() {
        for place in PRIVATE {
            for before in ["https://example.org", "docs", "..", "~", "$HOME", "{top}"] {
                let text = format!("{before}{place}x");
                assert_eq!(private_path(text.as_bytes()), None, "{text}");
            }
        }
    }

    #[test]
    fn this_package_is_walked_in_order_and_without_build_products() {
        let top = Path::new(env!("CARGO_MANIFEST_DIR"));
        let found = files(top).unwrap();
        assert!(found.contains(&top.join("Cargo.toml")) && found.contains(&top.join("src/tree.rs")));
        assert!(found.is_sorted());
    }
}
