package dev.kombo.attribution.account;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.LineChecks;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.codec.Fields;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How often offers in one placement were made, seen, clicked, dismissed and bought in one arm of an experiment, and the
 * revenue attributed to them, since the start of the experiment.
 *
 * @param placement where offers were shown
 * @param offers slates offered
 * @param impressions slates seen
 * @param clicks bundles clicked
 * @param dismissals slates or bundles dismissed
 * @param conversions bundles bought whole
 * @param attributedMinor attributed revenue, less returns, by currency, in minor units
 */
public record PlacementAccount(
        String placement,
        long offers,
        long impressions,
        long clicks,
        long dismissals,
        long conversions,
        Map<String, Long> attributedMinor) {
    /** Stands for an account that is to be read. */
    static final PlacementAccount BLANK = new PlacementAccount("");

    /** Creates an account without any counts. */
    PlacementAccount(String placement) {
        this(placement, 0, 0, 0, 0, 0, Map.of());
    }

    PlacementAccount fields(Fields f) {
        Map<String, Long> sums = f.reading() ? new TreeMap<>() : attributedMinor;
        PlacementAccount counted = new PlacementAccount(
                f.text(placement),
                f.number(offers),
                f.number(impressions),
                f.number(clicks),
                f.number(dismissals),
                f.number(conversions),
                Collections.unmodifiableMap(sums));
        f.numbers(sums);
        return counted;
    }

    /** Returns the account with an outcome of the placement added. */
    PlacementAccount plus(Outcome outcome) {
        OutcomeKind kind = outcome.kind();
        return new PlacementAccount(
                placement,
                offers + (kind == OutcomeKind.OFFERED ? 1 : 0),
                impressions + (kind == OutcomeKind.IMPRESSION ? 1 : 0),
                clicks + (kind == OutcomeKind.CLICK ? 1 : 0),
                dismissals + (kind == OutcomeKind.DISMISSAL ? 1 : 0),
                conversions + (kind == OutcomeKind.CONVERSION ? 1 : 0),
                attributed(outcome.bought().amount()));
    }

    private Map<String, Long> attributed(Amount amount) {
        if (LineChecks.isNone(amount.currency()) || amount.revenueMinor() == 0) {
            return attributedMinor;
        }
        Map<String, Long> sums = new TreeMap<>(attributedMinor);
        sums.merge(amount.currency(), amount.revenueMinor(), Amount::sum);
        return Collections.unmodifiableMap(sums);
    }
}
