package dev.kombo.lab.quality.engine;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.StableHash;
import dev.kombo.engine.SweepLearner;
import dev.kombo.engine.TargetUpdates;
import dev.kombo.engine.TaskSettings;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.topology.EngineSettings;
import dev.kombo.tracking.LedgerState;
import dev.kombo.tracking.OfferLedger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** The states of a shopper task in a map, and its replay sweeps. Not thread-safe. */
public final class InProcessShoppers {
    private final EngineSettings settings;
    private final SweepLearner sweeper;
    private final Map<String, ShopperState> states = new HashMap<>();
    private final List<String> keys = new ArrayList<>();
    private long replays;
    private int cursor;
    private long round;

    /**
     * Nobody is known.
     *
     * @param catalog that sweeps learn from
     * @param dropped counts steps that would not have been finite
     */
    public InProcessShoppers(EngineSettings settings, CatalogIndex catalog, LongAdder dropped) {
        this.settings = settings;
        this.sweeper = new SweepLearner(settings.factors(), catalog, dropped);
    }

    /** The shopper's state, made anew where the shopper is not known. */
    public ShopperState state(String key) {
        return states.computeIfAbsent(key, unused -> {
            keys.add(key);
            return new ShopperState(
                    new Behavior(settings.profile()),
                    new OfferLedger(settings.attribution(), ShopperKey.shopper(key), LedgerState.empty()),
                    null,
                    0);
        });
    }

    /** Keys of all shoppers, in the order in which they came. */
    public List<String> keys() {
        return Collections.unmodifiableList(keys);
    }

    /**
     * A slice of a replay sweep.
     *
     * @param time that its updates carry, epoch milliseconds
     */
    public void sweep(long time, TargetUpdates updates) {
        sweeper.begin();
        for (int i = 0; i < settings.get(TaskSettings.SWEEP_USERS); i++) {
            if (cursor >= keys.size()) {
                cursor = 0;
                round++;
                break;
            }
            String key = keys.get(cursor++);
            replays += sweeper.replay(states.get(key).behavior(), StableHash.of(key, round));
        }
        sweeper.drain(time, updates);
    }

    /** Stored interactions that sweeps learned from again, once each time. */
    public long replays() {
        return replays;
    }
}
