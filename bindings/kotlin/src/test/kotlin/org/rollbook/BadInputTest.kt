package org.rollbook

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertFalse
import org.junit.jupiter.api.Assertions.assertThrows
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.math.BigDecimal
import java.math.BigInteger
import java.time.Instant
import java.time.LocalDateTime

class BadInputTest {
    private val cpc = RuleSet.builtin("cpc")
    private val full = mapOf("stage" to "full", "category" to "waged")

    private fun refused(call: () -> Unit): RollbookException = assertThrows(RollbookException::class.java, call)

    private fun base(value: Any?) = refused { cpc.dues(full + ("base" to value), "2026-11") }

    private fun codes(facts: Map<String, Any?>) =
        cpc.dues(full + ("base" to 5400) + facts, "2026-11").findings.map { "${it.code} ${it.pointer}" }.take(1)

    @Test
    fun `a float is refused by the name of its fact and with the words that say what to pass`() {
        for (float in listOf(5400.0, 0.1f, -0.0, Double.NaN, Double.POSITIVE_INFINITY)) {
            val error = base(float)
            assertEquals(ErrorCode.WRONG_TYPE, error.code)
            assertEquals("wrong_type", error.code.text)
            assertEquals("base", error.params["name"])
            assertTrue("pass BigDecimal" in error.message!!, error.message)
            assertFalse("5400.0" in error.message!!, error.message)
        }
    }

    @Test
    fun `nothing, moments, maps and things are no values`() {
        for (value in listOf(null, LocalDateTime.MIN, Instant.EPOCH, java.util.Date(), mapOf("a" to 1), Any(), listOf(1, "a"), 'x')) {
            val error = base(value)
            assertEquals(ErrorCode.WRONG_TYPE, error.code, value.toString())
            assertEquals("base", error.params["name"])
        }
        val nested = refused { cpc.dues(mapOf("voluntary_payments" to listOf(mapOf("paid" to 1.5))), "2026-11", "voluntary") }
        assertEquals("voluntary_payments/0/paid", nested.params["name"])
    }

    @Test
    fun `a fact that does not fit rejects the answer and is named`() {
        assertEquals(listOf("bad_value /base"), codes(mapOf("base" to true)))
        assertEquals(listOf("unknown_word /category"), codes(mapOf("category" to "wages")))
        assertEquals(listOf("unknown_fact "), codes(mapOf("bsae" to 1)))
        assertEquals(listOf("bad_value /joined"), codes(mapOf("joined" to "2026-02-30")))
        assertEquals(listOf("out_of_range /base"), codes(mapOf("base" to -1)))
        assertEquals(listOf("bad_history /base"), codes(mapOf("base" to emptyList<Any>())))
    }

    @Test
    fun `a number too large is a finding and takes no time`() {
        assertEquals(listOf("bad_value /base"), codes(mapOf("base" to "9".repeat(5000))))
        assertEquals(listOf("bad_value /base"), codes(mapOf("base" to BigDecimal("1E+2000000000"))))
        assertEquals(listOf("bad_value /base"), codes(mapOf("base" to BigDecimal("1E-2000000000"))))
        assertEquals(listOf("bad_value /base"), codes(mapOf("base" to BigInteger("9".repeat(300)))))
        assertEquals(ErrorCode.WRONG_TYPE, base(BigInteger.ONE.shiftLeft(50_000_000)).code)
        assertEquals(listOf("bad_value /base"), codes(mapOf("base" to "5".repeat(50_000_000))))
    }

    @Test
    fun `half a character is refused wherever it stands`() {
        assertEquals("base", base("\ud800").params["name"])
        assertEquals(ErrorCode.WRONG_TYPE, base(listOf("a\udc00")).code)
        assertEquals(ErrorCode.WRONG_TYPE, refused { cpc.dues(mapOf("\ud800" to 1), "2026-11") }.code)
        assertEquals(ErrorCode.WRONG_TYPE, refused { cpc.dues(full, "2026\udfff") }.code)
        assertEquals(ErrorCode.WRONG_TYPE, refused { RuleSet.parse("{\"id\": \"\ud800\"}") }.code)
        assertEquals(listOf("bad_value /base"), codes(mapOf("base" to "\ud83d\ude00")))
    }

    @Test
    @Suppress("UNCHECKED_CAST")
    fun `a key that is no text is refused`() {
        val facts = mapOf(1 to "full") as Map<String, Any?>
        assertEquals(ErrorCode.WRONG_TYPE, refused { cpc.dues(facts, "2026-11") }.code)
    }

    @Test
    fun `a wrong call says its code, its parameters and the near name`() {
        val error = refused { cpc.dues(full, "2026-11", charge = "deus") }
        assertEquals(ErrorCode.UNKNOWN_CHARGE, error.code)
        assertEquals("there is no charge `deus`; did you mean `dues`?", error.message)
        assertEquals(mapOf("name" to "deus", "near" to "dues"), error.params)
        assertEquals(ErrorCode.BAD_PERIOD, refused { cpc.dues(full, "2026-13") }.code)
        assertEquals(ErrorCode.BAD_SETTING, refused { cpc.dues(full, "2026-11", settings = mapOf("farmer_dues" to 2)) }.code)
        assertEquals(ErrorCode.UNKNOWN_SETTING, refused { cpc.dues(full, "2026-11", settings = mapOf("farmer" to 2)) }.code)
        assertEquals(ErrorCode.NOT_SET_ASIDE, refused { cpc.dues(full, "2026-11", setAside = mapOf("dues.tariff.waged" to "no")) }.code)
        assertEquals(ErrorCode.UNKNOWN_RULE_SET, refused { RuleSet.builtin("cpd") }.code)
        assertEquals(ErrorCode.UNKNOWN_CHARGE, refused { cpc.validate(full, "deus") }.code)
    }

    @Test
    fun `a rule set that is refused says where and what would be right`() {
        val error = refused { RuleSet.parse("{\n  \"rollbook\": \"1\",\n  \"currency\": 5\n}") }
        assertEquals(ErrorCode.REFUSED_RULE_SET, error.code)
        assertEquals(Position(3, 15), error.position)
        assertEquals("not_text", error.diagnostics[0].code)
        assertTrue("3 |   \"currency\": 5" in error.diagnostics[0].shown, error.diagnostics[0].shown)
        assertEquals(listOf("format_version"), RuleSet.check("""{"rollbook": "2"}""").map { it.code })
    }

    @Test
    fun `a closed rule set says so, however often it is closed, and its answers stay`() {
        val rules = RuleSet.builtin("cpc")
        val answer = rules.dues(full, "2026-11")
        rules.close()
        rules.close()
        assertEquals(ErrorCode.CLOSED, refused { rules.dues(full, "2026-11") }.code)
        assertEquals(ErrorCode.CLOSED, refused { rules.id }.code)
        assertTrue("base" in answer.toJson())
    }
}
