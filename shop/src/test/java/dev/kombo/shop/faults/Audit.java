package dev.kombo.shop.faults;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.item.ItemInput;
import dev.kombo.engine.item.PendingUpdates;
import dev.kombo.learning.Popularity;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.RejectedEvent;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.serialization.Deserializer;

/** Compares what an installation holds and has told with the books. */
final class Audit {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final int UNKNOWN = 404;
    /** Of an instance that has the store: before, it says that it has not. */
    private static final Set<Integer> KNOWS = Set.of(OK, UNKNOWN);

    private static final Set<OutcomeKind> BOOKED = Set.of(
            OutcomeKind.ENTERED,
            OutcomeKind.OFFERED,
            OutcomeKind.IMPRESSION,
            OutcomeKind.CLICK,
            OutcomeKind.CONVERSION,
            OutcomeKind.PURCHASED);

    private final Site site;
    private final Topics topics;
    private final Books books;
    private final Duration patience;
    /** Which each user entered, as the outcomes say. */
    private final Map<String, String> arms = new HashMap<>();

    private final Set<String> differences = new TreeSet<>();
    private long cells;

    private Audit(Site site, Books books, Duration patience) {
        this.site = site;
        this.topics = site.clients().topics();
        this.books = books;
        this.patience = patience;
    }

    /**
     * Compares all of it. To be called when nothing is sent any more.
     *
     * @param patience how long reports may still differ, as they are published up to a second after what they count
     */
    static Audit of(Site site, Books books, Duration patience) throws Exception {
        Audit audit = new Audit(site, books, patience);
        // Offers first: the books have each when the harness has read it.
        site.await("read by the harness", audit::offersAreRead);
        audit.outcomes();
        audit.profiles();
        audit.reports();
        audit.items();
        audit.leftOut();
        return audit;
    }

    /** All that differs; empty where all is as it must be. */
    Set<String> differences() {
        return differences;
    }

    /** Cells of profiles that were compared. */
    long cells() {
        return cells;
    }

    private boolean offersAreRead() {
        Set<String> found = new HashSet<>();
        site.read(topics.name(Topic.BUNDLE_OFFER), BundleOffer.class, (key, offer) -> found.add(offer.getOfferId()));
        synchronized (books) {
            return books.offers.keySet().equals(found);
        }
    }

    private void compare(String what, Map<String, Long> expected, Map<String, Long> found) {
        Set<String> keys = new TreeSet<>(expected.keySet());
        keys.addAll(found.keySet());
        for (String key : keys) {
            long wanted = expected.getOrDefault(key, 0L);
            long is = found.getOrDefault(key, 0L);
            if (wanted != is) {
                differences.add("%s: %s is %d, not %d".formatted(what, key, is, wanted));
            }
        }
    }

    private void outcomes() {
        Map<String, Long> found = new TreeMap<>();
        Set<String> once = new HashSet<>();
        site.read(
                topics.name(Topic.OFFER_OUTCOME),
                OfferOutcomes.class,
                (key, told) -> told.getOutcomes().forEach(outcome -> {
                    for (String fact : facts(outcome)) {
                        if (!once.add(fact)) {
                            differences.add(fact + " is there twice");
                        }
                    }
                    if (outcome.getKind() == OutcomeKind.ENTERED) {
                        arms.put(outcome.getUserId(), outcome.getArm());
                    }
                    if (BOOKED.contains(outcome.getKind())) {
                        Books.add(found, text(outcome), 1);
                    }
                }));
        compare("outcomes", books.outcomes, found);
    }

    /** What no two outcomes may say. */
    private static List<String> facts(OfferOutcome outcome) {
        String id = "outcome " + outcome.getOutcomeId();
        return switch (outcome.getKind()) {
            case ENTERED ->
                List.of(id, "that " + outcome.getUserId() + " entered experiment " + outcome.getExperiment());
            case CONVERSION -> List.of(id, "the credit for purchase " + outcome.getEventId());
            default -> List.of(id);
        };
    }

    private static String text(OfferOutcome outcome) {
        return outcome.getKind() + " "
                + switch (outcome.getKind()) {
                    case ENTERED -> outcome.getUserId();
                    case PURCHASED -> outcome.getEventId() + " " + outcome.getRevenueMinor();
                    case CONVERSION -> outcome.getOfferId() + " " + outcome.getRevenueMinor();
                    default -> outcome.getOfferId();
                };
    }

    private void profiles() throws Exception {
        for (Map.Entry<String, BookedShopper> shopper : books.shoppers.entrySet()) {
            JsonNode profile = profile(shopper.getKey());
            Map<String, String> expected = shopper.getValue().cells();
            expected.put("arm", arms.getOrDefault(shopper.getKey(), ProfileCells.NONE));
            Map<String, String> found = ProfileCells.of(profile);
            found.put("arm", profile.path("enrollment").path("arm").asText(ProfileCells.NONE));
            Set<String> all = new TreeSet<>(expected.keySet());
            all.addAll(found.keySet());
            for (String cell : all) {
                String wanted = expected.getOrDefault(cell, ProfileCells.NONE);
                String is = found.getOrDefault(cell, ProfileCells.NONE);
                if (!ProfileCells.equal(cell, wanted, is)) {
                    differences.add("profile of %s: %s is %s, not %s".formatted(shopper.getKey(), cell, is, wanted));
                }
            }
            cells += all.size();
        }
    }

    /** Without any content where the service knows nobody of this name. */
    private JsonNode profile(String user) throws Exception {
        List<HttpResponse<String>> answers = new ArrayList<>();
        site.await("answered", () -> {
            HttpResponse<String> answer = site.ask("/v1/users/" + user + "/profile");
            return answer != null && KNOWS.contains(answer.statusCode()) && answers.add(answer);
        });
        return answers.get(0).statusCode() == OK ? JSON.readTree(answers.get(0).body()) : MissingNode.getInstance();
    }

    private void reports() throws Exception {
        long giveUpAt = System.nanoTime() + patience.toNanos();
        Map<String, Long> found = totals();
        while (!found.equals(books.totals) && System.nanoTime() < giveUpAt) {
            TimeUnit.MILLISECONDS.sleep(200);
            found = totals();
        }
        compare("reports", books.totals, found);
    }

    private Map<String, Long> totals() throws Exception {
        Map<String, Long> found = new TreeMap<>();
        String answer = site.get("/v1/reports/conversions?window=TOTAL");
        if (answer == null) {
            return found;
        }
        for (JsonNode report : JSON.readTree(answer).path("reports")) {
            for (JsonNode arm : report.path("arms")) {
                for (String figure : books.totals.keySet()) {
                    Books.add(found, figure, arm.path(figure).asLong());
                    for (JsonNode amount : arm.path("amounts")) {
                        Books.add(found, figure, amount.path(figure).asLong());
                    }
                }
            }
        }
        return found;
    }

    /** What the item task learned and published: each touch once, and nothing that is no number. */
    private void items() {
        Map<String, Long> touches = new TreeMap<>();
        Map<String, Long> counted = new HashMap<>();
        Deserializer<EntityState> rows = site.clients().stored().entities().deserializer();
        site.read("kombo-item-state-changelog", rows, (target, state) -> {
            Popularity popularity = state.popularity();
            finite(
                    target,
                    popularity.shortTerm(),
                    popularity.longTerm(),
                    state.partners().mass());
            counted.put(target, state.counted());
            if (target.contains("item-")) {
                touches.put(target.substring(target.indexOf("item-")), state.interactions());
            }
        });
        Deserializer<PendingUpdates> pending =
                site.clients().stored().pendingUpdates().deserializer();
        site.read("kombo-item-pending-changelog", pending, (key, commit) -> {
            for (ItemInput update : commit.updates()) {
                String target = update.entity();
                // What the row has not counted yet.
                if (target.contains("item-")
                        && update.update().interaction() != null
                        && commit.number() > counted.get(target)) {
                    Books.add(touches, target.substring(target.indexOf("item-")), 1);
                }
            }
        });
        compare("touches", books.touches, touches);
        site.read(topics.name(Topic.ITEM_MODEL), ItemModel.class, (target, model) -> {
            // Factors are whole numbers times this.
            finite(target, model.getVectorScale(), model.getPopularityShort(), model.getPopularityLong());
        });
    }

    private void finite(String target, double... numbers) {
        for (double number : numbers) {
            if (!Double.isFinite(number)) {
                differences.add("of " + target + " something is " + number);
            }
        }
    }

    private void leftOut() {
        site.read(
                topics.name(Topic.REJECTED_EVENT),
                RejectedEvent.class,
                (key, rejected) ->
                        differences.add("rejected: " + rejected.getReason() + " of " + rejected.getEventId()));
        try (var consumer = site.clients().bytes(IsolationLevel.READ_COMMITTED)) {
            long dead = consumer
                    .endOffsets(TopicReader.partitions(consumer, List.of(topics.name(Topic.DEAD_LETTER))))
                    .values()
                    .stream()
                    .mapToLong(Long::longValue)
                    .sum();
            if (dead > 0) {
                differences.add(dead + " records are in dead-letter");
            }
        }
    }
}
