//! Completions for shells and manual pages: what is made from the words of the command.

use super::support::rollbook;

/// The verbs, as the help lists them.
fn verbs() -> Vec<String> {
    let help = rollbook(&["--help"]).out;
    let list = help.split_once("Commands:\n").unwrap().1.split_once("\n\n").unwrap().0;
    let verbs: Vec<String> = list
        .lines()
        .filter_map(|line| line.trim().split(' ').next().map(str::to_owned))
        .filter(|verb| verb != "help")
        .collect();
    assert!(verbs.len() > 10, "{verbs:?}");
    verbs
}

#[test]
fn every_shell_completes_every_verb_and_its_options() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let ran = rollbook(&["completions", shell]);
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{shell}");
        for word in verbs().iter().map(String::as_str).chain(["period", "roster", "set-aside"]) {
            assert!(ran.out.contains(word), "{shell} {word}");
        }
    }
    assert_eq!(rollbook(&["completions", "tcsh"]).code, 2);
}

#[test]
fn the_manual_page_of_the_program_names_the_page_of_every_verb() {
    let ran = rollbook(&["man"]);
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
    assert!(ran.out.contains(".TH rollbook 1"), "{}", ran.out);
    for verb in verbs() {
        assert!(ran.out.contains(&format!("rollbook\\-{verb}(1)")), "{verb}");
        let page = rollbook(&["man", &verb]).out;
        let name = format!(".TH rollbook-{verb} 1  \"rollbook {}\"", env!("CARGO_PKG_VERSION"));
        assert!(page.contains(&name) && page.contains(".SH SYNOPSIS"), "{verb}: {page}");
        assert!(!page.contains(".SH EXTRA"), "{verb}");
    }
}

#[test]
fn tables_and_examples_of_a_manual_page_keep_their_lines() {
    let page = rollbook(&["man", "dues"]).out;
    let notes = page.split_once(".SH NOTES\n.nf\n").unwrap().1.split_once("\n.fi\n").unwrap().0;
    assert!(notes.contains("\n  exempt       the rules exempt\n"), "{notes}");
}

#[test]
fn a_command_without_a_page_is_said() {
    assert_eq!(rollbook(&["man", "duez"]).failure(), "there is no command `duez`; did you mean `dues`?");
}
