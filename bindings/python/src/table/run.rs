//! Rows are answered in pieces, by as many threads as asked for; the caller's thread counts and tells how far it is.

use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};

use arrow_array::RecordBatch;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;
use rollbook::dues::Prepared;
use rollbook::ruleset::Workspace;

use super::answers::{Answers, Wording};
use super::output::Columns;
use super::plan::{Plan, tell};

/// So many rows are answered by a thread before it looks for more.
const PIECE: usize = 16_384;

/// What is asked of a table, ready to be asked of any of its rows.
pub(super) struct Question<'r> {
    pub(super) wording: Wording<'r>,
    pub(super) prepared: &'r Prepared<'r>,
    pub(super) plan: &'r Plan,
}

/// Some rows of a table.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) rows: RecordBatch,
}

/// A piece that was answered, by its place.
type Answered = (usize, PyResult<Columns>);

/// The rows of a table, in pieces.
pub(super) fn pieces(batches: &[RecordBatch]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for batch in batches {
        let mut from = 0;
        while from < batch.num_rows() {
            let length = PIECE.min(batch.num_rows().saturating_sub(from));
            pieces.push(Piece { rows: batch.slice(from, length) });
            from = from.saturating_add(length);
        }
    }
    pieces
}

impl Question<'_> {
    fn answer(&self, prepared: &Prepared<'_>, piece: &Piece, work: &mut Workspace) -> PyResult<Columns> {
        let rules = self.wording.rule_set.engine().rules();
        let cells = self.plan.cells(&piece.rows, rules);
        let mut facts = self.wording.rule_set.engine().facts();
        let mut answers = Answers::of(piece.rows.num_rows());
        for row in 0..piece.rows.num_rows() {
            tell(&cells, row, rules, &mut facts);
            answers.take(&prepared.answer(&facts, work), self.wording);
        }
        Columns::of(answers, self.plan.amounts)
    }

    /// Answers pieces until none is left or the caller wants no more.
    fn work(&self, pieces: &[Piece], next: &AtomicUsize, stop: &AtomicBool, done: &Sender<Answered>) {
        let mut work = Workspace::default();
        // What threads count together is counted slowly.
        let prepared = self.prepared.apart();
        while !stop.load(Ordering::Relaxed) {
            let at = next.fetch_add(1, Ordering::Relaxed);
            let Some(piece) = pieces.get(at) else { return };
            if done.send((at, self.answer(&prepared, piece, &mut work))).is_err() {
                return;
            }
        }
    }

    /// The answers of all pieces, in order. The interpreter's lock is free meanwhile.
    ///
    /// # Errors
    /// What `progress` raises, an interrupt from the keyboard, or an amount with more decimals than the declared scale.
    pub(super) fn answer_all(
        &self,
        py: Python<'_>,
        pieces: &[Piece],
        threads: usize,
        progress: Option<&Py<PyAny>>,
    ) -> PyResult<Vec<Columns>> {
        let (next, stop) = (AtomicUsize::new(0), AtomicBool::new(false));
        py.detach(|| {
            std::thread::scope(|scope| {
                let (done, answered) = mpsc::channel();
                let mut workers = Vec::new();
                for _ in 0..threads.min(pieces.len()) {
                    let done = done.clone();
                    workers.push(scope.spawn(|| {
                        let done = done;
                        self.work(pieces, &next, &stop, &done);
                    }));
                }
                drop(done);
                let gathered = gather(pieces, &answered, progress);
                stop.store(true, Ordering::Relaxed);
                // One that broke down has left rows unanswered, which is said already; it is not to break the caller.
                for worker in workers {
                    drop(worker.join());
                }
                gathered
            })
        })
    }
}

/// Takes answers as they come.
fn gather(pieces: &[Piece], answered: &Receiver<Answered>, progress: Option<&Py<PyAny>>) -> PyResult<Vec<Columns>> {
    let mut slots: Vec<Option<PyResult<Columns>>> = pieces.iter().map(|_| None).collect();
    let total: usize = pieces.iter().map(|piece| piece.rows.num_rows()).sum();
    let mut rows = 0_usize;
    while let Ok((at, answers)) = answered.recv() {
        rows = rows.saturating_add(pieces.get(at).map_or(0, |piece| piece.rows.num_rows()));
        if let Some(slot) = slots.get_mut(at) {
            *slot = Some(answers);
        }
        Python::attach(|py| {
            py.check_signals()?;
            progress.map_or(Ok(()), |progress| progress.call1(py, (rows, total)).map(drop))
        })?;
    }
    let lost = || PyRuntimeError::new_err("a thread ended before its rows were answered");
    slots.into_iter().map(|slot| slot.ok_or_else(lost)?).collect()
}
