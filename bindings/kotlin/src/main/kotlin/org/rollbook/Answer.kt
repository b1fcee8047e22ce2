package org.rollbook

import java.math.BigDecimal

/**
 * What is owed for a period, why, and what is missing.
 *
 * Its class says what it amounts to, so that `when` treats every case:
 * ```
 * when (answer) {
 *     is Answer.Charged -> "${answer.amount} ${answer.currency}"
 *     is Answer.Exempt -> "exempt by ${answer.rule}"
 *     is Answer.NotDue -> "nothing this month"
 *     is Answer.NeedsFacts -> answer.missing.joinToString { it.name }
 *     is Answer.NoRule -> "the rules do not say"
 *     is Answer.Rejected -> answer.findings.joinToString { it.code }
 * }
 * ```
 * Two answers are equal when they say the same. An answer never shows an amount or a fact in [toString].
 */
public sealed class Answer(private val source: Source) {
    /** An amount is owed. */
    public class Charged internal constructor(source: Source) : Answer(source) {
        /** What is owed, with the decimals of the unit that it was rounded to: `81.00`. */
        override val amount: BigDecimal = checkNotNull(source.amount) { "what is charged has an amount" }
    }

    /** The rules exempt. */
    public class Exempt internal constructor(source: Source) : Answer(source)

    /** Nothing is owed in this period. */
    public class NotDue internal constructor(source: Source) : Answer(source)

    /** Facts are missing that still matter: [missing] says which, [bounds] between what the amount lies. */
    public class NeedsFacts internal constructor(source: Source) : Answer(source)

    /** The rules say nothing, or two things. */
    public class NoRule internal constructor(source: Source) : Answer(source)

    /** Something told is not acceptable: [findings] say what. */
    public class Rejected internal constructor(source: Source) : Answer(source)

    /** Which rules answered. */
    public val ruleSet: RuleSetName get() = said.ruleSet

    /** The charge. */
    public val charge: String get() = said.charge

    /** The period as it is written: `2026-11`. */
    public val period: String get() = said.period

    /** What it amounts to: the same as the class. */
    public val status: Status get() = source.status

    /** The rounded amount with the decimals of its unit; null unless it is [Charged]. */
    public open val amount: BigDecimal? get() = source.amount

    /** The currency of all amounts, by its three letters. */
    public val currency: String get() = said.currency

    /** The length of time that the amount is for; null for an amount paid once and for a longer period. */
    public val unit: Per? get() = said.unit

    /** The amount before the last rounding. */
    public val exact: Exact? get() = said.exact

    /** The least and greatest amount, when the answer is open and every open alternative can be computed. */
    public val bounds: Bounds? get() = said.bounds

    /** The path of the alternative or reduction that decided (`dues.tariff.waged`); the charge, where no single one did. */
    public val rule: String get() = said.rule

    /** Since when the version of that rule holds; null where there is no single rule. */
    public val version: Since? get() = said.version

    /** The clauses that the answer rests on, the rule's own first. */
    public val cite: List<Citation> get() = said.cite

    /** How well the weakest part of it is attested. */
    public val attested: Attested get() = said.attested

    /** Facts that were not given and have a value all the same. */
    public val assumed: List<String> get() = said.assumed

    /** What still matters and is not known. */
    public val missing: List<Missing> get() = said.missing

    /** What is recommended beside a declared amount. */
    public val guide: Exact? get() = said.guide

    /** The steps offered beside a declared amount. */
    public val suggested: List<Exact> get() = said.suggested

    /** Where the next band begins and what it would cost. */
    public val nextBand: NextBand? get() = said.nextBand

    /** The ways in which a charged amount is paid in instalments, by their names. A longer period has none. */
    public val instalments: List<Instalment> get() = said.instalments

    /** Who gets it, as a word of the charge's recipients. */
    public val goesTo: String? get() = said.goesTo

    /** A line for each record of a charge that goes through a list. */
    public val lines: List<Line> get() = said.lines

    /** The parts of a longer period. */
    public val parts: List<Part> get() = said.parts

    /** What else there is to say. */
    public val findings: List<Finding> get() = said.findings

    /** The steps in the order in which they were taken; null unless they were asked for. */
    public val trace: List<Step>? get() = said.trace

    /** Why it is so, in words: Chinese for `zh`, English for every other language. With steps if it was asked with them. */
    @JvmOverloads
    public fun explain(language: String, format: Format = Format.TEXT): String =
        asking("rule set") { source.answered.explain(language, format) }

    /** What a form shows: what is missing and the findings, in a language. */
    public fun issues(language: String): List<Issue> = asking("rule set") { source.answered.issues(language) }

    /** The answer as canonical JSON: the same bytes in every language. */
    public fun toJson(): String = asking("rule set") { source.answered.toJson() }

    override fun equals(other: Any?): Boolean = other is Answer && said == other.said

    override fun hashCode(): Int = said.hashCode()

    override fun toString(): String = "Answer(charge=$charge, period=$period, status=$status)"

    private val said: AnswerRecord get() = source.said

    /** Where what is said comes from. */
    internal interface Source {
        val status: Status
        val amount: BigDecimal?
        val said: AnswerRecord
        val answered: Answered
    }

    /** The answer to one question, of which everything but the amount is asked for when it is wanted. */
    private class One(override val answered: Answered, summary: Summary) : Source {
        override val status = summary.status
        override val amount = summary.amount
        override val said by lazy(LazyThreadSafetyMode.PUBLICATION) { answered.answer() }
    }

    /** One of many, in the same way. */
    private class Row(private val rows: AnsweredRows, private val number: Int, summary: Summary) : Source {
        override val status = summary.status
        override val amount = summary.amount
        override val said by lazy(LazyThreadSafetyMode.PUBLICATION) { checkNotNull(rows.answer(number)) { NO_ROW } }
        override val answered get() = checkNotNull(rows.row(number)) { NO_ROW }
    }

    internal companion object {
        private const val NO_ROW = "every answer has its row"

        fun of(reply: Reply): Answer = of(One(reply.answered, reply.summary))

        fun of(replies: Replies): List<Answer> =
            replies.summaries.mapIndexed { number, summary -> of(Row(replies.rows, number, summary)) }

        private fun of(source: Source): Answer = when (source.status) {
            Status.CHARGED -> Charged(source)
            Status.EXEMPT -> Exempt(source)
            Status.NOT_DUE -> NotDue(source)
            Status.NEEDS_FACTS -> NeedsFacts(source)
            Status.NO_RULE -> NoRule(source)
            Status.REJECTED -> Rejected(source)
        }
    }
}
