//! What is made from the words of the command line, so that it cannot say anything else.

use clap::{Args, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man as Page;

use crate::arguments::Arguments;
use crate::failure::Failure;
use crate::{DONE, Streams};

const COMPLETIONS: &str = "\
Where the file goes:
  bash        ~/.local/share/bash-completion/completions/rollbook
  zsh         a folder of $fpath, as _rollbook
  fish        ~/.config/fish/completions/rollbook.fish
  powershell  rollbook completions powershell | Out-String | Invoke-Expression
              in the file that $PROFILE names
  elvish      ~/.config/elvish/lib/rollbook.elv, then `use rollbook`

Example:
  rollbook completions fish > ~/.config/fish/completions/rollbook.fish";

#[derive(Debug, Args)]
#[command(after_help = COMPLETIONS)]
pub(crate) struct Completions {
    /// The shell
    #[arg(value_name = "SHELL", value_enum)]
    shell: Shell,
}

const MAN: &str = "\
Examples:
  rollbook man | man -l -
  rollbook man dues > ~/.local/share/man/man1/rollbook-dues.1";

#[derive(Debug, Args)]
#[command(after_help = MAN)]
pub(crate) struct Man {
    /// The command whose page is meant, such as dues; if left out, the page of the program
    #[arg(value_name = "COMMAND")]
    command: Option<String>,
}

/// Prints a script that completes the words of the command in a shell.
pub(crate) fn write(arguments: &Completions, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(arguments.shell, &mut Arguments::command(), "rollbook", &mut script);
    streams.say(&String::from_utf8_lossy(&script))?;
    Ok(DONE)
}

/// Prints a manual page.
pub(crate) fn man(arguments: &Man, streams: &mut Streams<'_>) -> Result<u8, Failure> {
    let mut all = Arguments::command();
    // Only then does a verb know that its page is called `rollbook-dues`.
    all.build();
    let page = match &arguments.command {
        None => all,
        Some(wanted) => {
            let known: Vec<String> = all.get_subcommands().map(|known| known.get_name().to_owned()).collect();
            let found = all.find_subcommand(wanted).cloned();
            found.ok_or_else(|| {
                let near = rollbook::ruleset::nearest(wanted, known.iter().map(String::as_str));
                let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
                Failure::new(format!("there is no command `{wanted}`{near}"))
            })?
        }
    };
    let mut text = Vec::new();
    let page = Page::new(page).source(concat!("rollbook ", env!("CARGO_PKG_VERSION")));
    page.render(&mut text).map_err(|error| Failure::writing("the manual page", &error))?;
    streams.say(&as_laid_out(&String::from_utf8_lossy(&text)))?;
    Ok(DONE)
}

/// The notes at the end keep their lines: they have tables and examples.
fn as_laid_out(page: &str) -> String {
    let Some((before, notes)) = page.split_once(".SH EXTRA\n") else { return page.to_owned() };
    let (notes, behind) = match notes.split_once("\n.SH ") {
        Some((notes, behind)) => (notes, format!(".SH {behind}")),
        None => (notes, String::new()),
    };
    format!("{before}.SH NOTES\n.nf\n{}\n.fi\n{behind}", notes.trim_end())
}
