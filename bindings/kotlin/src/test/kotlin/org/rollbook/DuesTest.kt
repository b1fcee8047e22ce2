package org.rollbook

import org.junit.jupiter.api.Assertions.assertEquals
import org.junit.jupiter.api.Assertions.assertInstanceOf
import org.junit.jupiter.api.Assertions.assertNull
import org.junit.jupiter.api.Assertions.assertTrue
import org.junit.jupiter.api.Test
import java.math.BigDecimal
import java.math.BigInteger
import java.time.LocalDate

class DuesTest {
    private val cpc = RuleSet.builtin("cpc")
    private val full = mapOf("stage" to "full", "category" to "waged")
    private val waged = full + ("base" to BigDecimal("5400"))

    @Test
    fun `an amount has the decimals of its unit`() {
        val answer = cpc.dues(waged, "2026-11")
        assertEquals(BigDecimal("81.00"), answer.amount)
        assertEquals(BigDecimal("81.00"), assertInstanceOf(Answer.Charged::class.java, answer).amount)
        assertEquals("CNY", answer.currency)
        assertEquals(Per.MONTH, answer.unit)
        assertEquals("dues.tariff.waged", answer.rule)
        assertEquals("81", answer.exact.toString())
        assertEquals(Attested.TRANSCRIBED, cpc.dues(waged, "2026-11").attested)
    }

    @Test
    fun `a version, a clause and the next band are typed`() {
        val answer = cpc.dues(waged, "2026-11", trace = true)
        assertEquals(Since.Day(LocalDate.of(2008, 4, 1)), answer.version)
        assertEquals("dues-2008" to "arts 1-4", answer.cite[0].source to answer.cite[0].clause)
        assertEquals("中组发〔2008〕3号 第一条至第四条", answer.cite[0].titles["zh"])
        assertEquals(BigDecimal("200.00"), answer.nextBand?.amount)
        assertEquals(BigDecimal("10000"), answer.nextBand?.from?.decimal)
        assertEquals(false, answer.nextBand?.included)
    }

    @Test
    fun `an amount may be paid in instalments`() {
        val choir = RuleSet.parse(
            """
            {"rollbook":"1","id":"choir","edition":"1","languages":["en"],"title":"Choir","currency":"EUR",
            "sources":{"rules":{"title":"Rules","in_force":"2020-01-01","attested":"official"}},
            "charges":{"fee":{"per":"year","tariff":{"cite":"rules art. 3","amount":"99.90"},
            "round":{"cite":"rules art. 4","is":"half_up to 0.01"},
            "pay_by":{"quarters":{"cite":"rules art. 6","parts":"4","round":"half_up to 0.05"},
            "week":{"cite":"rules art. 5","times":"1/52","round":"half_up to 0.01"}}}}}
            """.trimIndent(),
        )
        val (quarters, week) = choir.dues(emptyMap<String, Any?>(), "2026").instalments
        assertEquals(Triple("quarters", BigDecimal("25.00"), 4), Triple(quarters.way, quarters.amount, quarters.count))
        assertEquals(Rest(last = true, amount = BigDecimal("24.90")), quarters.rest)
        assertEquals("art. 6" to Attested.OFFICIAL, quarters.cite[0].clause to quarters.attested)
        assertEquals(Since.Day(LocalDate.of(2020, 1, 1)), week.version)
        assertEquals(Triple(BigDecimal("1.92"), null, null), Triple(week.amount, week.count, week.rest))
    }

    @Test
    fun `numbers come in every exact type of the host`() {
        val bases = listOf(5400, 5400L, 5400.toShort(), BigInteger("5400"), BigDecimal("5.4E+3"), "5400", 5400u, Value.Number("5400"))
        for (base in bases) assertEquals(BigDecimal("81.00"), cpc.dues(full + ("base" to base), "2026-11").amount)
    }

    @Test
    fun `what is missing is listed and is not zero`() {
        val answer = assertInstanceOf(Answer.NeedsFacts::class.java, cpc.dues(full, "2026-11"))
        assertEquals(listOf("base"), answer.missing.map { it.name })
        assertNull(answer.amount)
        assertEquals("missing", answer.issues("en").first().code)
        assertEquals(listOf(PathItem.Name("base")), answer.issues("zh").first().path)
    }

    @Test
    fun `every status has its class`() {
        val told = mapOf(
            Answer.Charged::class to cpc.dues(waged, "2026-11"),
            Answer.Exempt::class to cpc.dues(waged + mapOf("hardship" to "exempt", "approved_by" to "next_higher_committee"), "2026-11"),
            Answer.NotDue::class to cpc.dues(mapOf("stage" to "applicant"), "2026-11"),
            Answer.NeedsFacts::class to cpc.dues(full, "2026-11"),
            Answer.NoRule::class to cpc.dues(full + ("category" to "irregular"), "2007-05"),
            Answer.Rejected::class to cpc.dues(full + ("base" to "5,400"), "2026-11"),
        )
        for ((wanted, answer) in told) assertEquals(wanted, answer::class)
        assertEquals(Status.entries.toSet(), told.values.map { it.status }.toSet())
    }

    @Test
    fun `a value that changed is a list of maps with days`() {
        val base = listOf(
            mapOf("from" to LocalDate.of(2026, 6, 15), "value" to BigDecimal("4000")),
            mapOf("from" to "2026-09-01", "value" to 6000),
        )
        val facts = full + mapOf("joined" to LocalDate.of(2026, 6, 15), "base" to base)
        assertEquals(BigDecimal("40.00"), cpc.dues(facts, "2026-12").amount) // the base of a year stays
        val later = full + ("base" to listOf(mapOf("from" to LocalDate.of(2026, 12, 1), "value" to 4000)))
        assertEquals(LocalDate.of(2026, 1, 1), cpc.dues(later, "2026-11").missing[0].on)
    }

    @Test
    fun `records of a list give lines`() {
        val payments = listOf(
            mapOf("paid" to BigDecimal("10"), "paid_on" to LocalDate.of(2026, 11, 5)),
            mapOf("paid" to 2000, "paid_on" to LocalDate.of(2026, 11, 6)),
        )
        val answer = cpc.dues(mapOf("voluntary_payments" to payments), "2026-11", charge = "voluntary")
        assertEquals(listOf(0 to LocalDate.of(2026, 11, 5), 1 to LocalDate.of(2026, 11, 6)), answer.lines.map { it.record to it.day })
        assertEquals(listOf(BigDecimal("10.00"), BigDecimal("2000.00")), answer.lines.map { it.amount })
    }

    @Test
    fun `a longer period is answered part by part`() {
        val answer = cpc.dues(waged, "2026-Q4")
        assertEquals(BigDecimal("243.00"), answer.amount)
        assertEquals(listOf("2026-10", "2026-11", "2026-12"), answer.parts.map { it.period })
    }

    @Test
    fun `settings, rules set aside and the day of knowledge reach the engine`() {
        val farmer = mapOf("stage" to "full", "category" to "farmer")
        assertEquals(BigDecimal("0.50"), cpc.dues(farmer, "2026-11", settings = mapOf("farmer_dues" to BigDecimal("0.50"))).amount)
        val decided = listOf(mapOf("from" to LocalDate.of(2026, 1, 1), "value" to BigDecimal("0.60")))
        assertEquals(BigDecimal("0.60"), cpc.dues(farmer, "2026-11", settings = mapOf("farmer_dues" to decided)).amount)
        val rich = full + ("base" to 60000)
        assertEquals(BigDecimal("1000.00"), cpc.dues(rich, "2026-11").amount)
        assertEquals(BigDecimal("1200.00"), cpc.dues(rich, "2026-11", setAside = mapOf("dues.limits.cap" to "wants to")).amount)
        assertEquals(BigDecimal("1200.00"), cpc.dues(rich, "2026-11", known = LocalDate.of(2016, 12, 31)).amount)
    }

    @Test
    fun `the steps come when they are asked for`() {
        assertNull(cpc.dues(waged, "2026-11").trace)
        val trace = cpc.dues(waged, "2026-11", trace = true).trace.orEmpty()
        val numbers = trace.flatMap { it.fields }.mapNotNull { (it.value as? StepValue.Number)?.number?.toString() }
        assertTrue("5400" in numbers && "81" in numbers, numbers.toString())
    }

    @Test
    fun `an answer is explained in the language that is asked for`() {
        val answer = cpc.dues(waged, "2026-11", trace = true)
        assertTrue("每月应交 81.00 元" in answer.explain("zh"))
        assertTrue("5400 × 1.5% = 81" in answer.explain("en"))
        assertTrue("**" in answer.explain("en", Format.MARKDOWN))
        assertTrue("\"amount\":\"81.00\"" in answer.explain("en", Format.JSON))
    }

    @Test
    fun `many are answered as each is`() {
        val rows = listOf(waged, full + ("base" to 3000), full + ("base" to "x"), emptyMap(), waged + ("category" to "retired"))
        val many = cpc.duesOfMany(rows, "2026-11", trace = true)
        val each = rows.map { cpc.dues(it, "2026-11", trace = true) }
        assertEquals(each, many)
        assertEquals(each.map { it.toJson() }, many.map { it.toJson() })
        assertEquals(each.map { it.explain("zh") }, many.map { it.explain("zh") })
        assertEquals(emptyList<Answer>(), cpc.duesOfMany(emptyList(), "2026-11"))
    }

    @Test
    fun `an answer has the bytes of the engine`() {
        val request = """{"facts":{"stage":"full","category":"waged","base":"5400"},"period":"2026-11","trace":true}"""
        assertEquals("""{"answer":${cpc.dues(waged, "2026-11", trace = true).toJson()}}""", cpc.duesJson(request))
    }

    @Test
    fun `answers that say the same are equal and show no amount`() {
        val one = cpc.dues(waged, "2026-11")
        val other = cpc.dues(full + ("base" to "5400.00"), "2026-11")
        assertEquals(one, other)
        assertEquals(one.hashCode(), other.hashCode())
        assertEquals("Answer(charge=dues, period=2026-11, status=CHARGED)", one.toString())
    }
}
