package dev.kombo.query;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.query.http.Described;
import dev.kombo.schema.CartLine;
import dev.kombo.schema.CategoryAffinity;
import dev.kombo.schema.Enrollment;
import dev.kombo.schema.EventType;
import dev.kombo.schema.UserProfile;
import dev.kombo.serde.AvroJson;
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
        @Described(value = "decayed interest, strongest first", avro = CategoryAffinity.class)
                List<JsonNode> categories,
        @Described(avro = CartLine.class) List<JsonNode> cart,
        @Described("whether flagged as a robot when last seen") boolean robot,
        @Described(value = "the arm assigned at entry; null before", nullable = true, avro = Enrollment.class)
                JsonNode enrollment,
        @Described("offers whose attribution window is open") int openOffers,
        @Described("whether it comes from a copy that may be behind") boolean stale) {
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
                profile.getCategories().stream().<JsonNode>map(AvroJson::write).toList(),
                profile.getCart().stream().<JsonNode>map(AvroJson::write).toList(),
                profile.getRobotUntil() > profile.getLastSeen(),
                profile.getEnrollment() == null ? null : AvroJson.write(profile.getEnrollment()),
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
