//! Rows in batches: read and written in one place, answered in another where there is a second core.
//!
//! Order is that of the roster, and memory does not grow with it: a few batches go around.

use std::sync::mpsc::channel;
use std::thread;

use csv::StringRecord;

use super::answering::Answering;
use crate::failure::Failure;
use crate::progress::Progress;
use crate::roster::Reader;
use crate::table::Cells;

/// A batch has at most so many rows.
const MOST_ROWS: usize = 1024;
/// A batch with so many bytes takes no further row.
const MOST_BYTES: usize = 256 * 1024;
/// A row with more bytes leaves no memory behind.
const LONG_ROW: usize = 64 * 1024;
/// So many batches are on their way at most.
const ON_THE_WAY: usize = 4;

/// A row on its way.
#[derive(Debug, Default)]
pub(super) struct Slot {
    /// As it was read.
    pub(super) cells: Cells,
    /// The texts of its answer.
    pub(super) answer: StringRecord,
}

/// Rows that go together.
#[derive(Debug, Default)]
struct Batch {
    slots: Vec<Slot>,
    /// How many of them are filled.
    used: usize,
}

impl Batch {
    /// Reads rows; says whether there were any.
    fn fill(&mut self, reader: &mut Reader<'_>) -> Result<bool, Failure> {
        self.used = 0;
        let mut bytes = 0_usize;
        while self.used < MOST_ROWS && bytes < MOST_BYTES {
            if self.used == self.slots.len() {
                self.slots.push(Slot::default());
            }
            let Some(slot) = self.slots.get_mut(self.used) else { break };
            if !reader.next(&mut slot.cells)? {
                break;
            }
            bytes = bytes.saturating_add(slot.cells.texts.as_slice().len());
            self.used = self.used.saturating_add(1);
        }
        let mut rows: Vec<&mut Cells> = self.slots.iter_mut().take(self.used).map(|slot| &mut slot.cells).collect();
        reader.note_ids(&mut rows);
        Ok(self.used > 0)
    }

    fn answer(&mut self, answering: &mut Answering<'_>) -> Result<(), Failure> {
        self.slots.iter_mut().take(self.used).try_for_each(|slot| answering.row(&slot.cells, &mut slot.answer))
    }

    fn write(&mut self, write: &mut dyn FnMut(&Slot) -> Result<(), Failure>) -> Result<(), Failure> {
        for slot in self.slots.iter_mut().take(self.used) {
            write(slot)?;
            if slot.cells.texts.as_slice().len() > LONG_ROW {
                *slot = Slot::default();
            }
        }
        Ok(())
    }
}

/// Answers all rows and writes them in their order, on one thread or on two.
pub(super) fn answer_all(
    reader: &mut Reader<'_>,
    answering: &mut Answering<'_>,
    threads: usize,
    progress: &mut Progress,
    write: &mut dyn FnMut(&Slot) -> Result<(), Failure>,
) -> Result<(), Failure> {
    if threads >= 2 {
        return answer_beside(reader, answering, progress, write);
    }
    let mut batch = Batch::default();
    while batch.fill(reader)? {
        batch.answer(answering)?;
        batch.write(write)?;
        progress.add(batch.used, reader.bytes_read());
    }
    Ok(())
}

/// Streams belong to this thread, so it reads and writes; a second one answers.
fn answer_beside(
    reader: &mut Reader<'_>,
    answering: &mut Answering<'_>,
    progress: &mut Progress,
    write: &mut dyn FnMut(&Slot) -> Result<(), Failure>,
) -> Result<(), Failure> {
    thread::scope(|scope| {
        let (to_answer, unanswered) = channel::<Batch>();
        let (to_write, answered) = channel::<Result<Batch, Failure>>();
        scope.spawn(move || {
            for mut batch in unanswered {
                let done = batch.answer(answering).map(|()| batch);
                // Where nobody waits any more, this side has nothing to do either.
                if done.is_err() | to_write.send(done).is_err() {
                    break;
                }
            }
        });
        let gone = || Failure::new("the answers of some rows are lost: this is a fault of rollbook");
        let mut free = Vec::new();
        let mut on_the_way = 0_usize;
        loop {
            let mut batch: Batch = free.pop().unwrap_or_default();
            let has_rows = batch.fill(reader)?;
            if has_rows {
                on_the_way = on_the_way.saturating_add(1);
                // Should it not be taken, the reason stands among the answers.
                let _ = to_answer.send(batch);
            }
            while on_the_way >= ON_THE_WAY || (!has_rows && on_the_way > 0) {
                let mut done = answered.recv().map_err(|_| gone())??;
                on_the_way = on_the_way.saturating_sub(1);
                done.write(write)?;
                progress.add(done.used, reader.bytes_read());
                free.push(done);
            }
            if !has_rows {
                return Ok(());
            }
        }
    })
}
