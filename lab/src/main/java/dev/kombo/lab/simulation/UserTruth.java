package dev.kombo.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToLongFunction;

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
        return sum(entry, millis, Paid::revenueMinor);
    }

    /** What would have been paid in a time from an entry on without offers, in minor units. */
    long naturalMinor(long entry, long millis) {
        return sum(entry, millis, Paid::naturalMinor);
    }

    private long sum(long entry, long millis, ToLongFunction<Paid> figure) {
        return visits.stream()
                .filter(visit -> visit.time() >= entry && visit.time() - entry < millis)
                .mapToLong(figure)
                .sum();
    }

    /** Counts and money since an entry, as a report would have them; conversions are bundles taken. */
    ServiceReport.ArmFigures figures(long entry) {
        return new ServiceReport.ArmFigures(
                1,
                offers,
                impressions,
                clicks,
                taken,
                sum(entry, Long.MAX_VALUE, Paid::lines),
                revenueMinor(entry, Long.MAX_VALUE),
                sum(entry, Long.MAX_VALUE, Paid::bundlesMinor));
    }
}
