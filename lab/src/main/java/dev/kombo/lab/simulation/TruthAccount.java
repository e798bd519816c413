package dev.kombo.lab.simulation;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

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
}
