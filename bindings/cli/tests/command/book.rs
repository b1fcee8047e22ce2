//! The pages of the book and the README, done as their reader does: files are written, changed and asked about, and what is printed is what stands there.
//!
//! A fenced block is told by the words behind its fence:
//!
//! | block | |
//! |---|---|
//! | `yaml FILE`, `csv FILE`, `json FILE` | the file is written |
//! | `diff FILE` | lines with `-` are taken out of the file, those with `+` put in; the others have to be there |
//! | `sh` | each line is a command; it ends with 0, or as `# ends with N` behind it says |
//! | `text` | what the last command printed; a second one, what it printed on standard error; a line `…` leaves lines out |

use std::fs;
use std::path::Path;
use std::process::Output;

use super::support::{process, repository};

struct Block<'a> {
    /// The number of the line of the fence.
    line: usize,
    words: Vec<&'a str>,
    lines: Vec<&'a str>,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let mut found: Vec<Block<'_>> = Vec::new();
    let mut open = false;
    for (number, line) in (1..).zip(page.lines()) {
        match line.strip_prefix("```") {
            Some(_) if open => open = false,
            Some(mark) => {
                found.push(Block { line: number, words: mark.split_whitespace().collect(), lines: Vec::new() });
                open = true;
            }
            None if open => found.last_mut().unwrap().lines.push(line),
            None => {}
        }
    }
    assert!(!open, "a block is not closed");
    found
}

/// Whether what is shown is what was printed, where `…` stands for any lines.
fn shows(shown: &[&str], printed: &[&str]) -> bool {
    match shown.split_first() {
        None => printed.is_empty(),
        Some((&"…", rest)) => (0..=printed.len()).any(|left_out| shows(rest, &printed[left_out..])),
        Some((line, rest)) => {
            printed.first().is_some_and(|first| first.trim_end() == *line) && shows(rest, &printed[1..])
        }
    }
}

/// The lines of a change that begin with one of the signs, without it.
fn marked<'a>(lines: &[&'a str], signs: [char; 2]) -> Vec<&'a str> {
    lines.iter().filter_map(|line| line.strip_prefix(signs)).collect()
}

/// Makes the change in the text; the lines that it replaces stand there exactly once.
fn changed(text: &str, lines: &[&str]) -> Result<String, String> {
    let (before, after) = (marked(lines, [' ', '-']), marked(lines, [' ', '+']));
    let known: Vec<&str> = text.lines().collect();
    let places: Vec<usize> =
        (0..known.len()).filter(|at| known[*at..].starts_with(&before) && !before.is_empty()).collect();
    let [at] = places[..] else {
        return Err(format!("what the change replaces stands {} times in the file", places.len()));
    };
    let whole = [&known[..at], &after, &known[at + before.len()..]].concat();
    Ok(whole.into_iter().map(|line| format!("{line}\n")).collect())
}

/// The words of a command line, of which those in double quotes stay together.
fn words(command: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (number, piece) in command.split('"').enumerate() {
        if number % 2 == 1 {
            words.push(piece.to_owned());
        } else {
            words.extend(piece.split_whitespace().map(str::to_owned));
        }
    }
    words
}

/// A reader with an own folder, in which the examples of the repository lie.
struct Reader {
    folder: tempfile::TempDir,
    /// What the last command printed and is not yet compared: its output, then its standard error.
    printed: Vec<String>,
    ran: usize,
    compared: usize,
}

impl Reader {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let examples = folder.path().join("examples");
        fs::create_dir(&examples).unwrap();
        for entry in fs::read_dir(repository("examples")).unwrap() {
            let path = entry.unwrap().path();
            if path.is_file() {
                fs::copy(&path, examples.join(path.file_name().unwrap())).unwrap();
            }
        }
        Self { folder, printed: Vec::new(), ran: 0, compared: 0 }
    }

    fn path(&self, file: &str) -> std::path::PathBuf {
        assert_eq!(Path::new(file).components().count(), 1, "`{file}` is no name of a file");
        self.folder.path().join(file)
    }

    /// Does what a block asks for; gives what is not as the page says.
    fn do_block(&mut self, block: &Block<'_>) -> Result<(), String> {
        match block.words[..] {
            ["sh"] => block.lines.iter().filter(|line| !line.is_empty()).try_for_each(|line| self.command(line)),
            ["text"] => self.compare(&block.lines),
            ["diff", file] => {
                let text = fs::read_to_string(self.path(file)).map_err(|error| format!("{file}: {error}"))?;
                fs::write(self.path(file), changed(&text, &block.lines)?).map_err(|error| error.to_string())
            }
            ["yaml" | "csv" | "json", file, ..] => {
                let text: String = block.lines.iter().map(|line| format!("{line}\n")).collect();
                fs::write(self.path(file), text).map_err(|error| error.to_string())
            }
            _ => Err(format!("nothing runs a block `{}`", block.words.join(" "))),
        }
    }

    fn command(&mut self, line: &str) -> Result<(), String> {
        let (command, remark) = line.split_once(" # ends with ").unwrap_or((line, "0"));
        let command = command.replace("cargo run --release -p rollbook-cli --", "rollbook");
        let all = words(&command);
        let ("rollbook", arguments) = (all[0].as_str(), &all[1..]) else {
            return Err(format!("`{command}` is no command of ours"));
        };
        let ran = process().args(arguments).current_dir(self.folder.path()).output();
        let Output { status, stdout, stderr } = ran.map_err(|error| error.to_string())?;
        let printed = [stdout, stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        let ended = status.code().unwrap_or(-1);
        if ended.to_string() != remark.trim() {
            return Err(format!("`{command}` ended with {ended}:\n{}", printed.concat()));
        }
        self.printed = printed.into_iter().filter(|text| !text.is_empty()).collect();
        self.ran += 1;
        Ok(())
    }

    fn compare(&mut self, shown: &[&str]) -> Result<(), String> {
        if self.printed.is_empty() {
            return Err("the last command printed nothing more".to_owned());
        }
        let printed = self.printed.remove(0);
        let lines: Vec<&str> = printed.trim_end().lines().collect();
        self.compared += 1;
        if shows(shown, &lines) { Ok(()) } else { Err(format!("what is printed is\n{printed}")) }
    }
}

/// Reads a page from its beginning to its end; gives how many commands ran and how many outputs were compared.
fn read(page: &str, passed_over: &[&str]) -> (usize, usize) {
    let text = fs::read_to_string(repository(page)).unwrap();
    let mut reader = Reader::new();
    for block in blocks(&text) {
        if block.words.first().is_some_and(|word| passed_over.contains(word)) || block.lines == ["cargo xtask test"] {
            continue;
        }
        reader.do_block(&block).unwrap_or_else(|problem| panic!("{page}:{}: {problem}", block.line));
    }
    (reader.ran, reader.compared)
}

#[test]
fn the_first_five_minutes_go_as_they_are_told() {
    let (ran, compared) = read("docs/start.md", &[]);
    assert!(ran >= 4 && compared >= 5, "{ran} {compared}");
}

#[test]
fn the_first_rule_set_grows_as_it_is_told_mistake_by_mistake() {
    let (ran, compared) = read("docs/first-rule-set.md", &[]);
    assert!(ran >= 18 && compared >= 17, "{ran} {compared}");
}

#[test]
fn money_missing_facts_and_dates_are_as_they_are_explained() {
    let (ran, compared) = read("docs/how-it-works.md", &[]);
    assert!(ran >= 11 && compared >= 8, "{ran} {compared}");
}

#[test]
fn rules_are_shown_compared_and_drawn_as_it_is_told() {
    let (ran, compared) = read("docs/rules-as-documents.md", &[]);
    assert!(ran >= 4 && compared >= 3, "{ran} {compared}");
}

#[test]
fn an_editor_is_set_up_and_a_file_laid_out_as_it_is_told() {
    // What stands under the name of a file behind `fmt` is what `fmt` made of it, and `--check` agrees.
    let (ran, compared) = read("docs/editors.md", &["console"]);
    assert!(ran >= 5 && compared >= 2, "{ran} {compared}");
}

#[test]
fn the_exercise_has_the_answers_that_it_promises() {
    let (ran, compared) = read("docs/exercise.md", &[]);
    assert!(ran >= 2 && compared >= 2, "{ran} {compared}");
}

#[test]
fn rosters_are_read_and_written_as_they_are_told() {
    let (ran, compared) = read("docs/rosters.md", &[]);
    assert!(ran >= 9 && compared >= 6, "{ran} {compared}");
}

#[test]
fn the_readme_shows_what_its_commands_print() {
    // The README's lines of Rust are an example of the crate's documentation.
    let (ran, compared) = read("README.md", &["rust"]);
    assert!(ran >= 3 && compared >= 3, "{ran} {compared}");
}

#[test]
fn left_out_lines_are_the_only_ones_that_need_not_be_shown() {
    let printed = ["a", "b", "c"];
    assert!(shows(&["a", "…", "c"], &printed) && shows(&["…"], &printed) && shows(&["a", "b", "…", "c"], &printed));
    assert!(!shows(&["a", "c"], &printed) && !shows(&["…", "b"], &printed) && !shows(&["a", "b", "c", "d"], &printed));
}

#[test]
fn a_change_that_fits_in_two_places_is_refused() {
    assert_eq!(changed("a: 1\nb: 2\n", &["-b: 2", "+b: 3"]), Ok("a: 1\nb: 3\n".to_owned()));
    assert!(changed("b: 2\nb: 2\n", &["-b: 2", "+b: 3"]).is_err() && changed("ab: 2\n", &["-b: 2"]).is_err());
}
