package org.rollbook

import java.math.BigDecimal
import java.math.BigInteger
import java.time.LocalDate
import java.time.YearMonth

/** A number with more digits than this goes to the engine as it is written, to be refused there by the name of its fact. */
private const val MANY_DIGITS = 200L

/** An integer with more bits than this is nobody's amount, and writing it down takes long. */
private const val MANY_BITS = 10_000

private const val WANTED =
    "String, BigDecimal, Int, Long, Boolean, LocalDate, a list of Strings, or a list of maps with the keys from and value"

/** Facts or settings as the engine reads them. */
internal fun valuesOf(told: Map<*, *>, what: String): Map<String, Value> {
    val values = HashMap<String, Value>(told.size * 2)
    for ((name, value) in told) {
        if (name !is String) throw wrongValue(what, "a map with a key that is no String", "names as Strings")
        values[whole(name, what)] = valueOf(name, value)
    }
    return values
}

/** A value as the engine reads it. Types that carry no exact value, or another than a fact has, are refused by name. */
private fun valueOf(name: String, value: Any?): Value = when (value) {
    null -> throw wrongValue(name, "null", "a value, or leave it out where nothing is known")
    is Value -> value
    is String -> Value.Text(whole(value, name))
    is BigDecimal -> Value.Number(digits(value))
    is Int, is Long, is Short, is Byte, is UInt, is ULong, is UShort, is UByte -> Value.Number(value.toString())
    is Boolean -> Value.YesNo(value)
    is LocalDate -> Value.Date(value.toString())
    is YearMonth -> Value.Text(value.toString())
    is BigInteger ->
        if (value.bitLength() <= MANY_BITS) Value.Number(value.toString())
        else throw wrongValue(name, "a BigInteger of thousands of digits", "a number that somebody owes")
    is Double, is Float ->
        throw wrongValue(name, "a ${value.javaClass.simpleName}, which is a binary float", "BigDecimal(\"5400.50\") or a String")
    is java.util.Date, is java.time.temporal.Temporal ->
        throw wrongValue(name, "a ${value.javaClass.simpleName}, which has a time or a zone", "java.time.LocalDate")
    is Iterable<*> -> listOf(name, value.toList())
    is Array<*> -> listOf(name, value.asList())
    else -> throw wrongValue(name, "a ${value.javaClass.simpleName}", WANTED)
}

private fun listOf(name: String, items: List<Any?>): Value = when {
    items.all { it is Map<*, *> } ->
        Value.Records(items.mapIndexed { number, record -> recordOf("$name/$number", record as Map<*, *>) })
    items.all { it is String } -> Value.Words(items.map { whole(it as String, name) })
    items.all { it is Dated } -> Value.History(items.map { it as Dated })
    else -> throw wrongValue(name, "a list of other things", "a list of Strings, or a list of maps")
}

private fun recordOf(place: String, record: Map<*, *>): Map<String, Value> =
    record.entries.associate { (field, value) ->
        if (field !is String) throw wrongValue(place, "a map with a key that is no String", "names as Strings")
        whole(field, place) to valueOf("$place/$field", value)
    }

/** Plain digits: `1E+3` is written `1000`, unless that were a page of zeros. */
private fun digits(number: BigDecimal): String {
    val places = number.precision().toLong() + Math.abs(number.scale().toLong())
    return if (places <= MANY_DIGITS) number.toPlainString() else number.toString()
}

/** The text itself, if it has no half of a character. */
private fun whole(text: String, name: String): String {
    var at = 0
    while (at < text.length) {
        val character = text[at]
        val pair = character.isHighSurrogate() && at + 1 < text.length && text[at + 1].isLowSurrogate()
        if (character.isSurrogate() && !pair) throw halfCharacter(if (name === text) "name" else name)
        at += if (pair) 2 else 1
    }
    return text
}
