package dev.kombo.query;

import dev.kombo.schema.CartLine;
import dev.kombo.schema.CategoryAffinity;
import dev.kombo.schema.Enrollment;
import dev.kombo.schema.EventType;
import dev.kombo.schema.UserProfile;
import dev.kombo.serde.Floats;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of a shopper, as JSON. All times are epoch milliseconds of events.
 *
 * @param id user id, or session id
 * @param session whether the id is a session's
 * @param events accepted events by type; types never seen are left out
 * @param spend money spent less returns, by currency
 * @param categories decayed interest, strongest first
 * @param robot whether flagged as a robot at the time last seen
 * @param enrollment the arm assigned at entry, or null before
 * @param openOffers offers whose attribution window is open
 * @param vector factors; empty before the first step
 */
record ProfileView(
        String id,
        boolean session,
        long firstSeen,
        long lastSeen,
        Map<String, Integer> events,
        List<Money> spend,
        List<Category> categories,
        List<Line> cart,
        boolean robot,
        Entry enrollment,
        int openOffers,
        float[] vector) {
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

    static ProfileView of(String id, boolean session, UserProfile profile) {
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
                Floats.fromBuffer(profile.getVector()));
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
