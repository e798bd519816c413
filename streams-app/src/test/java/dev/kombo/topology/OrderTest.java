package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kombo.entity.Entity;
import dev.kombo.math.StableHash;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.TimedCounts;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleSlot;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.schema.RejectedEvent;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What was bought together is learned once an order, when the order is closed. */
class OrderTest {
    private static final Duration QUIET = Duration.ofMinutes(30);

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = shop.empty(Map.of(RuleSettings.FREQUENCY_CAP.name(), "1000"));
        engine.item("a", 1000);
        engine.item("b", 2000);
        engine.item("c", 500);
    }

    @Test
    void shouldCloseAnOrderWhenTheNextOneBegins() {
        buy("user", "o1", 1, "a", "b", "c");
        assertThat(orderMessages()).isEmpty();
        buy("user", "o2", 10, "a");

        Map<String, ItemUpdate> messages = orderMessages();
        assertThat(messages).containsOnlyKeys("i:a", "i:b", "i:c", Entity.ALL);
        assertThat(messages.get("i:a").getPartners()).containsExactlyInAnyOrder("b", "c");
        assertThat(messages.get("i:b").getPartners()).containsExactlyInAnyOrder("a", "c");
        assertThat(messages.values()).allSatisfy(message -> {
            assertThat(message.getPurchases()).isEqualTo(1);
            assertThat(message.getInteractions()).isZero();
            assertThat(message.getOfferedPartners()).isEmpty();
        });
        assertThat(messages.get(Entity.ALL).getPartners()).isEmpty();
    }

    @Test
    void shouldCloseAnOrderWhenNoLineCameForTheQuietTime() {
        buy("user", "o1", 0, "a", "b");
        engine.advance(QUIET.minusSeconds(1));
        assertThat(orderMessages()).isEmpty();
        engine.advance(Duration.ofSeconds(2));
        assertThat(orderMessages()).containsOnlyKeys("i:a", "i:b", Entity.ALL);
        engine.advance(QUIET.multipliedBy(3));
        assertThat(orderMessages()).isEmpty();
        assertThat(engine.shopper("u:user").behavior().order()).isNull();
    }

    @Test
    void shouldWaitAnewWhenALateLineBelongsToTheOpenOrder() {
        buy("user", "o1", 0, "a");
        buy("user", "o1", 20 * 60, "b");
        engine.advance(Duration.ofMinutes(29));
        assertThat(orderMessages()).isEmpty();
        engine.advance(Duration.ofMinutes(2));
        assertThat(orderMessages()).containsOnlyKeys("i:a", "i:b", Entity.ALL);
    }

    @Test
    void shouldCloseAQuietOrderByTheEventsOfOthers() {
        buy("user", "o1", 0, "a", "b");
        engine.send(EngineDriver.event("other", "other", EventType.VIEW, Duration.ofHours(1))
                .setItemId("c"));
        engine.advance(Duration.ofSeconds(1));
        assertThat(orderMessages()).containsOnlyKeys("i:a", "i:b", Entity.ALL);
    }

    @Test
    void shouldLearnTheSameWhenARestartDelaysTheClose() {
        buy("user", "o1", 0, "a", "b");
        engine.advance(QUIET.plusSeconds(1));
        Map<String, ItemUpdate> undisturbed = orderMessages();
        open();
        buy("user", "o1", 0, "a", "b");
        Map<String, Map<Object, Object>> stored = engine.stored();
        open();
        engine.restore(stored);

        engine.advance(Duration.ofDays(1));
        assertThat(orderMessages()).as("no event has told the time").isEmpty();
        engine.send(view("late", "other", 60, "c"));
        engine.advance(Duration.ofSeconds(1));
        assertThat(orderMessages()).as("by a late event it is still early").isEmpty();
        engine.send(view("timely", "other", Duration.ofDays(1).toSeconds(), "c"));
        engine.advance(Duration.ofSeconds(1));
        assertThat(orderMessages()).isEqualTo(undisturbed).isNotEmpty();
    }

    @Test
    void shouldCountAnOrderOfOneItemWithoutPartners() {
        buy("user", "o1", 0, "a");
        buy("user", "o2", 1, "b");
        Map<String, ItemUpdate> messages = orderMessages();
        assertThat(messages).containsOnlyKeys("i:a", Entity.ALL);
        assertThat(messages.get("i:a").getPartners()).isEmpty();
    }

    @Test
    void shouldKeepAtMost50ItemsOfALargeOrder() {
        String[] items = new String[60];
        for (int i = 0; i < items.length; i++) {
            items[i] = "item-" + i;
        }
        buy("user", "large", 0, items);
        buy("user", "next", 61, "a");
        Map<String, ItemUpdate> messages = orderMessages();
        assertThat(messages).hasSize(51);
        messages.remove(Entity.ALL);
        assertThat(messages.values())
                .allSatisfy(message -> assertThat(message.getPartners()).hasSize(49));
    }

    @Test
    void shouldNameThePairsThatAnOfferedBundleJoins() {
        engine.bundle("ab", 2700, "a", "b");
        String user = engine.userOf("treatment");
        engine.send(view("view", user, 0, "a"));
        assertThat(engine.offers()).hasSize(1);
        buy(user, "o1", 5, "a", "b", "c");
        buy(user, "o2", 20, "c");
        assertOnlyAAndBAreOffered(orderMessages());
    }

    @Test
    void shouldStillNameThemWhenManyOffersWereMadeSince() {
        engine.bundle("ab", 2700, "a", "b");
        engine.item("d", 100);
        engine.bundle("cd", 500, "c", "d");
        String user = engine.userOf("treatment");
        engine.send(view("view", user, 0, "a"));
        engine.bundle(Bundle.newBuilder(EngineDriver.bundleOf("ab", 2700, "a", "b"))
                .setStock(0L)
                .build());
        for (int i = 1; i <= 30; i++) {
            engine.send(view("view" + i, user, i * 2L, "c"));
        }
        buy(user, "o1", 70, "a", "b", "c");
        buy(user, "o2", 90, "c");
        assertOnlyAAndBAreOffered(orderMessages());
    }

    @Test
    void shouldNameThePairsOfABundleThatWasBoughtWhole() {
        engine.bundle("ab", 2700, "a", "b");
        engine.send(EngineDriver.event("whole", "user", EventType.PURCHASE, Duration.ofSeconds(1))
                .setBundleId("ab")
                .setOrderId("o1"));
        buy("user", "o1", 2, "c");
        buy("user", "o2", 9, "c");
        assertOnlyAAndBAreOffered(orderMessages());
    }

    @Test
    void shouldLearnWhatWasTakenInsteadOfAMember() {
        engine.bundle("ab", 2700, "a", "b");
        engine.send(EngineDriver.event("whole", "user", EventType.PURCHASE, Duration.ofSeconds(1))
                .setBundleId("ab")
                .setOrderId("o1")
                .setAttributes(Map.of("swap:b", "c", "gift", "yes")));
        buy("user", "o2", 9, "b");
        Map<String, ItemUpdate> messages = orderMessages();
        assertThat(messages).containsOnlyKeys("i:a", "i:c", Entity.ALL);
        assertThat(messages.get("i:a").getPartners()).containsExactly("c");
        TimedCounts purchases = engine.shopper("u:user").behavior().purchases();
        assertThat(purchases.count(StableHash.of(Entity.ofItem("c")))).isEqualTo(1);
    }

    /** Item a with one of b and c. */
    private void offerTeaWithACup() {
        List.of("a", "b", "c").forEach(item -> engine.item(item, 1_000));
        engine.bundle(Bundle.newBuilder(EngineDriver.bundleOf("tea-time", 2_700, "a"))
                .setSlots(List.of(BundleSlot.newBuilder()
                        .setName("cup")
                        .setItems(List.of("b", "c"))
                        .build()))
                .build());
    }

    @Test
    void shouldTellOfASwapThatTheBundleDoesNotAllowAndCountThePurchase() {
        offerTeaWithACup();
        String filled = engine.models
                .catalog()
                .bundle("tea-time")
                .bundle()
                .members()
                .get(1)
                .itemId();
        String other = filled.equals("b") ? "c" : "b";
        List<Map<String, String>> stated = List.of(
                Map.of("swap:" + filled, other, "swap:a", "what was in stock"),
                Map.of("swap:x", "c"),
                Map.of("swap:" + filled, "a"));
        for (int i = 0; i < stated.size(); i++) {
            engine.send(EngineDriver.event("whole" + i, "user", EventType.PURCHASE, Duration.ofSeconds(i))
                    .setBundleId("tea-time")
                    .setAttributes(stated.get(i)));
        }
        assertThat(engine.rejections())
                .extracting(RejectedEvent::getEventId, RejectedEvent::getReason, RejectedEvent::getDetail)
                .containsExactly(
                        tuple("whole1", "not-a-member", "swap of x for c in bundle tea-time"),
                        tuple("whole2", "not-an-alternative", "swap of " + filled + " for a in bundle tea-time"));
        assertThat(engine.counters.get(KomboMetric.SWAPS_UNMATCHED, "not-an-alternative"))
                .isEqualTo(1);
        TimedCounts purchases = engine.shopper("u:user").behavior().purchases();
        assertThat(purchases.count(StableHash.of(Entity.ofBundle("tea-time")))).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "c", "bc"})
    void shouldAllowASwapOfWhatIsSoldOut(String soldOut) {
        offerTeaWithACup();
        soldOut.chars()
                .mapToObj(Character::toString)
                .forEach(item -> engine.item(Item.newBuilder()
                        .setItemId(item)
                        .setTitle(item)
                        .setCategory("category")
                        .setPriceMinor(1_000L)
                        .setCurrency("GBP")
                        .setStock(0L)
                        .build()));

        List<String> swaps = List.of("bc", "cb", "ba");
        for (int i = 0; i < swaps.size(); i++) {
            String member = swaps.get(i).substring(0, 1);
            engine.send(EngineDriver.event("whole" + i, "user", EventType.PURCHASE, Duration.ofSeconds(i))
                    .setBundleId("tea-time")
                    .setAttributes(Map.of("swap:" + member, swaps.get(i).substring(1))));
        }
        assertThat(engine.rejections())
                .extracting(RejectedEvent::getReason, RejectedEvent::getDetail)
                .containsExactly(tuple("not-an-alternative", "swap of b for a in bundle tea-time"));
    }

    private static void assertOnlyAAndBAreOffered(Map<String, ItemUpdate> messages) {
        assertThat(messages).containsOnlyKeys("i:a", "i:b", "i:c", Entity.ALL);
        assertThat(messages.get("i:a").getPartners()).containsExactlyInAnyOrder("b", "c");
        assertThat(messages.get("i:a").getOfferedPartners()).containsExactly("b");
        assertThat(messages.get("i:b").getOfferedPartners()).containsExactly("a");
        assertThat(messages.get("i:c").getOfferedPartners()).isEmpty();
    }

    private void buy(String user, String order, long afterSeconds, String... items) {
        for (int i = 0; i < items.length; i++) {
            engine.send(EngineDriver.purchase(
                            order + "/" + afterSeconds + "/" + i,
                            user,
                            items[i],
                            100,
                            Duration.ofSeconds(afterSeconds).plusMillis(i))
                    .setOrderId(order));
        }
    }

    private static BehaviorEvent.Builder view(String id, String user, long afterSeconds, String item) {
        return EngineDriver.event(id, user, EventType.VIEW, Duration.ofSeconds(afterSeconds))
                .setItemId(item);
    }

    /** What closed orders said since the last call; fails where an entity is told twice. */
    private Map<String, ItemUpdate> orderMessages() {
        Map<String, ItemUpdate> messages = new TreeMap<>();
        List<KeyValue<String, ItemUpdate>> updates = engine.updates();
        for (KeyValue<String, ItemUpdate> update : updates) {
            if (update.value.getPurchases() > 0) {
                assertThat(messages.put(update.key, update.value)).isNull();
            }
        }
        return messages;
    }
}
