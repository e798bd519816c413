package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.event.OfferSettings;
import dev.kombo.entity.Entity;
import dev.kombo.math.StableHash;
import dev.kombo.profile.TimedCounts;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.OfferedMember;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is missing of a set of a pan of 40.00 and a lid of 10.00 for 45.00, from the catalogue to the books. */
class CompletedSetFlowTest {
    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private String user;

    @BeforeEach
    void open() {
        engine = shop.empty(Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
        user = engine.userOf("treatment");
        engine.item("pan", 4_000);
        engine.item("lid", 1_000);
        engine.bundle(Bundle.newBuilder(EngineDriver.bundleOf("set", 4_500, "pan", "lid"))
                .setCompletable(true)
                .build());
    }

    private OfferedBundle offered(Duration at) {
        return engine.seenOffer(user, "lid", at);
    }

    private List<Long> sent(EventType type, String item, long priceMinor, Duration at) {
        engine.send(EngineDriver.event(type + item + at, user, type, at)
                .setItemId(item)
                .setOrderId("order")
                .setUnitPriceMinor(priceMinor)
                .setCurrency("GBP"));
        OutcomeKind booked = type == EventType.RETURN ? OutcomeKind.RETURN : OutcomeKind.CONVERSION;
        return engine.outcomes(booked).stream()
                .map(OfferOutcome::getRevenueMinor)
                .toList();
    }

    @Test
    void shouldConvertWhatTheCartLackedWhenItIsBoughtItemByItem() {
        engine.send(EngineDriver.event("cart", user, EventType.ADD_TO_CART, Duration.ofSeconds(1))
                .setItemId("pan"));
        OfferedBundle rest = offered(Duration.ofMinutes(1));
        assertThat(rest.getMembers()).containsExactly(new OfferedMember("lid", 1, 500L, null));
        assertThat(rest.getPriceMinor()).isEqualTo(500);
        assertThat(rest.getSavingMinor()).isEqualTo(500);
        assertThat(rest.getReasons()).contains(new Reason("completes:pan", 0.0, 0.0));

        assertThat(sent(EventType.PURCHASE, "pan", 4_000, Duration.ofMinutes(2)))
                .isEmpty();
        assertThat(sent(EventType.PURCHASE, "lid", 500, Duration.ofMinutes(2))).containsExactly(500L);
        assertThat(sent(EventType.RETURN, "pan", 4_000, Duration.ofDays(2)))
                .as("the pan was in no offer")
                .isEmpty();
        assertThat(sent(EventType.RETURN, "lid", 500, Duration.ofDays(2))).containsExactly(-500L);
    }

    @Test
    void shouldSellOnlyWhatIsMissingWhenTheOwnerBuysTheSet() {
        engine.send(EngineDriver.purchase("first", user, "pan", 4_000, Duration.ZERO));
        OfferedBundle rest = offered(Duration.ofDays(3));
        assertThat(rest.getMembers()).containsExactly(new OfferedMember("lid", 1, 900L, null));

        engine.send(EngineDriver.event("whole", user, EventType.PURCHASE, Duration.ofDays(4))
                .setBundleId("set")
                .setOrderId("second")
                .setUnitPriceMinor(900L)
                .setCurrency("GBP"));
        assertThat(engine.outcomes(OutcomeKind.CONVERSION))
                .extracting(OfferOutcome::getRevenueMinor)
                .containsExactly(900L);
        TimedCounts purchases = engine.shopper("u:" + user).behavior().purchases();
        assertThat(purchases.count(StableHash.of(Entity.ofItem("pan")))).isEqualTo(1);
        assertThat(purchases.count(StableHash.of(Entity.ofItem("lid")))).isEqualTo(1);

        engine.send(EngineDriver.event("again", user, EventType.VIEW, Duration.ofDays(60))
                .setItemId("lid"));
        assertThat(engine.offers()).as("nothing is missing").isEmpty();

        engine.send(EngineDriver.event("back", user, EventType.RETURN, Duration.ofDays(61))
                .setBundleId("set")
                .setOrderId("second")
                .setUnitPriceMinor(900L)
                .setCurrency("GBP"));
        assertThat(engine.outcomes(OutcomeKind.RETURN))
                .extracting(OfferOutcome::getRevenueMinor)
                .containsExactly(-900L);
        purchases = engine.shopper("u:" + user).behavior().purchases();
        assertThat(purchases.count(StableHash.of(Entity.ofItem("pan"))))
                .as("the pan stays with its owner")
                .isEqualTo(1);
        assertThat(purchases.count(StableHash.of(Entity.ofItem("lid")))).isZero();
    }
}
