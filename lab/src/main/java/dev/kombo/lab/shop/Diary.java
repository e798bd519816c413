package dev.kombo.lab.shop;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;

/** What a shopper remembers of earlier visits. Touched only by the thread that runs the shop floor. */
final class Diary {
    /**
     * A line of an earlier order.
     *
     * @param orderId the order
     * @param itemId the item, or null where a bundle was bought
     * @param bundleId the bundle, or null
     * @param unitPriceMinor price of one unit in minor units
     */
    record Line(String orderId, String itemId, String bundleId, long unitPriceMinor) {}

    private static final int LINES_KEPT = 20;
    private static final double FATIGUE_LASTS_MILLIS = 60_000;

    private final ArrayDeque<Line> lines = new ArrayDeque<>();
    private final Set<String> ownedBundles = new HashSet<>();
    private double fatigue;
    private long lastSawOffer;
    private String arm;

    void bought(Line line) {
        if (line.bundleId() != null) {
            ownedBundles.add(line.bundleId());
        }
        lines.addLast(line);
        if (lines.size() > LINES_KEPT) {
            lines.removeFirst();
        }
    }

    boolean hasLines() {
        return !lines.isEmpty();
    }

    /** The oldest line remembered, which is forgotten: it is rated or returned once. */
    Line takeLine() {
        return lines.removeFirst();
    }

    boolean owns(String bundleId) {
        return ownedBundles.contains(bundleId);
    }

    /** Offers seen lately, each weighing less the older it is. */
    double fatigue(long now) {
        return fatigue * Math.exp(-(now - lastSawOffer) / FATIGUE_LASTS_MILLIS);
    }

    void sawOffer(long now) {
        fatigue = fatigue(now) + 1;
        lastSawOffer = now;
    }

    /** Remembers the arm of an offer. Returns whether the shopper was not known to be in that arm. */
    boolean enters(String offeredArm) {
        boolean first = !offeredArm.equals(arm);
        arm = offeredArm;
        return first;
    }
}
