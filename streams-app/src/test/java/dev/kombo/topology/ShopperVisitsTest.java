package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.shopper.ScheduleKey;
import dev.kombo.engine.shopper.ShopperVisits;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.settings.Millis;
import dev.kombo.topology.task.KafkaTable;
import dev.kombo.topology.task.StoreNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Visits once a day: nobody is left out, whatever time does, and what waits for them costs no timer. */
class ShopperVisitsTest {
    private static final long START = EngineDriver.START.toEpochMilli();
    private static final int SHOPPERS = 200;

    @RegisterExtension
    final Shop shop = new Shop();

    private final Random random = new Random(7);
    private final Map<String, Integer> visited = new HashMap<>();
    private EngineDriver engine;
    private KeyValueStore<ScheduleKey, byte[]> store;

    @BeforeEach
    void open() {
        engine = shop.open(Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
        store = engine.driver.getKeyValueStore(StoreNames.USER_TIMER);
    }

    private Map<String, Integer> enter(ShopperVisits visits) {
        Map<String, Integer> slots = new HashMap<>();
        for (int i = 0; i < SHOPPERS; i++) {
            // Some of one moment, the first and the last of a day among them.
            int slot = i % 4 == 0 ? 0 : i % 4 == 1 ? (int) Millis.DAY - 1 : random.nextInt((int) Millis.DAY);
            slots.put("u:" + i, slot);
            visits.add(slot, "u:" + i);
        }
        return slots;
    }

    private int visit(ShopperVisits visits, long now, int limit) {
        List<ShopperVisits.Visit> due = visits.due(now, limit);
        due.forEach(visit -> visited.merge(visit.shopperKey(), 1, Integer::sum));
        return due.size();
    }

    @Test
    void shouldVisitEachShopperOnceADayWhenTimeGoesOnInSteps() {
        ShopperVisits visits = new ShopperVisits(new KafkaTable<>(store));
        Map<String, Integer> slots = enter(visits);
        visit(visits, START, 10 * SHOPPERS);
        visited.clear();
        long now = START;
        while (now < START + 5 * Millis.DAY) {
            now += 1 + random.nextInt((int) Millis.DAY / 3);
            visit(visits, now, 10 * SHOPPERS);
        }
        for (Map.Entry<String, Integer> slot : slots.entrySet()) {
            long times = Math.floorDiv(now - slot.getValue(), Millis.DAY)
                    - Math.floorDiv(START - slot.getValue(), Millis.DAY);
            assertThat(visited.get(slot.getKey())).as(slot.toString()).isEqualTo((int) times);
        }
    }

    @Test
    void shouldLeaveNobodyOutWhenManyAreDueAtOnceOrDaysAreSkipped() {
        ShopperVisits visits = new ShopperVisits(new KafkaTable<>(store));
        enter(visits);
        long now = START;
        for (int day = 0; visited.size() < SHOPPERS; day++) {
            assertThat(day).as("calls until all were visited").isLessThan(3 * SHOPPERS / 7);
            assertThat(visit(visits, now, 7)).isLessThanOrEqualTo(7);
            now += 3 * Millis.DAY + random.nextInt((int) Millis.DAY);
        }
    }

    @Test
    void shouldGoOnAfterARestartWhereItWas() {
        ShopperVisits before = new ShopperVisits(new KafkaTable<>(store));
        Map<String, Integer> slots = enter(before);
        visit(before, START, 10 * SHOPPERS);
        visited.clear();
        visit(before, START + Millis.HOUR, 10 * SHOPPERS);
        visit(new ShopperVisits(new KafkaTable<>(store)), START + 2 * Millis.HOUR, 10 * SHOPPERS);
        slots.forEach((shopper, slot) -> {
            long after = Math.floorMod(slot - START, Millis.DAY);
            if (after > 0 && after <= 2 * Millis.HOUR) {
                assertThat(visited).containsKey(shopper);
            } else {
                assertThat(visited).doesNotContainKey(shopper);
            }
        });
    }

    @Test
    void shouldTellOfWindowsOnTimeAndCloseOffersWithinADayWithoutATimer() {
        view("first", Duration.ZERO);
        view("second", Duration.ofHours(10));
        List<BundleOffer> offers = engine.offers();
        assertThat(keys(0)).as("timers").isEmpty();
        assertThat(keys(1)).hasSize(1);
        engine.outcomes();
        engine.advance(Duration.ofHours(14).minusMillis(2));
        assertThat(engine.outcomes()).isEmpty();
        engine.advance(Duration.ofMillis(2));
        assertThat(engine.outcomes())
                .extracting(OfferOutcome::getKind, OfferOutcome::getEventTime)
                .containsExactly(tuple(OutcomeKind.MATURED, START + Millis.DAY));
        engine.advance(Duration.ofDays(6));
        assertThat(engine.outcomes(OutcomeKind.EXPIRED))
                .extracting(OfferOutcome::getOfferId, OfferOutcome::getEventTime)
                .containsExactly(tuple(offers.get(0).getOfferId(), START + 7 * Millis.DAY));
        engine.advance(Duration.ofHours(23));
        assertThat(engine.outcomes()).isEmpty();
        engine.advance(Duration.ofHours(1));
        assertThat(engine.outcomes(OutcomeKind.EXPIRED))
                .extracting(OfferOutcome::getOfferId, OfferOutcome::getEventTime)
                .containsExactly(tuple(offers.get(1).getOfferId(), START + 7 * Millis.DAY + 10 * Millis.HOUR));
        assertThat(keys(0)).isEmpty();
    }

    @Test
    void shouldVisitNobodyOfWhomNothingIsDueAnyMoreAndNobodyErased() {
        view("first", Duration.ZERO);
        engine.advance(Duration.ofDays(61));
        assertThat(keys(1)).isEmpty();
        view("again", Duration.ofDays(62));
        assertThat(keys(1)).hasSize(1);
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput("user", new ErasureRequest("user", START + 63 * Millis.DAY, null));
        assertThat(keys(1)).isEmpty();
    }

    private void view(String id, Duration afterStart) {
        engine.send(EngineDriver.event(id, "user", EventType.VIEW, afterStart).setItemId("a"));
    }

    /** Shoppers of timers (0) or visits (1). */
    private List<String> keys(int kind) {
        List<String> keys = new ArrayList<>();
        try (KeyValueIterator<ScheduleKey, byte[]> all = store.all()) {
            all.forEachRemaining(entry -> {
                if (entry.key.bytes()[0] == kind) {
                    keys.add(new String(entry.key.bytes(), StandardCharsets.UTF_8));
                }
            });
        }
        return keys;
    }
}
