package dev.kombo.lab.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/**
 * What shoppers really did, visit by visit: what they paid, beside what they would have paid without offers, and how they
 * answered. Kept by shopper, since nobody knows whose arm is which before the service tells.
 */
final class TruthAccount {
    private final Map<String, UserTruth> users = new HashMap<>();

    /**
     * Figures of some users from their entry on.
     *
     * @param users number of users
     * @param revenueMinor what they paid, in minor units
     * @param naturalMinor what they would have paid without offers, in minor units
     */
    record Money(long users, long revenueMinor, long naturalMinor) {
        /** Revenue over that without offers, less 1; NaN where there would have been none. */
        double uplift() {
            return naturalMinor == 0 ? Double.NaN : (revenueMinor - naturalMinor) / (double) naturalMinor;
        }
    }

    /** What the shop knows of a user. */
    UserTruth user(String userId) {
        return users.computeIfAbsent(userId, unused -> new UserTruth());
    }

    /**
     * Sums up money of users of the experiment.
     *
     * @param entries of all users
     * @param chosen which of the entries count
     * @param millis time after entry that counts
     */
    Money money(Map<String, ServiceReport.Entry> entries, Predicate<ServiceReport.Entry> chosen, long millis) {
        long count = 0;
        long revenue = 0;
        long natural = 0;
        for (Map.Entry<String, ServiceReport.Entry> each : entries.entrySet()) {
            ServiceReport.Entry entry = each.getValue();
            if (chosen.test(entry)) {
                UserTruth user = user(each.getKey());
                count++;
                revenue += user.revenueMinor(entry.time(), millis);
                natural += user.naturalMinor(entry.time(), millis);
            }
        }
        return new Money(count, revenue, natural);
    }

    /** Counts of the users of an arm; offers are made, and money counted, from entry on. */
    ServiceReport.ArmFigures figures(Map<String, ServiceReport.Entry> entries, String arm) {
        return entries.entrySet().stream()
                .filter(each -> each.getValue().arm().equals(arm))
                .map(each -> user(each.getKey()).figures(each.getValue().time()))
                .reduce(ServiceReport.ArmFigures.NONE, ServiceReport.ArmFigures::plus);
    }

    /** What one shopper really did. For one thread. */
    static final class UserTruth {
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
            visits.add(new Paid(
                    time, session.purchases(), session.revenueMinor(), bundles, session.organicRevenueMinor()));
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
}
