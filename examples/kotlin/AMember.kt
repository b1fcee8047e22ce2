// One member's dues: the amount, why, what is missing, and a form with a mistake.

import java.math.BigDecimal
import org.rollbook.RuleSet

fun main() {
    val rules = RuleSet.builtin("cpc")
    val member = mapOf("stage" to "full", "category" to "waged", "base" to BigDecimal("5400"))

    println("The amount")
    val answer = rules.dues(member, "2026-11", trace = true)
    println("  ${answer.amount} ${answer.currency}, by ${answer.rule}")

    println("Why")
    println(answer.explain("en"))

    println("What is missing")
    for (issue in rules.dues(member - "base", "2026-11").issues("en").filter { it.pointer.isNotEmpty() }) {
        println("  ${issue.pointer}: ${issue.message}") // missing, which is not zero
    }

    println("A form with a mistake")
    for (issue in rules.validate(member + ("base" to "5,400"), "dues", "en")) {
        println("  ${issue.pointer}: ${issue.message}")
    }
}
