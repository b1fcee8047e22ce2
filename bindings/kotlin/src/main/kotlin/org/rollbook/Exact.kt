package org.rollbook

import java.math.BigDecimal

/**
 * An exact number: a decimal with the decimals that it needs, or a fraction such as `100/3`, which no decimal can write.
 */
public class Exact internal constructor(private val text: String) {
    /** The number as a decimal; null where it is a fraction. */
    public val decimal: BigDecimal?
        get() = if (text.contains('/')) null else BigDecimal(text)

    override fun equals(other: Any?): Boolean = other is Exact && text == other.text

    override fun hashCode(): Int = text.hashCode()

    /** The number as the rule set writes it: `81`, `14.99995`, `100/3`. */
    override fun toString(): String = text
}
