package dev.kombo.engine.shopper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.task.MapTable;
import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Timers go off once, at their time or at the next look, also those that are set in the past. */
class ShopperTimersTest {
    private static final int MOST = 2;

    private final Random random = new Random(11);
    private final ShopperTimers timers = new ShopperTimers(new MapTable<>());

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
            List<ShopperTimers.Due> found = timers.due(now, MOST);
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
    void shouldFindATimerThatIsSetInThePast() {
        assertThat(timers.due(Millis.DAY, MOST)).isEmpty();
        timers.move("u:merged", 0, Millis.HOUR);
        assertThat(timers.due(Millis.DAY + 1, MOST)).containsExactly(new ShopperTimers.Due(Millis.HOUR, "u:merged"));
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
