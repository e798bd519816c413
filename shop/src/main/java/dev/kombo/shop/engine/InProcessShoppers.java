package dev.kombo.shop.engine;

import dev.kombo.attribution.LedgerState;
import dev.kombo.attribution.OfferLedger;
import dev.kombo.engine.EngineSettings;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** The state of each shopper, which the service keeps in a store, in a map. Not thread-safe. */
public final class InProcessShoppers {
    private final EngineSettings settings;
    private final Map<String, ShopperState> states = new LinkedHashMap<>();

    public InProcessShoppers(EngineSettings settings) {
        this.settings = settings;
    }

    /** Returns the shopper's state; a new one if the shopper is unknown. */
    public ShopperState state(String key) {
        return states.computeIfAbsent(
                key,
                unused -> new ShopperState(
                        new Behavior(settings.profile()),
                        new OfferLedger(settings.attribution(), ShopperKey.shopper(key), LedgerState.empty()),
                        null,
                        0));
    }

    /** Keys of all shoppers, in order of arrival. */
    public Set<String> keys() {
        return Collections.unmodifiableSet(states.keySet());
    }
}
