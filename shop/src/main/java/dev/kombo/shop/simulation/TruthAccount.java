package dev.kombo.shop.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/**
 * Records what simulated shoppers really did, visit by visit: what they paid, what they would have paid without offers,
 * and their feedback. It is kept by shopper, since arms are known only once the service reports them.
 */
final class TruthAccount {
    private final Map<String, UserTruth> users = new HashMap<>();

    /**
     * What some users paid, in minor units.
     *
     * @param revenueMinor what they paid
     * @param withoutOffersMinor what they would have paid without offers
     * @param marginMinor what they paid less costs
     * @param withoutOffersMarginMinor the same without offers
     */
    record Payments(long revenueMinor, long withoutOffersMinor, long marginMinor, long withoutOffersMarginMinor) {
        static final Payments NONE = new Payments(0, 0, 0, 0);

        Payments plus(Payments other) {
            return new Payments(
                    revenueMinor + other.revenueMinor,
                    withoutOffersMinor + other.withoutOffersMinor,
                    marginMinor + other.marginMinor,
                    withoutOffersMarginMinor + other.withoutOffersMarginMinor);
        }

        /** Revenue over that without offers, less 1; NaN if there would have been none. */
        double uplift() {
            return withoutOffersMinor == 0
                    ? Double.NaN
                    : (revenueMinor - withoutOffersMinor) / (double) withoutOffersMinor;
        }
    }

    /** Returns the record of a user. */
    UserTruth user(String userId) {
        return users.computeIfAbsent(userId, unused -> new UserTruth());
    }

    /**
     * Sums up what the users of an arm paid.
     *
     * @param entries assignments of all users
     * @param millis time after assignment that counts
     */
    Payments money(Map<String, ServiceReport.Entry> entries, String arm, long millis) {
        return ofArm(entries, arm, (user, entry) -> user.money(entry, millis)).reduce(Payments.NONE, Payments::plus);
    }

    /** Returns the counts of the users of an arm; offers and revenue count from the assignment on. */
    ServiceReport.ArmTotals figures(Map<String, ServiceReport.Entry> entries, String arm) {
        return ofArm(entries, arm, UserTruth::figures)
                .reduce(ServiceReport.ArmTotals.NONE, ServiceReport.ArmTotals::plus);
    }

    private <T> Stream<T> ofArm(
            Map<String, ServiceReport.Entry> entries, String arm, BiFunction<UserTruth, Long, T> since) {
        return entries.entrySet().stream()
                .filter(each -> each.getValue().arm().equals(arm))
                .map(each -> since.apply(user(each.getKey()), each.getValue().time()));
    }

    private record PaidVisit(long time, int lines, long bundlesMinor, Payments money) {}

    /** What one shopper really did. Not thread-safe. */
    static final class UserTruth {
        private final List<PaidVisit> visits = new ArrayList<>();
        private long offers;
        private long impressions;
        private long clicks;
        private long clickedOffers;
        private long taken;

        /** Records a visit that was paid for. */
        void paid(ShopperSession session, long time) {

            Payments money = new Payments(
                    session.revenueMinor(),
                    session.organicRevenueMinor(),
                    session.revenueMinor() - session.costMinor(),
                    session.organicRevenueMinor() - session.organicCostMinor());
            visits.add(new PaidVisit(time, session.purchases(), session.takenMinor(), money));
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

        /** What was paid within a time after an assignment. */
        Payments money(long entry, long millis) {
            return since(entry, millis).map(PaidVisit::money).reduce(Payments.NONE, Payments::plus);
        }

        private Stream<PaidVisit> since(long entry, long millis) {
            return visits.stream().filter(visit -> visit.time() >= entry && visit.time() - entry < millis);
        }

        /** Counts and revenue since an assignment, as a report would have them; conversions are accepted bundles. */
        ServiceReport.ArmTotals figures(long entry) {
            return new ServiceReport.ArmTotals(
                    1,
                    offers,
                    impressions,
                    clicks,
                    clickedOffers,
                    taken,
                    since(entry, Long.MAX_VALUE).mapToLong(PaidVisit::lines).sum(),
                    money(entry, Long.MAX_VALUE).revenueMinor(),
                    since(entry, Long.MAX_VALUE)
                            .mapToLong(PaidVisit::bundlesMinor)
                            .sum());
        }
    }
}
