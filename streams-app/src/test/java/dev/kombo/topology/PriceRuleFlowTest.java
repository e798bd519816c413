package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.event.OfferSettings;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferObjective;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.OfferedMember;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.PriceTier;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Bundles whose price follows from a rule, from the catalogue to the books, through the topology. */
class PriceRuleFlowTest {
    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private String user;

    @BeforeEach
    void open() {
        engine = shop.empty(Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
        user = engine.userOf("treatment");
    }

    private void returned(String event, String item, int quantity, long refundMinor) {
        engine.send(EngineDriver.event(event, user, EventType.RETURN, Duration.ofHours(1))
                .setItemId(item)
                .setOrderId("order")
                .setQuantity(quantity)
                .setUnitPriceMinor(refundMinor)
                .setCurrency("GBP"));
    }

    @Test
    void shouldBookWhatAMemberCostWhenThreeAreSoldForOnePriceAndOneComesBack() {
        engine.item("mug", 800);
        engine.item("pot", 900);
        Bundle three = Bundle.newBuilder(EngineDriver.bundleOf("three", 1_234, "pot"))
                .setMembers(List.of(new BundleMember("mug", 2), new BundleMember("pot", 1)))
                .setPriceTiers(List.of(PriceTier.newBuilder()
                        .setFromUnits(3)
                        .setPriceMinor(2_000L)
                        .build()))
                .build();
        engine.bundle(three);

        OfferedBundle first = engine.seenOffer(user, "mug", Duration.ofSeconds(1));
        assertThat(first.getPriceMinor()).isEqualTo(2_000);
        assertThat(first.getSavingMinor()).isEqualTo(500);
        assertThat(first.getMembers())
                .containsExactly(new OfferedMember("mug", 2, 1_280L, null), new OfferedMember("pot", 1, 720L, null));
        engine.item("mug", 1_000);
        OfferedBundle dearer = engine.seenOffer(user, "mug", Duration.ofMinutes(11));
        assertThat(dearer.getPriceMinor()).isEqualTo(2_000);
        assertThat(dearer.getMembers()).extracting(OfferedMember::getPriceMinor).containsExactly(1_379L, 621L);

        engine.send(EngineDriver.event("buy", user, EventType.PURCHASE, Duration.ofMinutes(12))
                .setBundleId("three")
                .setOrderId("order")
                .setUnitPriceMinor(2_000L)
                .setCurrency("GBP"));
        assertThat(engine.outcomes(OutcomeKind.CONVERSION))
                .singleElement()
                .satisfies(sold -> assertThat(sold.getRevenueMinor()).isEqualTo(2_000));
        returned("back-1", "mug", 1, 689);
        assertThat(engine.outcomes(OutcomeKind.RETURN))
                .singleElement()
                .satisfies(back -> assertThat(back.getRevenueMinor()).isEqualTo(-689));
        returned("back-2", "pot", 1, 621);
        returned("back-3", "mug", 1, 690);
        assertThat(engine.outcomes(OutcomeKind.RETURN))
                .extracting(back -> back.getRevenueMinor())
                .containsExactly(-621L, -690L);
    }

    @Test
    void shouldOfferNoBundleWhoseGiftIsSoldOut() {
        engine.item("mug", 800);
        Bundle withGift = Bundle.newBuilder(EngineDriver.bundleOf("with-gift", 1, "mug", "spoon"))
                .setPriceTiers(
                        List.of(PriceTier.newBuilder().setGiftItemId("spoon").build()))
                .build();
        engine.bundle(withGift);
        engine.item(ofStock(1));
        OfferedBundle offered = engine.seenOffer(user, "mug", Duration.ofSeconds(1));
        assertThat(offered.getMembers())
                .containsExactly(new OfferedMember("mug", 1, 800L, null), new OfferedMember("spoon", 1, 0L, null));
        engine.item(ofStock(0));
        engine.send(EngineDriver.event("view-2", user, EventType.VIEW, Duration.ofMinutes(11))
                .setItemId("mug"));
        assertThat(engine.offers()).isEmpty();
    }

    @Test
    void shouldMarkPricesThatAreChosenForAShopperAndChooseNoneForExcludedSegments() {
        engine = shop.open(Map.of(
                OfferSettings.TRIGGERS.name(), "VIEW", RuleSettings.UNPRICED_SEGMENTS.name(), "minor, employee"));
        engine.publish(Strategy.newBuilder()
                .setVersion(1)
                .setSalt("priced")
                .setArms(List.of(StrategyArm.newBuilder()
                        .setName("offers")
                        .setKind(ArmKind.TREATMENT)
                        .setShare(1)
                        .setObjective(OfferObjective.REVENUE)
                        .setDiscountsBasisPoints(List.of(100, 200))
                        .build()))
                .build());

        OfferedBundle chosen = view("ann", "gold");
        assertThat(chosen.getPersonalPrice()).isTrue();
        assertThat(chosen.getPriceMinor()).isNotEqualTo(2_700);
        OfferedBundle usual = view("bob", "gold, minor");
        assertThat(usual.getPersonalPrice()).isFalse();
        assertThat(usual.getPriceMinor()).isEqualTo(2_700);
    }

    private OfferedBundle view(String shopper, String segments) {
        engine.send(EngineDriver.event("view-" + shopper, shopper, EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a")
                .setAttributes(Map.of("segments", segments)));
        return engine.offers().get(0).getBundles().get(0);
    }

    private static dev.kombo.schema.Item ofStock(long stock) {
        return dev.kombo.schema.Item.newBuilder()
                .setItemId("spoon")
                .setPriceMinor(300L)
                .setCurrency("GBP")
                .setStock(stock)
                .build();
    }
}
