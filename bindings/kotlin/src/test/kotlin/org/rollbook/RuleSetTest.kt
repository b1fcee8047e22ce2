package org.rollbook

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.util.concurrent.Callable
import java.util.concurrent.Executors

class RuleSetTest {
    private val cpc = RuleSet.builtin("cpc")

    @Test
    fun `a rule set names itself as every answer does`() {
        val named = cpc.dues(emptyMap(), "2026-11").ruleSet
        assertEquals(RuleSetName(cpc.id, cpc.edition, cpc.hash), named)
        assertEquals(listOf("zh", "en"), cpc.languages)
        assertEquals("dues", cpc.answers)
        assertEquals(listOf("dues", "remittance", "voluntary"), cpc.chargeNames.sorted())
    }

    @Test
    fun `every rule set that ships is sound`() {
        assertTrue("cpc" in RuleSet.builtinIds)
        for (id in RuleSet.builtinIds) {
            val document = RuleSet.builtin(id).toJson()
            assertEquals(RuleSet.builtin(id).hash, RuleSet.parse(document).hash)
            assertEquals(emptyList<Diagnostic>(), RuleSet.check(document).filter { it.severity == Severity.ERROR })
        }
    }

    private fun child(id: String, parent: String, charge: String) = """
        rollbook: 1
        id: $id
        edition: 1
        languages: [en, zh, de]
        title: $id
        currency: EUR
        extends: { id: $parent, edition: 1 }
        sources:
          ${id}_rules: { title: Rules, in_force: 2024-01-01, attested: official }
        charges:
          $charge:
            per: year
            tariff: { cite: ${id}_rules art. 1, amount: 12 }
            round: { cite: ${id}_rules art. 2, is: half_up to 0.01 }
    """.trimIndent()

    @Test
    fun `a rule set extends one that is handed in`() {
        val district = RuleSet.parse(child("district", "igmetall", "levy"))
        assertEquals("12.00", district.dues(emptyMap(), "2026", "levy").amount.toString())
        val branch = child("branch", "district", "gate")
        RuleSet.parse(branch, listOf(district)).use { own ->
            assertEquals(district.chargeNames + "gate", own.chargeNames)
            assertEquals(own.hash, RuleSet.parse(own.toJson(), listOf(district)).hash)
        }
        assertEquals(emptyList<Diagnostic>(), RuleSet.check(branch, listOf(district)))
        assertEquals(listOf("no_parent"), RuleSet.check(branch).map { it.code })
        district.close()
        val closed = assertThrows(RollbookException::class.java) { RuleSet.parse(branch, listOf(district)) }
        assertEquals(ErrorCode.CLOSED, closed.code)
    }

    @Test
    fun `the facts say what a form needs`() {
        val base = cpc.facts().single { it.name == "base" }
        assertEquals(mapOf("en" to "dues base", "zh" to "基数"), base.titles)
        assertEquals(listOf(Kind.MONEY, Per.MONTH, "CNY", Owner.MEMBER), listOf(base.kind, base.per, base.currency, base.owner))
        assertEquals("0", base.atLeast.toString())
        val category = cpc.facts().single { it.name == "category" }
        assertEquals("按月领工资", category.words.single { it.name == "waged" }.titles["zh"])
        val payments = cpc.facts().single { it.name == "voluntary_payments" }
        assertEquals(listOf("paid", "paid_on"), payments.fields.map { it.name }.sorted())
        assertTrue("draft/2020-12" in cpc.factsSchema("dues", "zh"))
    }

    @Test
    fun `YAML and JSON are read`() {
        val json = cpc.toJson()
        assertEquals(cpc.hash, RuleSet.parse(json).hash)
        assertFalse(RuleSet.check("rollbook: 1\nid: a\n").isEmpty())
    }

    @Test
    fun `facts are validated by themselves`() {
        val issue = cpc.validate(mapOf("base" to "5,400"), "dues", "en").single()
        assertEquals("bad_value", issue.code)
        assertEquals(Severity.ERROR, issue.severity)
        assertEquals("/base", issue.pointer)
        assertTrue(issue.message.startsWith("dues base: "), issue.message)
        val payments = listOf(mapOf("paid" to true))
        val inside = cpc.validate(mapOf("voluntary_payments" to payments)).first { it.pointer.startsWith("/voluntary_payments") }
        assertEquals(listOf(PathItem.Name("voluntary_payments"), PathItem.Record(0), PathItem.Name("paid")), inside.path)
    }

    @Test
    fun `many threads use one rule set`() {
        val pool = Executors.newFixedThreadPool(8)
        try {
            val call = Callable {
                (1..200).map { base -> cpc.dues(mapOf("stage" to "full", "category" to "waged", "base" to base), "2026-11").amount }
            }
            val told = pool.invokeAll(List(8) { call }).map { it.get() }
            assertEquals(1, told.toSet().size)
        } finally {
            pool.shutdown()
        }
    }
}
