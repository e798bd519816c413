package dev.kombo.engine.replay;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;

/** What counts as the reward of a rank in a slate. */
public enum Reward {
    /** 1 where its bundle is clicked. */
    CLICKS,
    /** 1 where its bundle is bought whole after it was seen or clicked; a later return subtracts nothing. */
    CONVERSIONS,
    /** Money attributed to it, less returns, in minor units of one currency. */
    REVENUE;

    /** The reward that an outcome of an offered bundle adds. */
    double of(Outcome outcome) {
        return switch (this) {
            case CLICKS -> outcome.kind() == OutcomeKind.CLICK ? 1 : 0;
            case CONVERSIONS -> outcome.kind() == OutcomeKind.CONVERSION ? 1 : 0;
            case REVENUE -> outcome.bought().amount().revenueMinor();
        };
    }

    /** The expected reward of a bundle, from its probability of being bought and its price in minor units. */
    double expected(double taken, long priceMinor) {
        return this == REVENUE ? taken * priceMinor : taken;
    }
}
