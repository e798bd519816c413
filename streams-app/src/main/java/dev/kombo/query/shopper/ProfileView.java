package dev.kombo.query.shopper;

import dev.kombo.experiment.Enrollment;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.query.http.Described;
import dev.kombo.query.source.Money;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A shopper's profile as JSON. All times are epoch milliseconds of events. */
record ProfileView(
        @Described("user id, or session id") String id,
        boolean session,
        long firstSeen,
        long lastSeen,

        @Described("accepted events by type; types never seen are left out")
        Map<String, Integer> events,

        @Described("money spent less returns, by currency") List<Money> spend,
        @Described("decayed interest, strongest first") List<CategoryAffinity> categories,
        List<CartLine> cart,

        @Described("whether flagged as a robot when last seen")
        boolean robot,

        @Described(value = "the arm assigned at entry; null before", nullable = true)
        Enrollment enrollment,

        @Described("offers whose attribution window is open")
        int openOffers,

        @Described("whether it comes from a copy that may lag behind")
        boolean stale) {
    /** Interest in a category. */
    record CategoryAffinity(
            String category,

            @Described("decayed sum of event weights, at lastSeen")
            float weight) {}

    /** A line of the cart. */
    record CartLine(
            String itemId,
            int quantity,
            @Described("epoch milliseconds") long addedAt) {}

    static ProfileView of(Shoppers.Found found) {
        Behavior behavior = found.shopper().behavior();
        return new ProfileView(
                found.id(),
                found.session(),
                behavior.firstSeen(),
                behavior.lastSeen(),
                counts(behavior),
                new TreeMap<>(behavior.spend())
                        .entrySet().stream()
                                .map(spent -> new Money(spent.getValue(), spent.getKey()))
                                .toList(),
                behavior.categories().strongestFirst().stream()
                        .map(affinity -> new CategoryAffinity(affinity.category(), affinity.weight()))
                        .toList(),
                behavior.cart().lines().stream()
                        .map(line -> new CartLine(line.itemId(), line.quantity(), line.addedAt()))
                        .toList(),
                behavior.rate().robotUntil() > behavior.lastSeen(),
                found.shopper().enrollment(),
                found.shopper().ledger().offers().size(),
                found.stale());
    }

    private static Map<String, Integer> counts(Behavior behavior) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < EventType.count(); i++) {
            if (behavior.count(EventType.of(i)) > 0) {
                counts.put(EventType.of(i).name(), behavior.count(EventType.of(i)));
            }
        }
        return counts;
    }
}
