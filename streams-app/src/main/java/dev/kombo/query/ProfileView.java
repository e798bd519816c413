package dev.kombo.query;

import dev.kombo.query.http.Described;
import dev.kombo.schema.CartLine;
import dev.kombo.schema.CategoryAffinity;
import dev.kombo.schema.Enrollment;
import dev.kombo.schema.EventType;
import dev.kombo.schema.UserProfile;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is known of a shopper, as JSON. All times are epoch milliseconds of events. */
record ProfileView(
        @Described("user id, or session id") String id,
        boolean session,
        long firstSeen,
        long lastSeen,
        @Described("accepted events by type; types never seen are left out") Map<String, Integer> events,
        @Described("money spent less returns, by currency") List<Money> spend,
        @Described("decayed interest, strongest first") List<Category> categories,
        List<Line> cart,
        @Described("whether flagged as a robot when last seen") boolean robot,
        @Described(value = "the arm assigned at entry; null before", nullable = true) Entry enrollment,
        @Described("offers whose attribution window is open") int openOffers,
        @Described("whether it comes from a copy that may be behind") boolean stale) {
    /** Interest in a category. */
    record Category(String category, float weight) {
        static Category of(CategoryAffinity affinity) {
            return new Category(affinity.getCategory(), affinity.getWeight());
        }
    }

    /** A line of the cart. */
    record Line(String itemId, int quantity, long addedAt) {
        static Line of(CartLine line) {
            return new Line(line.getItemId(), line.getQuantity(), line.getAddedAt());
        }
    }

    /** Entry into an experiment. */
    record Entry(String experiment, String arm, long strategyVersion, long enteredAt) {
        static Entry orNull(Enrollment enrollment) {
            return enrollment == null
                    ? null
                    : new Entry(
                            enrollment.getExperiment(),
                            enrollment.getArm(),
                            enrollment.getStrategyVersion(),
                            enrollment.getEnteredAt());
        }
    }

    static ProfileView of(String id, boolean session, UserProfile profile, boolean stale) {
        return new ProfileView(
                id,
                session,
                profile.getFirstSeen(),
                profile.getLastSeen(),
                counts(profile.getEventCounts()),
                new TreeMap<>(profile.getSpend())
                        .entrySet().stream()
                                .map(spent -> new Money(spent.getValue(), spent.getKey()))
                                .toList(),
                profile.getCategories().stream().map(Category::of).toList(),
                profile.getCart().stream().map(Line::of).toList(),
                profile.getRobotUntil() > profile.getLastSeen(),
                Entry.orNull(profile.getEnrollment()),
                profile.getOffers().size(),
                stale);
    }

    private static Map<String, Integer> counts(List<Integer> byOrdinal) {
        EventType[] types = EventType.values();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (int i = 0; i < Math.min(types.length, byOrdinal.size()); i++) {
            if (byOrdinal.get(i) > 0) {
                counts.put(types[i].name(), byOrdinal.get(i));
            }
        }
        return counts;
    }
}
