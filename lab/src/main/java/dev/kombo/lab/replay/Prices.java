package dev.kombo.lab.replay;

import java.math.BigDecimal;

/** The rules for money that the formats share. */
final class Prices {
    /** Digits of the minor unit of the currencies of the built-in formats: pence and cents. */
    static final int MINOR_DIGITS = 2;

    private Prices() {}

    /**
     * A price in minor units, rounded half up.
     *
     * @throws RejectedRowException {@code price-not-positive}; {@code price-below-minor-unit} where a positive price rounds
     *     to 0, which would give the goods away
     */
    static long positiveMinorUnits(BigDecimal price, String column) {
        if (price.signum() <= 0) {
            throw new RejectedRowException(
                    "price-not-positive", column, "expected a price above 0, found " + price.toPlainString());
        }
        long minor = Fields.minorUnits(price, MINOR_DIGITS);
        if (minor == 0) {
            throw new RejectedRowException(
                    "price-below-minor-unit",
                    column,
                    "expected at least half a minor unit, found " + price.toPlainString());
        }
        return minor;
    }
}
