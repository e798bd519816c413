package dev.kombo.topology;

import dev.kombo.ops.Counters;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;

/** Counts events of one outcome by type: {@code event.type.<outcome>.<type>}. Any thread may count. */
final class TypeCounters {
    private final LongAdder[] byType = new LongAdder[EventType.count()];
    private final LongAdder none;

    TypeCounters(Counters counters, String outcome) {
        String prefix = "event.type." + outcome + ".";
        for (int t = 0; t < byType.length; t++) {
            String type = EventType.of(t).name().toLowerCase(Locale.ROOT).replace('_', '-');
            byType[t] = counters.counter(prefix + type);
        }
        none = counters.counter(prefix + "none");
    }

    /** Counts an event; null: a record without one. */
    void count(ShopperEvent event) {
        (event == null ? none : byType[event.type().ordinal()]).increment();
    }
}
