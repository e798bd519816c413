package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.event.OfferSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Guardrail;
import dev.kombo.schema.GuardrailAction;
import dev.kombo.schema.Item;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.StrategyMapper;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Guardrails on measures other than revenue, in the production topology. */
class GuardrailMeasuresTest {
    private static final int USERS = 960;

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    @ParameterizedTest
    @ValueSource(strings = {"margin28d", "returnRate28d", "dismissalRate28d", "discount28d"})
    void shouldStopATreatmentThatDoesHarmByTheMeasure(String measure) {
        open(500L);
        engine.send(EngineDriver.purchase("first", "before", "a", 1_000, Duration.ZERO));
        engine.send(back("first-back", "before", Duration.ofMinutes(1)));
        engine.advance(Duration.ofSeconds(10));
        engine.publish(strategy(measure, 5, "holdout", ArmKind.HOLDOUT, "control", ArmKind.BASELINE));
        assertThat(engine.rejections()).isEmpty();
        observe(measure);

        assertThat(StrategyMapper.PLANS.toAvro(engine.models.strategy().plan())).satisfies(stopped -> {
            assertThat(stopped.getVersion()).isEqualTo(6);
            assertThat(stopped.getReason()).startsWith(measure + " of treatment against ");
            assertThat(stopped.getArms().get(2).getStopped()).isTrue();
        });
        assertThat(engine.counters.get(KomboMetric.GUARDRAILS_CROSSED, "stop")).isEqualTo(1);
    }

    @Test
    void shouldRefuseAGuardrailOnWhatTheShopDoesNotReport() {
        open(null);
        engine.publish(strategy("margin28d", 5, "holdout", ArmKind.HOLDOUT, "control", ArmKind.BASELINE));
        engine.publish(strategy("returnRate28d", 5, "holdout", ArmKind.HOLDOUT, "control", ArmKind.BASELINE));
        engine.publish(strategy("discount28d", 5, "holdout", ArmKind.HOLDOUT, "second", ArmKind.HOLDOUT));

        assertThat(engine.rejections())
                .extracting(RejectedEvent::getDetail)
                .containsExactly(
                        "guardrails has the measure margin28d, but items need costs for it: nine tenths of those with a price",
                        "guardrails has the measure returnRate28d, but no return was ever reported",
                        "guardrails has the measure discount28d, which needs a baseline to compare with: users of a holdout"
                                + " get no offers");
        assertThat(engine.activated()).isEmpty();
    }

    private void open(Long costMinor) {
        engine = shop.empty(Map.of(OfferSettings.TRIGGERS.name(), "VIEW", OfferSettings.INTERVAL.name(), "0"));
        for (String id : List.of("a", "b")) {
            engine.item(Item.newBuilder()
                    .setItemId(id)
                    .setTitle("Item " + id)
                    .setCategory("category")
                    .setPriceMinor(1_000L)
                    .setCostMinor(costMinor)
                    .setCurrency("GBP")
                    .build());
        }
        engine.bundle("ab", 1_700, "a", "b");
    }

    private static Strategy strategy(
            String measure, long version, String first, ArmKind firstKind, String second, ArmKind secondKind) {
        return Strategy.newBuilder()
                .setVersion(version)
                .setSalt("s")
                .setArms(List.of(
                        StrategyArms.of(first, firstKind, 0.34),
                        StrategyArms.of(second, secondKind, 0.33),
                        StrategyArms.of("treatment", ArmKind.TREATMENT, 0.33)))
                .setGuardrails(List.of(new Guardrail(measure, 0.0, GuardrailAction.STOP)))
                .build();
    }

    /** Users enter, every tenth of them does what the measure counts, half of those in the treatment. */
    private void observe(String measure) {
        Map<String, BundleOffer> offers = new HashMap<>();
        for (int i = 0; i < USERS; i++) {
            engine.send(EngineDriver.event("enter-" + i, "shopper-" + i, EventType.VIEW, Duration.ofHours(1))
                    .setItemId("a"));
        }
        engine.offers().forEach(offer -> offers.put(offer.getUserId(), offer));
        for (int i = 0; i < USERS; i++) {
            String user = "shopper-" + i;
            boolean treated =
                    engine.models.strategy().plan().assign(user).name().equals("treatment");
            act(measure, user, i % 10 == 0 || (treated && i % 2 == 0), offers.get(user));
        }
        engine.advance(Duration.ofDays(29));
        engine.advance(Duration.ofSeconds(2));
    }

    private void act(String measure, String user, boolean harm, BundleOffer offer) {
        Duration later = Duration.ofHours(2);
        switch (measure) {
            case "margin28d" -> engine.send(EngineDriver.purchase("buy-" + user, user, "a", harm ? 600 : 1_000, later));
            case "returnRate28d" -> {
                engine.send(EngineDriver.purchase("buy-" + user, user, "a", 1_000, later));
                if (harm) {
                    engine.send(back("back-" + user, user, later.plusHours(1)));
                }
            }
            case "dismissalRate28d" -> {
                if (offer != null && harm) {
                    engine.send(EngineDriver.event("no-" + user, user, EventType.OFFER_DISMISSAL, later)
                            .setOfferId(offer.getOfferId()));
                }
            }
            default -> {
                if (offer != null) {
                    engine.send(EngineDriver.event("buy-" + user, user, EventType.PURCHASE, later)
                            .setOfferId(offer.getOfferId())
                            .setBundleId("ab")
                            .setUnitPriceMinor(harm ? 1_500L : 2_000L)
                            .setCurrency("GBP"));
                }
            }
        }
    }

    private static BehaviorEvent.Builder back(String id, String user, Duration at) {
        return EngineDriver.event(id, user, EventType.RETURN, at)
                .setItemId("a")
                .setUnitPriceMinor(1_000L)
                .setCurrency("GBP");
    }
}
