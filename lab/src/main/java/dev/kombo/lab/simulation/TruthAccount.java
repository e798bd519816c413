package dev.kombo.lab.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What shoppers really paid, visit by visit, beside what they would have paid without offers. */
final class TruthAccount {
    private record Paid(String userId, long time, long revenueMinor, long naturalMinor) {}

    private final List<Paid> visits = new ArrayList<>();

    /**
     * Money of some users from their entry on.
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

    /** Adds a visit that was paid for. */
    void paid(ShopperSession session, long time) {
        visits.add(new Paid(session.shopper().userId(), time, session.revenueMinor(), session.naturalRevenueMinor()));
    }

    /**
     * Sums up users of the experiment.
     *
     * @param entries of all users
     * @param chosen which of the entries count
     * @param millis time after entry that counts
     */
    Money after(Map<String, ServiceReport.Entry> entries, Predicate<ServiceReport.Entry> chosen, long millis) {
        long revenue = 0;
        long natural = 0;
        for (Paid visit : visits) {
            ServiceReport.Entry entry = entries.get(visit.userId());
            if (entry != null
                    && chosen.test(entry)
                    && visit.time() >= entry.time()
                    && visit.time() - entry.time() < millis) {
                revenue += visit.revenueMinor();
                natural += visit.naturalMinor();
            }
        }
        long users = entries.values().stream().filter(chosen).count();
        return new Money(users, revenue, natural);
    }
}
