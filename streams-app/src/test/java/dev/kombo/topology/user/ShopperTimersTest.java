package dev.kombo.topology.user;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Timers go off once, at their time or at the next look, also those that are set in the past. */
class ShopperTimersTest {
    private static final int MOST = 2;

    private final Random random = new Random(11);
    private KeyValueStore<Bytes, byte[]> store;
    private ShopperTimers timers;

    @BeforeEach
    void open() {
        store = Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("timers"), Serdes.Bytes(), Serdes.ByteArray())
                .withLoggingDisabled()
                .build();
        store.init(new MockProcessorContext<>().getStateStoreContext(), store);
        timers = new ShopperTimers(store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void shouldFindWhatIsDueInOrderWheneverItWasSet() {
        Map<String, Long> set = new HashMap<>();
        long now = Millis.DAY;
        for (int step = 0; step < 2_000; step++) {
            String shopper = "u:" + random.nextInt(300);
            long due = now + random.nextInt(40_000) - 20_000;
            timers.move(shopper, set.getOrDefault(shopper, 0L), due);
            set.put(shopper, due);
            now += random.nextInt(2_000);
            List<ShopperTimers.Due> found = timers.due(now, MOST, step);
            assertThat(found).isEqualTo(expected(set, now));
            for (ShopperTimers.Due each : found) {
                if (random.nextInt(10) == 0) {
                    timers.move(each.shopperKey(), each.due(), now + 5_000);
                    set.put(each.shopperKey(), now + 5_000);
                } else {
                    timers.remove(each);
                    set.remove(each.shopperKey());
                }
            }
        }
    }

    @Test
    void shouldFindWithinAMinuteWhatAnotherProcessorHasSetInThePast() {
        assertThat(timers.due(Millis.DAY, MOST, 0)).isEmpty();
        new ShopperTimers(store).move("u:merged", 0, Millis.HOUR);
        assertThat(timers.due(Millis.DAY + 1, MOST, Millis.MINUTE))
                .containsExactly(new ShopperTimers.Due(Millis.HOUR, "u:merged"));
    }

    @Test
    void shouldFindThemAfterTheClockWasSetBack() {
        assertThat(timers.due(Millis.DAY, MOST, Millis.DAY)).isEmpty();
        new ShopperTimers(store).move("u:merged", 0, Millis.HOUR);
        assertThat(timers.due(Millis.DAY, MOST, Millis.HOUR)).hasSize(1);
    }

    private static List<ShopperTimers.Due> expected(Map<String, Long> set, long now) {
        List<ShopperTimers.Due> due = new ArrayList<>();
        set.forEach((shopper, time) -> {
            if (time <= now) {
                due.add(new ShopperTimers.Due(time, shopper));
            }
        });
        due.sort((a, b) ->
                a.due() == b.due() ? a.shopperKey().compareTo(b.shopperKey()) : Long.compare(a.due(), b.due()));
        return due.subList(0, Math.min(MOST, due.size()));
    }
}
