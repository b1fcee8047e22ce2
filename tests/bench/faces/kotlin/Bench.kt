// The package for Kotlin: one call after the other, and many rows in one.

import java.math.BigDecimal
import org.rollbook.Answer
import org.rollbook.RuleSet

private const val PERIOD = "2026-11"

/** One line for a measure: what it is, the value, and whether it meets its bar. */
private fun line(what: String, value: Double, bar: Double?) {
    val shown = "$what: ${"%.3g".format(value)} µs"
    println(if (bar == null) "          $shown" else "${if (value <= bar) "met   " else "MISSED"}    $shown (≤ ${"%.0f".format(bar)})")
}

/** Microseconds of one of `times` calls, in the mean of a run of some seconds: what is sustained, with what is cleared away. */
private fun sustained(times: Int, call: (Int) -> Unit): Double {
    repeat(times) { call(it) }
    val start = System.nanoTime()
    repeat(times) { call(it) }
    return (System.nanoTime() - start) / 1e3 / times
}

fun main() {
    val rules = RuleSet.builtin("cpc")
    val members = List(512) { mapOf("stage" to "full", "category" to "waged", "base" to BigDecimal(3000 + 17 * it)) }
    val rows = List(1000) { members[it % 512] }
    check(rules.dues(mapOf("stage" to "full", "category" to "waged", "base" to 5400), PERIOD).amount == BigDecimal("81.00"))
    var charged = 0
    val one = sustained(60_000) { if (rules.dues(members[it % 512], PERIOD).amount != null) charged++ }
    line("one typed call, sustained through JNA", one, 100.0)
    val many = sustained(60) { charged += rules.duesOfMany(rows, PERIOD).count { answer -> answer is Answer.Charged } } / rows.size
    line("one row in the call for many", many, 10.0)
    line("one typed call, explained in Chinese", sustained(5_000) { rules.dues(members[it % 512], PERIOD, trace = true).explain("zh") }, null)
    line("one question and answer in JSON", sustained(20_000) {
        rules.duesJson("""{"facts":{"stage":"full","category":"waged","base":"${3000 + it % 512}"},"period":"$PERIOD"}""")
    }, null)
    check(charged > 0)

    fun some(calls: Int) = repeat(calls) {
        val answer = rules.dues(members[it % 512], PERIOD, trace = it % 64 == 0)
        if (it % 64 == 0) {
            answer.explain("zh")
            runCatching { rules.dues(mapOf("base" to 1.5), PERIOD) }
        }
    }
    some(100_000)
    // What is lost with each call shows in every round.
    val grown = List(4) {
        val before = settled()
        some(250_000)
        settled() - before
    }
    val least = grown.min()
    println("${if (least <= 2) "met   " else "MISSED"}    memory, the least growth of four rounds of 250 000 calls: $least MiB (≤ 2)")
}

/** The memory of this process when what nobody holds any more was given back. */
private fun settled(): Long {
    repeat(5) {
        System.gc()
        Thread.sleep(200)
    }
    return resident()
}

/** The memory of this process, native memory included, in MiB; Linux says it. */
private fun resident(): Long =
    java.io.File("/proc/self/status").readLines().first { it.startsWith("VmRSS:") }.filter { it.isDigit() }.toLong() / 1024
