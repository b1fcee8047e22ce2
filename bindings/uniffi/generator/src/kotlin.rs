//! The generated Kotlin, made lighter in one place.
//!
//! Every call into the engine makes a structure in which the engine can say that the call failed. To JNA a structure is memory
//! that it has to note, to watch and to free by a thread of its own, which takes longer than the call and in the end does not keep
//! up: memory grows although nothing is held. So each thread keeps the structures of its calls that succeeded, which are as
//! they were, and they are only read where a call failed.

use std::fs;
use std::path::Path;

/// What is replaced, and by what.
const CHANGES: [(&str, &str); 2] = [
    (
        "    var status = UniffiRustCallStatus()
    val return_value = callback(status)
    uniffiCheckCallStatus(errorHandler, status)
    return return_value
",
        "    val status = UniffiRustCallStatus.take()
    val return_value = callback(status)
    if (status.pointer.getByte(0) != UNIFFI_CALL_SUCCESS) {
        status.read()
        uniffiCheckCallStatus(errorHandler, status)
    }
    UniffiRustCallStatus.giveBack(status)
    return return_value
",
    ),
    (
        "    companion object {
        fun create(code: Byte, errorBuf: RustBuffer.ByValue): UniffiRustCallStatus.ByValue {
",
        "    companion object {
        // Those of calls that succeeded: several, because the arguments of a call are made ready by calls.
        private val FREE = ThreadLocal.withInitial { ArrayDeque<UniffiRustCallStatus>() }

        // It is neither written before a call nor read after it, unless the call failed.
        fun take(): UniffiRustCallStatus =
            FREE.get().removeLastOrNull() ?: UniffiRustCallStatus().also { it.setAutoSynch(false) }

        fun giveBack(status: UniffiRustCallStatus) = FREE.get().addLast(status)

        fun create(code: Byte, errorBuf: RustBuffer.ByValue): UniffiRustCallStatus.ByValue {
",
    ),
];

/// Changes the file.
///
/// # Errors
/// When it cannot be read or written, or is not as it was made by the version of `UniFFI` for which the changes were written.
pub(crate) fn lightened(file: &Path) -> Result<(), String> {
    let problem = |problem| format!("`{}`: {problem}", file.display());
    let mut text = fs::read_to_string(file).map_err(problem)?;
    for (from, to) in CHANGES {
        if text.matches(from).count() != 1 {
            return Err(format!("the generated Kotlin does not hold once what is changed in it:\n{from}"));
        }
        text = text.replace(from, to);
    }
    fs::write(file, text).map_err(problem)
}
