package org.rollbook

import com.google.gson.Gson
import org.junit.jupiter.api.Test
import java.math.BigDecimal
import java.time.LocalDate

/** Every case of `tests/corpus` in Kotlin: the calls that every language makes, and the same bytes. */
@Suppress("UNCHECKED_CAST") class CorpusTest {
    private fun read(text: String) = Gson().fromJson(text, Map::class.java) as Map<String, Any?>
    private fun told(value: Any?): Any? = when {
        value is Map<*, *> -> value.mapValues { told(it.value) }
        value is List<*> -> value.map(::told)
        value !is String -> value
        value.startsWith("number:") -> BigDecimal(value.drop(7))
        value.startsWith("date:") -> LocalDate.parse(value.drop(5))
        value.startsWith("float:") -> value.drop(6).toDouble()
        value.startsWith("repeat:") -> value.split(":").let { (_, count, text) -> text.repeat(count.toInt()) }
        else -> value
    }

    private fun results(rules: RuleSet, case: Map<String, Any?>): List<String> {
        val (call, text, charge, lang) = listOf("call", "text", "charge", "lang").map { told(case[it]) as String? }
        if (call == "builtin" || call == "parse") return listOf((if (call == "parse") RuleSet.parse(text!!) else RuleSet.builtin(text!!)).hash)
        if (call == "check") return RuleSet.check(text!!).map(Diagnostic::shown)
        if (call == "facts") return listOf(rules.factsJson(), rules.factsSchema(charge, lang!!))
        if (call == "dues_json") return listOf(rules.duesJson(text!!))
        val asked = told(case["request"]) as Map<String, Any?>
        val (facts, settings, aside) = listOf("facts", "settings", "set_aside").map { asked[it] as Map<String, Any?>? ?: mapOf() }
        val line = { issue: Issue -> "${issue.code} ${issue.pointer} ${issue.message}" }
        if (call == "validate") return rules.validate(facts, charge, lang!!).map(line)
        val (period, of, known) = listOf("period", "charge", "known").map { asked[it] as String? }
        val (day, why, trace) = Triple(known?.let(LocalDate::parse), aside as Map<String, String>, asked["trace"] == true)
        val answers = (asked["rows"] as List<Map<String, Any?>>?)?.let { rules.duesOfMany(it, period!!, of, day, settings, why, trace) }
            ?: listOf(rules.dues(facts, period!!, of, day, settings, why, trace))
        val explained = { answer: Answer, format: Format -> listOf("zh", "en").map { answer.explain(it, format) } }
        if (call == "issues") return answers[0].issues(lang!!).map(line)
        if (call == "explain") return explained(answers[0], Format.MARKDOWN) + explained(answers[0], Format.JSON)
        (case["expect"] as Map<*, *>?)?.let { check(it["amount"] == answers[0].amount?.toString()) { "$case" } }
        return answers.flatMap { listOf(it.toJson()) + if (trace) explained(it, Format.TEXT) else listOf() }
    }

    private fun got(rules: RuleSet, case: Map<String, Any?>) = try { results(rules, case) } catch (error: RollbookException) {
        listOf("${error.code.text}: ${if (error.code == ErrorCode.WRONG_TYPE) error.params["name"] else error.message}")
    }

    @Test
    fun `every case has the bytes that it has in every language`() {
        val folders = (System.getenv("ROLLBOOK_CORPUS") ?: "../../tests/corpus").split(",").map { java.io.File(it) }
        val files = folders.flatMap { (read(it.resolve("index.json").readText())["files"] as Map<String, Double>).mapKeys { file -> it.resolve(file.key) }.toList() }
        val failed = files.flatMap { (name, count) ->
            val file = read(name.readText())
            val rules = (file["document"] as String?)?.let(RuleSet::parse) ?: RuleSet.builtin(file["rules"] as String)
            val cases = (file["cases"] as List<Map<String, Any?>>).also { check(count.toInt() == it.size) { "$name" } }
            cases.map { case -> got(rules, case).let { if (it == case["results"]) null else "$case\n$it" } }
        }
        println("corpus: ${failed.count { it == null }} passed, ${failed.count { it != null }} failed")
        check(failed.all { it == null }) { failed.firstNotNullOf { it } }
    }
}
