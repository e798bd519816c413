package dev.kombo.lab.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * Records what shoppers really did, visit by visit: what they paid, what they would have paid without offers, and their
 * feedback. It is kept by shopper, since arms are known only once the service reports them.
 */
final class TruthAccount {
    private final Map<String, UserTruth> users = new HashMap<>();

    /**
     * Revenue of some users from their assignment on.
     *
     * @param users number of users
     * @param revenueMinor what they paid, in minor units
     * @param organicMinor what they would have paid without offers, in minor units
     * @param marginMinor what they paid less costs, in minor units
     * @param organicMarginMinor the same without offers
     */
    record Money(long users, long revenueMinor, long organicMinor, long marginMinor, long organicMarginMinor) {
        /** Revenue over that without offers, less 1; NaN if there would have been none. */
        double uplift() {
            return organicMinor == 0 ? Double.NaN : (revenueMinor - organicMinor) / (double) organicMinor;
        }
    }

    /** Returns the record of a user. */
    UserTruth user(String userId) {
        return users.computeIfAbsent(userId, unused -> new UserTruth());
    }

    /**
     * Sums up the revenue of users of the experiment.
     *
     * @param entries assignments of all users
     * @param chosen selects assignments
     * @param millis time after assignment that counts
     */
    Money money(Map<String, ServiceReport.Entry> entries, Predicate<ServiceReport.Entry> chosen, long millis) {
        long count = 0;
        long revenue = 0;
        long organic = 0;
        long margin = 0;
        long organicMargin = 0;
        for (Map.Entry<String, ServiceReport.Entry> each : entries.entrySet()) {
            ServiceReport.Entry entry = each.getValue();
            if (chosen.test(entry)) {
                UserTruth user = user(each.getKey());
                count++;
                revenue += user.revenueMinor(entry.time(), millis);
                organic += user.organicMinor(entry.time(), millis);
                margin += user.sum(entry.time(), millis, VisitAmount::marginMinor);
                organicMargin += user.sum(entry.time(), millis, VisitAmount::organicMarginMinor);
            }
        }
        return new Money(count, revenue, organic, margin, organicMargin);
    }

    /** Returns the counts of the users of an arm; offers and revenue count from the assignment on. */
    ServiceReport.ArmFigures figures(Map<String, ServiceReport.Entry> entries, String arm) {
        return entries.entrySet().stream()
                .filter(each -> each.getValue().arm().equals(arm))
                .map(each -> user(each.getKey()).figures(each.getValue().time()))
                .reduce(ServiceReport.ArmFigures.NONE, ServiceReport.ArmFigures::plus);
    }

    private record VisitAmount(
            long time,
            int lines,
            long revenueMinor,
            long bundlesMinor,
            long organicMinor,
            long marginMinor,
            long organicMarginMinor) {}

    /** What one shopper really did. Not thread-safe. */
    static final class UserTruth {
        private final List<VisitAmount> visits = new ArrayList<>();
        private long offers;
        private long impressions;
        private long clicks;
        private long clickedOffers;
        private long taken;

        /** Records a visit that was paid for. */
        void paid(ShopperSession session, long time) {
            long bundles = session.taken().stream()
                    .mapToLong(taken -> taken.position().priceMinor())
                    .sum();
            visits.add(new VisitAmount(
                    time,
                    session.purchases(),
                    session.revenueMinor(),
                    bundles,
                    session.organicRevenueMinor(),
                    session.revenueMinor() - session.costMinor(),
                    session.organicRevenueMinor() - session.organicCostMinor()));
        }

        /** Records an offer. */
        void offered() {
            offers++;
        }

        /** Records the feedback on an offer. */
        void gave(ShopperSession.SlateFeedback feedback) {
            impressions += feedback.seen() ? 1 : 0;
            clicks += feedback.clicked().size();
            clickedOffers += feedback.clicked().isEmpty() ? 0 : 1;
            taken += feedback.taken() == null ? 0 : 1;
        }

        /** Amount paid within a time after an assignment, in minor units. */
        long revenueMinor(long entry, long millis) {
            return sum(entry, millis, VisitAmount::revenueMinor);
        }

        /** Amount that would have been paid within a time after an assignment without offers, in minor units. */
        long organicMinor(long entry, long millis) {
            return sum(entry, millis, VisitAmount::organicMinor);
        }

        private long sum(long entry, long millis, ToLongFunction<VisitAmount> figure) {
            return visits.stream()
                    .filter(visit -> visit.time() >= entry && visit.time() - entry < millis)
                    .mapToLong(figure)
                    .sum();
        }

        /** Counts and revenue since an assignment, as a report would have them; conversions are accepted bundles. */
        ServiceReport.ArmFigures figures(long entry) {
            return new ServiceReport.ArmFigures(
                    1,
                    offers,
                    impressions,
                    clicks,
                    clickedOffers,
                    taken,
                    sum(entry, Long.MAX_VALUE, VisitAmount::lines),
                    revenueMinor(entry, Long.MAX_VALUE),
                    sum(entry, Long.MAX_VALUE, VisitAmount::bundlesMinor));
        }
    }
}
