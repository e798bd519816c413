package dev.kombo.lab.simulation;

import java.util.ArrayList;
import java.util.List;

/** What one shopper really did. For one thread. */
final class UserTruth {
    private record Paid(long time, int lines, long revenueMinor, long bundlesMinor, long naturalMinor) {}

    private final List<Paid> visits = new ArrayList<>();
    private long offers;
    private long impressions;
    private long clicks;
    private long taken;

    /** A visit was paid for. */
    void paid(ShopperSession session, long time) {
        long bundles = session.taken().stream()
                .mapToLong(taken -> taken.position().priceMinor())
                .sum();
        visits.add(new Paid(time, session.purchases(), session.revenueMinor(), bundles, session.organicRevenueMinor()));
    }

    /** An offer was made. */
    void offered() {
        offers++;
    }

    /** An offer was answered. */
    void answered(ShopperSession.Answer answer) {
        impressions += answer.seen() ? 1 : 0;
        clicks += answer.clicked().size();
        taken += answer.taken() == null ? 0 : 1;
    }

    /** What was paid in a time from an entry on, in minor units. */
    long revenueMinor(long entry, long millis) {
        long sum = 0;
        for (Paid visit : visits) {
            sum += within(visit, entry, millis) ? visit.revenueMinor() : 0;
        }
        return sum;
    }

    /** What would have been paid in a time from an entry on without offers, in minor units. */
    long naturalMinor(long entry, long millis) {
        long sum = 0;
        for (Paid visit : visits) {
            sum += within(visit, entry, millis) ? visit.naturalMinor() : 0;
        }
        return sum;
    }

    private static boolean within(Paid visit, long entry, long millis) {
        return visit.time() >= entry && visit.time() - entry < millis;
    }

    /** Counts and money since an entry, as a report would have them; conversions are bundles taken. */
    ServiceReport.ArmFigures figures(long entry) {
        long purchases = 0;
        long bundles = 0;
        for (Paid visit : visits) {
            purchases += visit.time() >= entry ? visit.lines() : 0;
            bundles += visit.time() >= entry ? visit.bundlesMinor() : 0;
        }
        return new ServiceReport.ArmFigures(
                1, offers, impressions, clicks, taken, purchases, revenueMinor(entry, Long.MAX_VALUE), bundles);
    }
}
