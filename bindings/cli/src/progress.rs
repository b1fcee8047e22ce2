//! How far long work has come, for somebody who waits at a terminal.
//!
//! Nothing is shown for work that is soon done, where standard error is no terminal, or where rows go to the terminal
//! themselves. The bar has no colours.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use crate::wording::Language;

/// Work that takes less is not shown.
const SOON: Duration = Duration::from_millis(700);
/// After so long it is drawn anew.
const AGAIN: Duration = Duration::from_millis(200);

/// The progress of one piece of work.
pub(crate) struct Progress {
    /// When it is drawn next.
    next: Instant,
    is_wanted: bool,
    rows: usize,
    rows_are: &'static str,
    bar: Option<ProgressBar>,
}

impl Progress {
    /// Progress that is shown if it `is_wanted`, and standard error is a terminal.
    pub(crate) fn new(is_wanted: bool, language: &Language) -> Self {
        let is_wanted = is_wanted && std::io::stderr().is_terminal();
        Self { next: soon(SOON), is_wanted, rows: 0, rows_are: language.pick("行", "rows"), bar: None }
    }

    /// Shows that so many more rows are done, and how many bytes were read of how many, if that is known.
    pub(crate) fn add(&mut self, rows: usize, read: Option<(u64, u64)>) {
        self.rows = self.rows.saturating_add(rows);
        if !self.is_wanted || Instant::now() < self.next {
            return;
        }
        self.next = soon(AGAIN);
        let bar = self.bar.get_or_insert_with(|| begun(read.map(|(_, all)| all)));
        if let Some((bytes, _)) = read {
            bar.set_position(bytes);
        }
        bar.set_message(format!("{} {}", self.rows, self.rows_are));
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}

/// The moment that comes after so long.
fn soon(after: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(after).unwrap_or(now)
}

fn begun(bytes: Option<u64>) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(bytes, ProgressDrawTarget::stderr());
    let template = match bytes {
        Some(_) => "[{bar:40}] {percent}%  {msg}",
        None => "{spinner} {msg}",
    };
    match ProgressStyle::with_template(template) {
        Ok(style) => bar.with_style(style.progress_chars("=> ")),
        Err(_) => bar,
    }
}
