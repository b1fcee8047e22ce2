//! What is public in sources of Kotlin and Swift, read without their tool chains: the heads of declarations, without bodies.

use std::mem;

/// How a language says what is public.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Kotlin that says `public` at every public declaration.
    Kotlin,
    /// Kotlin made by a generator, in which what says nothing is public: only its types are listed.
    GeneratedKotlin,
    /// Swift.
    Swift,
}

/// Names by which generated sources mark their machinery.
const MACHINERY: [&str; 14] = [
    "Ffi",
    "Uniffi",
    "UniFfi",
    "RustBuffer",
    "Rules",
    "Answered",
    "Reply",
    "Replies",
    "Summary",
    "Checked",
    "Parents",
    "CallException",
    "CallError",
    "Failure",
];

/// One line for each public declaration, behind the names of what it stands in.
pub fn declarations(text: &str, language: Language) -> Vec<String> {
    let mut reader = Reader { language, scopes: Vec::new(), head: String::new(), round: 0, lines: Vec::new() };
    for character in without_comments(text).chars() {
        reader.take(character);
    }
    reader.lines
}

struct Reader {
    language: Language,
    scopes: Vec<Scope>,
    /// The declaration so far.
    head: String,
    /// How many brackets are open in it.
    round: usize,
    lines: Vec<String>,
}

/// What stands between braces.
struct Scope {
    name: String,
    /// Whether its contents are declarations that everybody sees.
    public: bool,
    cases: bool,
}

impl Reader {
    fn take(&mut self, character: char) {
        match character {
            '(' | '[' => self.round = self.round.saturating_add(1),
            ')' | ']' => self.round = self.round.saturating_sub(1),
            '{' if self.round == 0 => return self.open(),
            '}' if self.round == 0 => {
                self.end();
                self.scopes.pop();
                return;
            }
            '\n' | ';' if self.round == 0 => return self.end(),
            _ => {}
        }
        self.head.push(if character.is_whitespace() { ' ' } else { character });
    }

    fn open(&mut self) {
        let head = tidy(&mem::take(&mut self.head));
        let words: Vec<&str> = head.split([' ', '(', ':', '<']).collect();
        let kinds = ["class", "interface", "object", "struct", "enum", "extension", "protocol"];
        let kind = words.iter().position(|word| kinds.contains(word));
        let public = self.is_public(&head);
        if public {
            self.line(&head);
        }
        let declares = kind.is_some_and(|_| !head.contains(" fun ") && !head.contains(" func "));
        // `enum class Status`: the name stands behind the last of them.
        let name = kind.filter(|_| declares).and_then(|at| words.iter().skip(at).find(|word| !kinds.contains(*word)));
        let inside = declares
            && self.seen()
            && (public || head.starts_with("extension") || words.contains(&"companion"))
            && !name.is_some_and(|name| is_machinery(name));
        let name = name.filter(|name| !name.is_empty()).map_or("companion", |name| name).to_owned();
        self.scopes.push(Scope { name, public: inside, cases: words.contains(&"enum") });
    }

    fn end(&mut self) {
        let head = tidy(&mem::take(&mut self.head));
        let cases = self.seen() && self.scopes.last().is_some_and(|scope| scope.cases);
        let case = cases
            && match self.language {
                Language::Swift => head.starts_with("case "),
                _ => head.trim_end_matches(',').chars().all(|sign| sign.is_ascii_uppercase() || sign == '_'),
            };
        if !head.is_empty() && (case || self.is_public(&head)) {
            self.line(head.trim_end_matches(','));
        }
    }

    /// Whether everybody sees what stands here.
    fn seen(&self) -> bool {
        self.scopes.iter().all(|scope| scope.public)
    }

    fn is_public(&self, head: &str) -> bool {
        if !self.seen() || is_machinery(declared(head)) || head.starts_with("private ") || head.starts_with("internal ")
        {
            return false;
        }
        match self.language {
            Language::Kotlin => head.split(' ').any(|word| word == "public" || word == "override"),
            Language::GeneratedKotlin => {
                ["data class ", "enum class ", "sealed class "].iter().any(|kind| head.starts_with(kind))
                    || (head.starts_with("data class ") || head.starts_with("object ")) && !self.scopes.is_empty()
            }
            Language::Swift => head.split(' ').any(|word| word == "public"),
        }
    }

    fn line(&mut self, head: &str) {
        let names: Vec<&str> = self.scopes.iter().map(|scope| scope.name.as_str()).collect();
        let head = without_body(head);
        self.lines.push(if names.is_empty() { head } else { format!("{}: {head}", names.join(".")) });
    }
}

fn is_machinery(name: &str) -> bool {
    MACHINERY.iter().any(|machinery| name.starts_with(machinery))
}

/// The name that a head declares.
fn declared(head: &str) -> &str {
    let kinds =
        ["class ", "struct ", "enum ", "interface ", "protocol ", "object ", "func ", "typealias ", "let ", "var "];
    let name = kinds.iter().find_map(|kind| {
        let at = head.find(kind)?;
        // INVARIANT: the name begins behind what was found.
        head.get(at.saturating_add(kind.len())..)
    });
    name.unwrap_or_default().trim_start_matches('`')
}

/// A head without what is assigned or computed: `= …`, `by …`, `get() …`.
fn without_body(head: &str) -> String {
    let mut depth = 0_usize;
    let mut end = head.len();
    for (at, character) in head.char_indices() {
        match character {
            '(' | '[' | '<' => depth = depth.saturating_add(1),
            ')' | ']' => depth = depth.saturating_sub(1),
            '>' if !head.get(..at).unwrap_or_default().ends_with('-') => depth = depth.saturating_sub(1),
            ' ' if depth == 0 && !head.contains("typealias ") => {
                let rest = head.get(at..).unwrap_or_default();
                if [" = ", " by ", " get()"].iter().any(|body| rest.starts_with(body)) || rest == " =" {
                    end = at;
                    break;
                }
            }
            _ => {}
        }
    }
    head.get(..end).unwrap_or_default().trim().replace('`', "").replace("kotlin.", "")
}

/// One blank between words, and none inside brackets.
fn tidy(head: &str) -> String {
    let words: Vec<&str> = head.split_whitespace().filter(|word| !word.starts_with('@')).collect();
    words.join(" ").replace("( ", "(").replace(" )", ")").replace(" (", "(").replace(",)", ")").replace(" ,", ",")
}

/// A text without comments, and without brackets in quotes, which open nothing.
fn without_comments(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let skipped = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |at| at.saturating_add(2))
        } else if rest.starts_with("\"\"\"") {
            kept.push_str("\"\"");
            let inside = rest.get(3..).unwrap_or_default();
            inside.find("\"\"\"").map_or(rest.len(), |at| at.saturating_add(6))
        } else if character == '"' {
            let length = quoted(rest);
            let plain = |sign: &char| !"(){}[];\n".contains(*sign);
            kept.extend(rest.get(..length).unwrap_or_default().chars().filter(plain));
            length
        } else {
            kept.push(character);
            character.len_utf8()
        };
        rest = rest.get(skipped..).unwrap_or_default();
    }
    kept
}

/// The length of a text in quotes at the beginning.
fn quoted(text: &str) -> usize {
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at.saturating_add(1),
            '\n' => return at,
            _ => {}
        }
    }
    text.len()
}
