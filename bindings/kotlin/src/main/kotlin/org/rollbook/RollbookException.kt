package org.rollbook

import java.nio.charset.CharacterCodingException

/**
 * A call that cannot be answered at all: the one exception of this package.
 *
 * [code] and [params] are the contract, the message is for people. A fact that does not fit is no exception: the answer is
 * [Answer.Rejected], and its finding names the fact.
 */
public class RollbookException internal constructor(failure: Failure) : RuntimeException(failure.text) {
    /** What kind of error it is. */
    public val code: ErrorCode = failure.code

    /** What the message is filled with, by name. */
    public val params: Map<String, String> = failure.params.toSortedMap()

    /** Where in the text it is, when a text was read. */
    public val position: Position? = failure.position

    /** What is wrong with a rule set that is refused; empty for every other code. */
    public val diagnostics: List<Diagnostic> = failure.diagnostics
}

/** The code as it is written in every language: `wrong_type`. */
public val ErrorCode.text: String
    get() = name.lowercase()

/** The refusal of a value by its type. */
internal fun wrongValue(name: String, given: String, wanted: String) = RollbookException(wrongType(name, given, wanted))

/** Half a character, which no text of the engine can hold. */
internal fun halfCharacter(name: String) =
    wrongValue(name, "a String with half a character (a lone surrogate)", "a String of whole characters")

/** Calls the engine, and throws what it refuses as [RollbookException]. */
internal inline fun <T> asking(handle: String, call: () -> T): T =
    try {
        call()
    } catch (refused: CallException.Failed) {
        throw RollbookException(refused.failure)
    } catch (_: IllegalStateException) {
        // What the generated handles throw after their end.
        throw RollbookException(closedHandle(handle))
    } catch (_: CharacterCodingException) {
        throw halfCharacter("text")
    }
