package org.rollbook

import java.time.LocalDate

/**
 * A compiled rule set. It may be used by many threads at once; [close] gives its memory back at once, otherwise that happens
 * some time after its last use.
 *
 * Facts are a map of values under the names of the facts, which [facts] lists. A fact that is not in the map is unknown, which
 * is not zero. Values are `BigDecimal` and integers, `String`, `Boolean`, `java.time.LocalDate`, lists of strings, and for a value
 * that changed a list of maps with the keys `from` and `value`. A `Double` or `Float` is refused with
 * [ErrorCode.WRONG_TYPE], because it carries no exact amount.
 */
public class RuleSet private constructor(private val rules: Rules) : AutoCloseable {
    /** The short name. */
    public val id: String get() = asking { rules.name().id }

    /** Counts up with every published change. */
    public val edition: Int get() = asking { rules.name().edition }

    /** SHA-256 of the canonical document without its cases, in 64 hexadecimal digits. */
    public val hash: String get() = asking { rules.name().hash }

    /** The languages of its texts; the first is the default. */
    public val languages: List<String> get() = asking { rules.languages() }

    /** The charges, in the order of the rule set. */
    public val chargeNames: List<String> get() = asking { rules.chargeNames() }

    /** The charge that is answered when none is named. */
    public val answers: String? get() = asking { rules.answers() }

    /** What a form or a roster must hold, in the order of the rule set. */
    public fun facts(): List<Fact> = asking { rules.facts() }

    /** [facts] as a JSON list with the names of its fields; what is empty is left out. */
    public fun factsJson(): String = asking { rules.factsJson() }

    /**
     * The JSON Schema of the facts that a charge can read, or of all, with titles in a language.
     *
     * @throws RollbookException for a charge that does not exist
     */
    @JvmOverloads
    public fun factsSchema(charge: String? = null, language: String = "en"): String =
        asking { rules.factsSchema(charge, language) }

    /**
     * What is owed.
     *
     * @param facts what is known
     * @param period `2026-11`, `2026-Q4`, `2026-H2` or `2026`; one that is longer than the charge's is answered part by part
     * @param charge the charge; the one that the rule set [answers], if none is named
     * @param known by which day the rules had been issued; all that the document has, if none is given
     * @param settings what the organisation decided, by setting: a value, or a list of maps with `from`, `issued` and `value`
     * @param setAside the paths of rules that normally hold and do not in this call, with the reason to be recorded
     * @param trace whether the steps are wanted
     * @throws RollbookException for a value of a type that no fact has, a charge or setting that does not exist, a setting
     *   outside its bounds, a path that cannot be set aside, a period that cannot be read
     */
    @JvmOverloads
    public fun dues(
        facts: Map<String, Any?>,
        period: String,
        charge: String? = null,
        known: LocalDate? = null,
        settings: Map<String, Any?> = emptyMap(),
        setAside: Map<String, String> = emptyMap(),
        trace: Boolean = false,
    ): Answer {
        val told = valuesOf(facts, "facts")
        val request = request(period, charge, known, settings, setAside, trace)
        return Answer.of(asking { rules.dues(Question(told, request)) })
    }

    /**
     * What each of many owes, in their order: much cheaper than one call for each. Status and amount of an answer are there at
     * once; everything else that it says is fetched when it is first asked for.
     *
     * @throws RollbookException as [dues]
     */
    @JvmOverloads
    public fun duesOfMany(
        rows: List<Map<String, Any?>>,
        period: String,
        charge: String? = null,
        known: LocalDate? = null,
        settings: Map<String, Any?> = emptyMap(),
        setAside: Map<String, String> = emptyMap(),
        trace: Boolean = false,
    ): List<Answer> {
        val told = rows.map { valuesOf(it, "facts") }
        val request = request(period, charge, known, settings, setAside, trace)
        return Answer.of(asking { rules.duesOfMany(told, request) })
    }

    /** A request in JSON, answered in JSON: `{"answer": …}`, `{"answers": […]}` or `{"error": …}`. */
    public fun duesJson(request: String): String = asking { rules.duesJson(request) }

    /**
     * What is wrong with facts by themselves, in a language: values that cannot be read or lie outside their range, words and
     * names that do not exist. What is missing depends on the period and is told by [Answer.issues].
     *
     * @throws RollbookException for a value of a type that no fact has, and for a charge that does not exist
     */
    @JvmOverloads
    public fun validate(facts: Map<String, Any?>, charge: String? = null, language: String = "en"): List<Issue> {
        val told = valuesOf(facts, "facts")
        return asking { rules.validate(told, charge, language) }
    }

    /** The document as JSON without its cases, in its own order: it reads back as the same rule set with the same hash; it needs its parents then. */
    public fun toJson(): String = asking { rules.toJson() }

    /** Gives the memory of the rule set back at once. Answers that it gave stay. */
    override fun close(): Unit = rules.close()

    private inline fun <T> asking(call: () -> T): T = asking("rule set", call)

    public companion object {
        /** The ids of the rule sets that ship with the library. */
        @JvmStatic
        public val builtinIds: List<String>
            get() = builtinIds()

        /**
         * A rule set that ships with the library, by its id.
         *
         * @throws RollbookException where no rule set of that id ships
         */
        @JvmStatic
        public fun builtin(id: String): RuleSet = RuleSet(asking("rule set") { Rules.builtin(id) })

        /**
         * Reads a rule set from YAML or JSON; a text that begins with `{` is JSON.
         *
         * @param parents rule sets that it extends, beside those that ship; each brings its own with it
         * @throws RollbookException with [ErrorCode.REFUSED_RULE_SET] and the diagnostics that say what is wrong and where
         */
        @JvmStatic
        @JvmOverloads
        public fun parse(text: String, parents: List<RuleSet> = emptyList()): RuleSet =
            RuleSet(asking("rule set") { handedIn(parents) { Rules.parse(text, it) } })

        /**
         * Reads a rule set and tells everything that a careful reviewer would: errors and warnings, failing cases among them.
         *
         * @param parents as for [parse]
         */
        @JvmStatic
        @JvmOverloads
        public fun check(text: String, parents: List<RuleSet> = emptyList()): List<Diagnostic> {
            val (rules, diagnostics) = asking("rule set") { handedIn(parents) { org.rollbook.check(text, it) } }
            rules?.close()
            return diagnostics
        }

        /** Each joins by itself, so that one that was closed is told and not read. */
        private inline fun <T> handedIn(rules: List<RuleSet>, call: (Parents) -> T): T =
            Parents.none().use { parents ->
                rules.forEach { it.rules.join(parents) }
                call(parents)
            }

        private fun request(
            period: String,
            charge: String?,
            known: LocalDate?,
            settings: Map<String, Any?>,
            setAside: Map<String, String>,
            trace: Boolean,
        ) = Request(period, charge, known?.toString(), valuesOf(settings, "settings"), setAside, trace)
    }
}
