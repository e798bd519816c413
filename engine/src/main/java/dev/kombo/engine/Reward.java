package dev.kombo.engine;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;

/** What a rank of a slate is credited with. */
public enum Reward {
    /** 1 where its bundle is clicked. */
    CLICKS,
    /** 1 where its bundle is bought whole, seen or clicked before; a later return takes nothing off. */
    CONVERSIONS,
    /** Money attributed to it, less returns, in minor units of one currency. */
    REVENUE;

    /** What an outcome about a bundle of an offer adds. */
    double of(Outcome outcome) {
        return switch (this) {
            case CLICKS -> outcome.kind() == OutcomeKind.CLICK ? 1 : 0;
            case CONVERSIONS -> outcome.kind() == OutcomeKind.CONVERSION ? 1 : 0;
            case REVENUE -> outcome.amount().revenueMinor();
        };
    }

    /** What a bundle is expected to add where it is taken at a price in minor units. */
    double expected(double taken, long priceMinor) {
        return this == REVENUE ? taken * priceMinor : taken;
    }
}
