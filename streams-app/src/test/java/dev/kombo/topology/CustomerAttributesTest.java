package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.entity.LevelCounts;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.math.StableHash;
import dev.kombo.profile.CustomerLevels;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.schema.EventType;
import dev.kombo.schema.ItemUpdate;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Attributes of customers: which are kept, what items learn of them, and who does not see them. */
class CustomerAttributesTest {
    private static final Map<String, String> NORTH = Map.of("region", "North", "mail", "someone@x");
    private static final Map<String, String> SOUTH = Map.of("region", "South");

    @TempDir
    Path stateDir;

    private EngineDriver engine;
    private int events;

    private void open(boolean holdings, String names) {
        engine = new EngineDriver(
                stateDir,
                Map.of(
                        ProfileLimits.HOLDINGS.name(),
                        String.valueOf(holdings),
                        CustomerLevels.NAMES.name(),
                        names,
                        ServiceSettings.TOPIC_PARTITIONS.name(),
                        "1"));
        for (String item : List.of("giro", "card", "loan")) {
            engine.item(item, holdings ? 0 : 1_000);
        }
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private BehaviorEvent.Builder event(String customer, EventType type, int day, Map<String, String> attributes) {
        return EngineDriver.event("e" + events++, customer, type, Duration.ofDays(day))
                .setAttributes(attributes);
    }

    private void open(String customer, String product, int day, Map<String, String> attributes) {
        engine.send(event(customer, EventType.PURCHASE, day, attributes).setItemId(product));
    }

    private Map<Long, Float> counts(String entity) {
        PartnerTable stored = state(entity).levels();
        Map<Long, Float> counts = new HashMap<>();
        LevelCounts levels = PartnerTable.levels(stored.write(), stored.mass());
        for (int i = 0; i < levels.levels().length; i++) {
            counts.put(levels.levels()[i], levels.counts()[i]);
        }
        return counts;
    }

    private EntityState state(String entity) {
        return engine.rows().get(entity);
    }

    private static long level(String name) {
        return PartnerTable.partnerOf(StableHash.of(name));
    }

    @Test
    void shouldCountEachCustomerOncePerProductWhenAnAttributeIsNamed() {
        open(true, "region");
        open("ann", "giro", 0, NORTH);
        open("ann", "card", 0, NORTH);
        engine.send(event("ann", EventType.RETURN, 0, NORTH).setItemId("giro"));
        open("ann", "giro", 0, NORTH);
        open("bob", "giro", 0, SOUTH);
        open("cid", "giro", 0, Map.of());

        assertThat(counts("i:giro")).isEqualTo(Map.of(level("region=north"), 1f, level("region=south"), 1f));
        assertThat(counts("i:card")).isEqualTo(Map.of(level("region=north"), 1f));
        assertThat(counts(Entity.ALL)).isEqualTo(Map.of(level("region=north"), 1f, level("region=south"), 1f));
        assertThat(state(Entity.ALL).purchases())
                .as("customers, with attributes or without")
                .isEqualTo(3);
        assertThat(engine.shopper("u:ann").behavior().levels().names()).containsExactly("region=north");
    }

    @Test
    void shouldCountTheFirstOrderWithAnItemWhenNothingIsHeld() {
        open(false, "region");
        for (int order = 0; order < 3; order++) {
            engine.send(event("ann", EventType.PURCHASE, order, NORTH)
                    .setItemId("giro")
                    .setOrderId("o" + order));
        }
        engine.send(event("ann", EventType.PURCHASE, 4, NORTH).setItemId("card").setOrderId("o4"));
        engine.send(event("ann", EventType.PURCHASE, 5, NORTH).setItemId("card").setOrderId("o5"));

        assertThat(counts("i:giro").get(level("region=north"))).isEqualTo(1f, within(0.01f));
        assertThat(counts("i:card").get(level("region=north"))).isEqualTo(1f, within(0.02f));
        assertThat(counts(Entity.ALL).get(level("region=north"))).isEqualTo(1f);
    }

    @Test
    void shouldCountACustomerOnceWhenAttributesAreTakenBackAndGivenAgain() {
        open(true, "region");
        open("ann", "giro", 0, NORTH);
        engine.send(event("ann", EventType.VIEW, 0, Map.of("region", " ")).setItemId("card"));
        assertThat(engine.shopper("u:ann").behavior().levels().any()).isFalse();
        open("ann", "card", 0, NORTH);

        assertThat(counts(Entity.ALL)).isEqualTo(Map.of(level("region=north"), 1f));
    }

    @Test
    void shouldCountACustomerOnceWhenAnOrderHasTwoLinesOfAnItem() {
        open(false, "region");
        engine.bundle("both", 2_000, "giro", "card");
        for (int line = 0; line < 2; line++) {
            engine.send(
                    event("ann", EventType.PURCHASE, 0, NORTH).setItemId("giro").setOrderId("o"));
        }
        engine.send(
                event("ann", EventType.PURCHASE, 0, NORTH).setBundleId("both").setOrderId("o"));

        assertThat(counts("i:giro")).isEqualTo(Map.of(level("region=north"), 1f));
        assertThat(counts("i:card")).isEqualTo(Map.of(level("region=north"), 1f));
    }

    @Test
    void shouldReadNoAttributeWhenNoneIsNamed() {
        open(true, "");
        open("ann", "giro", 0, NORTH);

        assertThat(engine.updates())
                .allMatch(update -> !update.value.getLevels().hasRemaining());
        assertThat(engine.shopper("u:ann").behavior().levels().any()).isFalse();
    }

    @Test
    void shouldRankByAttributesAndNotNameThemWhenAnOfferIsMade() {
        open(true, "region");
        for (String product : List.of("giro", "card", "loan")) {
            engine.bundle(product, 0, product);
        }
        for (int c = 0; c < 60; c++) {
            Map<String, String> attributes = c % 2 == 0 ? NORTH : SOUTH;
            open("c" + c, "giro", 0, attributes);
            open("c" + c, c % 2 == 0 ? "card" : "loan", 0, attributes);
        }
        engine.advance(Duration.ofSeconds(30));
        EntityModel card = engine.models.catalog().model("i:card");
        assertThat(card.levels().customers()).isEqualTo(30, within(0.1));
        String north = engine.userOf("treatment", 0);
        String south = engine.userOf("treatment", 1);
        open(north, "giro", 0, NORTH);
        open(south, "giro", 0, SOUTH);
        engine.offers();
        engine.send(event(north, EventType.OFFER_REQUEST, 0, Map.of()));
        engine.send(event(south, EventType.OFFER_REQUEST, 0, Map.of()));

        List<BundleOffer> offers = engine.offers();
        assertThat(offers).hasSize(2);
        assertThat(offers.get(0).getBundles().get(0).getBundleId()).isEqualTo("card");
        assertThat(offers.get(1).getBundles().get(0).getBundleId()).isEqualTo("loan");
        assertThat(offers.toString()).doesNotContain("level-lift").doesNotContainIgnoringCase("north");
    }

    @Test
    void shouldPublishCustomersOfNowAsOneWhenTheRowsBeganYearsAgo() {
        open(true, "region");
        open("ann", "giro", 0, NORTH);
        for (int c = 0; c < 3; c++) {
            open("c" + c, "giro", 3 * 365, SOUTH);
        }
        engine.advance(Duration.ofSeconds(30));
        for (String entity : List.of("i:giro", Entity.ALL)) {
            LevelCounts levels = engine.models.catalog().model(entity).levels();
            assertThat(levels.customers()).isEqualTo(3.125, within(0.01));
            assertThat(levels.counts()).containsExactly(new float[] {0.125f, 3f}, within(0.01f));
        }
        assertThat(engine.models.catalog().levels().place(level("region=south")))
                .isNegative();
    }

    @Test
    void shouldKeepRowsSmallAndTellWhenAnAttributeHasAsManyValuesAsCustomers() {
        open(true, "region,customer");
        for (int c = 0; c < 2_000; c++) {
            open("c" + c, "giro", 0, Map.of("region", "North", "customer", "number " + c));
        }
        for (String entity : List.of("i:giro", Entity.ALL)) {
            assertThat(state(entity).levels().write().remaining())
                    .isEqualTo(LevelCounts.MOST_LEVELS * PartnerTable.ENTRY_BYTES);
            assertThat(counts(entity)).containsEntry(level("region=north"), 2_000f);
        }
        engine.advance(Duration.ofSeconds(30));
        assertThat(engine.models.catalog().customerLevels()).isEqualTo(LevelCounts.MOST_LEVELS);
        assertThat(engine.models.catalog().levels().place(level("region=north")))
                .isNotNegative();
        assertThat(engine.models.catalog().levels().place(level("customer=number 1999")))
                .isNegative();
    }

    @Test
    void shouldForgetTheCustomerAndKeepTheCountsWhenACustomerIsErased() {
        open(true, "region");
        open("ann", "giro", 0, NORTH);
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput("ann", new ErasureRequest("ann", EngineDriver.START.toEpochMilli() + 1_000, null));

        assertThat(engine.shopper("u:ann")).isNull();
        assertThat(counts("i:giro")).isEqualTo(Map.of(level("region=north"), 1f));
    }

    @Test
    void shouldReadUpdatesOfBeforeWhenTheyHaveNoLevels() {
        open(true, "region");
        engine.update(
                "i:giro",
                ItemUpdate.newBuilder().setEventTime(1).setPurchases(1).build());
        assertThat(counts("i:giro")).isEmpty();
    }
}
