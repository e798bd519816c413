package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.UnmatchedFeedback;
import dev.kombo.engine.Engine;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.event.EventFlow;
import dev.kombo.engine.event.EventOutputs;
import dev.kombo.engine.event.EventOutputs.Login;
import dev.kombo.engine.event.EventOutputs.NewOffer;
import dev.kombo.engine.event.Logins;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.shopper.ShopperReader;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The way of an event without Kafka: the production flow over a map of shoppers. Each is stored and read back after
 * each event, as the topology does. A session is handed over as soon as it is asked for.
 */
final class InProcessEngine implements EventOutputs {
    final Map<String, ShopperState> shoppers = new HashMap<>();
    final List<Outcome> outcomes = new ArrayList<>();
    final List<OpenOffer> offers = new ArrayList<>();
    final List<Login> moved = new ArrayList<>();

    private final EventFlow flow;
    private final Logins logins;
    private final ShopperReader reader;
    private final Map<String, byte[]> histories = new HashMap<>();
    private final Map<String, byte[]> contents = new HashMap<>();
    private Login login;

    InProcessEngine(EngineSettings settings, LiveModels models, ProfileLimits limits, AttributionSettings attribution) {
        Engine steps = new Engine(settings, models);
        flow = steps.flow(name -> {});
        logins = steps.logins();
        reader = new ShopperReader(limits, attribution);
    }

    /** The shopper, new where nothing is known. */
    ShopperState shopper(String key) {
        return shoppers.computeIfAbsent(key, reader::create);
    }

    /** Handles an event; false if it is known. What it brought about is in the lists, which are cleared first. */
    boolean handle(ShopperEvent event) {
        outcomes.clear();
        offers.clear();
        moved.clear();
        login = null;
        String key = event.shopperKey();
        ShopperState shopper = shopper(key);
        if (shopper.behavior().knownEvents().contains(event)) {
            return false;
        }
        flow.handle(key, shopper, event, this);
        store(key, shopper);
        if (login != null) {
            handOver(login);
        }
        return true;
    }

    private void handOver(Login asked) {
        String sessionKey = ShopperKey.ofSession(asked.sessionId());
        ShopperState held = shoppers.remove(sessionKey);
        if (held != null) {
            ShopperState session = reader.unpack(sessionKey, reader.pack(held));
            String key = ShopperKey.ofUser(asked.userId());
            ShopperState user = shopper(key);
            logins.absorb(asked, user, session, this);
            store(key, user);
            moved.add(asked);
        }
    }

    private void store(String key, ShopperState shopper) {
        byte[] profile = reader.profile(shopper);
        if (shopper.behavior().history().mayHaveChanged()) {
            histories.put(key, reader.history(shopper.behavior().history().parts()));
        }
        for (OpenOffer offer : shopper.ledger().offers()) {
            if (!offer.isStored()) {
                contents.put(ShopperReader.offerKey(key, offer.offerId()), reader.offer(offer));
            }
        }
        assertThat(reader.pack(read(key, profile))).isEqualTo(reader.pack(shopper));
        shoppers.put(key, read(key, profile));
    }

    private ShopperState read(String key, byte[] profile) {
        return reader.read(key, profile, histories::get, contents::get);
    }

    @Override
    public void outcome(Outcome outcome) {
        outcomes.add(outcome);
    }

    @Override
    public void emit(String key, NewOffer offered) {
        offers.add(offered.open());
    }

    @Override
    public void emit(Login asked) {
        login = asked;
    }

    /** Only money is checked, and sessions are handed over. */
    @Override
    public void update(String entity, EntityUpdate update) {}

    @Override
    public void emit(RankedExample ranked) {}

    @Override
    public void emit(ConversionExample example) {}

    @Override
    public void emit(String shopperId, UnmatchedFeedback unmatched) {}

    @Override
    public void emit(String shopperId, UnmatchedSwap swap) {}
}
