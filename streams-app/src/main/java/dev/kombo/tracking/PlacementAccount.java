package dev.kombo.tracking;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/** Figures of one placement in one arm since the start. Touched by one thread. */
public final class PlacementAccount {
    private final String placement;
    private long offers;
    private long impressions;
    private long clicks;
    private long dismissals;
    private long conversions;
    private final Map<String, Long> attributedMinor = new TreeMap<>();

    /** A placement of which nothing is counted yet. */
    public PlacementAccount(String placement) {
        this.placement = placement;
    }

    /** Puts stored counts back. */
    public void restore(
            long storedOffers,
            long storedImpressions,
            long storedClicks,
            long storedDismissals,
            long storedConversions,
            Map<String, Long> storedAttributed) {
        offers = storedOffers;
        impressions = storedImpressions;
        clicks = storedClicks;
        dismissals = storedDismissals;
        conversions = storedConversions;
        attributedMinor.putAll(storedAttributed);
    }

    /** Where offers were shown. */
    public String placement() {
        return placement;
    }

    /** Slates offered. */
    public long offers() {
        return offers;
    }

    /** Slates seen. */
    public long impressions() {
        return impressions;
    }

    /** Bundles clicked. */
    public long clicks() {
        return clicks;
    }

    /** Slates or bundles dismissed. */
    public long dismissals() {
        return dismissals;
    }

    /** Bundles bought whole. */
    public long conversions() {
        return conversions;
    }

    /** Attributed revenue, less returns, by currency, in minor units. */
    public Map<String, Long> attributedMinor() {
        return Collections.unmodifiableMap(attributedMinor);
    }

    /** Counts an outcome of the placement. */
    void apply(Outcome outcome) {
        switch (outcome.kind()) {
            case OFFERED -> offers++;
            case IMPRESSION -> impressions++;
            case CLICK -> clicks++;
            case DISMISSAL -> dismissals++;
            case CONVERSION -> conversions++;
            default -> {
                // Of the rest only the money of returns counts.
            }
        }
        Amount amount = outcome.amount();
        if (!Lines.isNone(amount.currency()) && amount.revenueMinor() != 0) {
            attributedMinor.merge(amount.currency(), amount.revenueMinor(), Long::sum);
        }
    }
}
