package org.rollbook

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.io.File

/**
 * A heap of fixed size is given for the tests, so what grows beside it is memory of the engine, or of the way to it. `cargo xtask
 * bench faces kotlin` does the same with a million calls, one after the other.
 */
class MemoryTest {
    private val cpc = RuleSet.builtin("cpc")

    private fun member(number: Int) = mapOf("stage" to "full", "category" to "waged", "base" to number)

    /** One call after the other: answers, explanations, refusals, handles that are closed and handles that are left. */
    private fun calls(count: Int) = repeat(count) {
        val answer = cpc.dues(member(it), "2026-11", trace = it % 100 == 0)
        if (it % 100 == 0) assertTrue(answer.explain("zh").isNotEmpty() && answer.findings.isNotEmpty())
        if (it % 10 == 1) assertEquals(Status.REJECTED, cpc.dues(member(-1), "2026-11").status)
        if (it % 10 == 2) assertTrue(runCatching { cpc.dues(mapOf("base" to 1.5), "2026-11") }.isFailure)
        if (it % 10 == 3) assertTrue(runCatching { cpc.dues(member(it), "2026-13") }.isFailure)
        if (it % 2000 == 0) RuleSet.builtin("cpc").close()
        if (it % 2000 == 1000) RuleSet.builtin("cpc")
    }

    /** Many rows in one call, and of some of them what they say. */
    private fun rows(count: Int) {
        val members = List(1000) { member(it) }
        repeat(count / members.size) {
            val answers = cpc.duesOfMany(members, "2026-11")
            assertEquals("dues.tariff.waged", answers[it % members.size].rule)
        }
    }

    /** Some answers, and by how much the process is larger then. */
    private fun round(): Long {
        val before = settled()
        calls(20_000)
        rows(60_000)
        return settled() - before
    }

    @Test
    fun `very many answers keep their size`() {
        round()
        // What is lost with each answer shows in every round. A single one can grow for other reasons: the thread that gives memory
        // back was late, or the machine compiled something.
        val grown = List(4) { round() }
        assertTrue(grown.min() < MARGIN, "$grown KiB more")
    }

    /** The memory of this process in KiB, when what nobody holds any more was given back, which threads of their own do. */
    private fun settled(): Long {
        repeat(5) {
            System.gc()
            Thread.sleep(200)
        }
        val status = File("/proc/self/status")
        if (!status.exists()) return 0
        return status.readLines().first { it.startsWith("VmRSS:") }.filter { it.isDigit() }.toLong()
    }

    private companion object {
        /** In KiB: 13 bytes for each answer of a round would be too many. */
        const val MARGIN = 1024
    }
}
