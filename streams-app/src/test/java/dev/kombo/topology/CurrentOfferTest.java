package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.schema.EventType;
import dev.kombo.schema.SessionMerge;
import dev.kombo.schema.Strategy;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What current-offer holds of a shopper, through the topology; offers hold for an hour here. */
class CurrentOfferTest {
    private static final String CART = "u:ann\u001fcart";
    private static final String HOME = "u:ann\u001fhome";

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private final Map<String, BundleOffer> current = new LinkedHashMap<>();

    private void open(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(more);
        settings.put(OfferSettings.TRIGGERS.name(), "OFFER_REQUEST");
        settings.put(OfferSettings.VALIDITY.name(), "3600000");
        settings.putIfAbsent(OfferSettings.CURRENT.name(), "true");
        engine = shop.open(settings);
        engine.publish(Strategy.newBuilder()
                .setVersion(1)
                .setSalt("everyone")
                .setArms(List.of(StrategyArms.of("treatment", ArmKind.TREATMENT, 1.0)))
                .build());
    }

    private BundleOffer ask(BehaviorEvent.Builder request, String placement) {
        engine.send(request.setPlacement(placement));
        return engine.offers().get(0);
    }

    private BundleOffer ask(String id, String placement, int minute) {
        return ask(EngineDriver.event(id, "ann", EventType.OFFER_REQUEST, Duration.ofMinutes(minute)), placement);
    }

    /** What was written since the last call, and with it what the topic holds now. */
    private List<String> written() {
        List<KeyValue<String, BundleOffer>> records =
                engine.output(engine.topics.name(Topic.CURRENT_OFFER), BundleOffer.class);
        records.forEach(record -> {
            if (record.value == null) {
                current.remove(record.key);
            } else {
                current.put(record.key, record.value);
            }
        });
        return records.stream().map(record -> record.key).toList();
    }

    @Test
    void shouldHoldTheLatestOfferOfEachPlacementUntilItsPricesEnd() {
        open(Map.of());
        ask("e1", "cart", 0);
        BundleOffer home = ask("e2", "home", 10);
        BundleOffer cart = ask("e3", "cart", 30);
        written();
        assertThat(current).containsExactly(Map.entry(CART, cart), Map.entry(HOME, home));

        engine.advance(Duration.ofMinutes(35));
        assertThat(written())
                .as("the first offer of the cart ended, but was replaced")
                .isEmpty();
        engine.advance(Duration.ofMinutes(10));
        assertThat(written()).containsExactly(HOME);
        engine.advance(Duration.ofMinutes(20));
        assertThat(written()).containsExactly(CART);
        assertThat(current).isEmpty();

        engine.advance(Duration.ofDays(30));
        assertThat(written()).as("each end is told once").isEmpty();
    }

    @Test
    void shouldEndTheLaterOfTwoOffersOfOneTime() {
        open(Map.of());
        ask("e1", "cart", 0);
        ask("e2", "cart", 0);
        written();
        engine.advance(Duration.ofMinutes(90));
        assertThat(written()).containsExactly(CART);
    }

    @Test
    void shouldHoldNothingOfWhoWasErased() {
        open(Map.of());
        ask("e1", "cart", 0);
        ask("e2", "cart", 0);
        written();
        engine.input(engine.topics.name(Topic.ERASURE_REQUEST), ErasureRequest.class)
                .pipeInput("ann", new ErasureRequest("ann", EngineDriver.START.toEpochMilli(), null));

        assertThat(written()).containsExactly(CART);
        assertThat(current).isEmpty();
    }

    @Test
    void shouldEndWhatHoldsAnItemThatIsHeldByNow() {
        open(Map.of(ProfileLimits.HOLDINGS.name(), "true"));
        ask("e1", "cart", 0);
        ask("e2", "home", 1);
        written();
        engine.send(EngineDriver.purchase("e3", "ann", "c", 100, Duration.ofMinutes(2)));
        assertThat(written()).isEmpty();
        engine.send(EngineDriver.purchase("e4", "ann", "a", 100, Duration.ofMinutes(3)));
        assertThat(written()).containsExactlyInAnyOrder(CART, HOME);
        assertThat(current).isEmpty();
    }

    @Test
    void shouldHoldNothingOfASessionThatBecameAUser() {
        open(Map.of());
        ask(EngineDriver.visit("e1", "tab", EventType.OFFER_REQUEST, Duration.ofMinutes(1)), "cart");
        assertThat(written()).containsExactly("s:tab\u001fcart");
        engine.send(EngineDriver.event("e2", "ann", EventType.VIEW, Duration.ofMinutes(2))
                .setItemId("a")
                .setSessionId("tab"));
        for (int hop = 0; hop < 2; hop++) {
            engine.output(engine.topics.name(Topic.SESSION_MERGE), SessionMerge.class)
                    .forEach(merge -> engine.input(engine.topics.name(Topic.SESSION_MERGE), SessionMerge.class)
                            .pipeInput(merge.key, merge.value));
        }

        assertThat(written()).containsExactly("s:tab\u001fcart");
        assertThat(current).isEmpty();
        assertThat(engine.shopper("u:ann").ledger().offers()).hasSize(1);
    }

    @Test
    void shouldHoldNothingOfAVisitorWhoWasForgotten() {
        open(Map.of(ShopperSettings.SESSION_EXPIRY.name(), "60000"));
        ask(EngineDriver.visit("e1", "tab", EventType.OFFER_REQUEST, Duration.ofMinutes(1)), "cart");
        engine.advance(Duration.ofMinutes(20));

        assertThat(written()).hasSize(2);
        assertThat(current).isEmpty();
    }

    @Test
    void shouldStayEmptyWhereItIsOff() {
        open(Map.of(OfferSettings.CURRENT.name(), "false"));
        ask("e1", "cart", 0);
        engine.advance(Duration.ofDays(2));

        assertThat(written()).isEmpty();
    }
}
