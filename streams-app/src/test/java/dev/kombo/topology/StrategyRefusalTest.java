package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Strategies that are refused, and shoppers that a strategy leaves out. */
class StrategyRefusalTest {
    private static final Strategy GOOD = strategy(3, "good", arm("offers", ArmKind.TREATMENT, 1.0));

    private static final Item ITEM = Item.newBuilder()
            .setItemId("a")
            .setTitle("Item")
            .setCategory("category")
            .setPriceMinor(1000L)
            .setCurrency("GBP")
            .build();

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private int events;

    @BeforeEach
    void open() {
        engine = shop.empty(Map.of(OfferSettings.INTERVAL.name(), "0"));
        engine.item("a", 1000);
        engine.item("b", 1000);
        engine.bundle("ab", 1700, "a", "b");
    }

    @Test
    void shouldRejectARefusedStrategyWithEveryReason() {
        publish(GOOD);
        engine.activated();
        publish(strategy(2, "bad", arm("a", ArmKind.TREATMENT, 0.7), arm("a", ArmKind.UNKNOWN, 0.5)));

        List<KeyValue<String, RejectedEvent>> told =
                engine.output(engine.topics.name(Topic.REJECTED_EVENT), RejectedEvent.class);
        assertThat(told).singleElement().satisfies(record -> {
            assertThat(record.key).isEqualTo("default");
            assertThat(record.value.getSource()).isEqualTo(engine.topics.name(Topic.STRATEGY));
            assertThat(record.value.getReason()).isEqualTo("invalid-strategy");
            assertThat(record.value.getDetail())
                    .isEqualTo("arm a is there twice; arm a has no kind; shares sum to 1.2 instead of 1; "
                            + "version 2 is not above 3, that of the running strategy");
            assertThat(record.value.getPayload()).contains("\"salt\": \"bad\"");
        });
        assertThat(engine.activated()).isEmpty();
        assertThat(engine.models.strategy().plan().salt()).isEqualTo("good");
        view("user", "any", "");
        assertThat(engine.offers()).extracting(BundleOffer::getExperiment).containsExactly("good");
    }

    @Test
    void shouldRefuseTooManyArmsAndAVersionThatNoneCanFollow() {
        publish(GOOD);
        engine.activated();
        StrategyArm[] crowd = IntStream.range(0, 51)
                .mapToObj(i -> arm("arm" + i, ArmKind.TREATMENT, 1.0 / 51))
                .toArray(StrategyArm[]::new);
        publish(strategy(5, "crowd", crowd));
        publish(strategy(Long.MAX_VALUE, "last", arm("offers", ArmKind.TREATMENT, 1.0)));

        assertThat(engine.rejections())
                .extracting(RejectedEvent::getDetail)
                .containsExactly(
                        "arms has 51 entries, more than 50", "version 9223372036854775807 is above 10000000000000000");
        assertThat(engine.activated()).isEmpty();
        publish(strategy(5, "next", arm("offers", ArmKind.TREATMENT, 1.0)));
        assertThat(engine.activated()).extracting(record -> record.key).containsExactly("next");
    }

    @Test
    void shouldRefuseTooManySegmentsAndTooLongPlacements() {
        publish(GOOD);
        engine.activated();
        publish(Strategy.newBuilder(strategy(4, "wide", arm("offers", ArmKind.TREATMENT, 1.0)))
                .setSegments(
                        IntStream.range(0, 10_000).mapToObj(i -> "segment-" + i).toList())
                .setPlacements(List.of("p".repeat(101)))
                .build());
        assertThat(engine.rejections())
                .extracting(RejectedEvent::getDetail)
                .containsExactly(
                        "segments has 10000 entries, more than 1000; placements has an entry of 101 characters,"
                                + " more than 100");
        assertThat(engine.activated()).isEmpty();
    }

    @Test
    void shouldRejectEachOfABurst() {
        publish(GOOD);
        for (int i = 0; i < 1_500; i++) {
            publish(strategy(4 + i, "bad-" + i, arm("a", ArmKind.TREATMENT, 0.7)));
        }
        publish(strategy(4, "next", arm("offers", ArmKind.TREATMENT, 1.0)));
        assertThat(engine.rejections()).hasSize(1_500);
        assertThat(engine.counters.get(KomboMetric.STRATEGY_REFUSED)).isEqualTo(1_500);
        assertThat(engine.activated()).extracting(record -> record.key).containsExactly("good", "next");
    }

    @Test
    void shouldKeepTheStandardStrategyWhenTheFirstIsRefused() {
        publish(strategy(4, "bad", arm("a", ArmKind.TREATMENT, 0.7)));
        assertThat(engine.rejections()).hasSize(1);
        assertThat(engine.activated()).isEmpty();
        assertThat(engine.models.strategy().plan().salt()).isEqualTo("kombo-default");
    }

    @Test
    void shouldTakeTheSameStrategyAgainWithoutAWord() {
        publish(GOOD);
        publish(GOOD);
        assertThat(engine.rejections()).isEmpty();
        assertThat(engine.counters.get(KomboMetric.STRATEGY_REFUSED)).isZero();
        assertThat(engine.activated()).containsOnly(KeyValue.pair("good", GOOD));
    }

    @Test
    void shouldDeadLetterWhatIsNoStrategy() {
        publish(GOOD);
        engine.sendBytes(engine.topics.name(Topic.STRATEGY), "default", new byte[] {1, 2, 3});
        byte[] item = engine.value(Item.class).serializer().serialize(engine.topics.name(Topic.ITEM_CATALOG), ITEM);
        engine.sendBytes(engine.topics.name(Topic.STRATEGY), "default", item);
        assertThat(engine.deadLetters()).hasSize(2);
        assertThat(engine.models.strategy().plan().salt()).isEqualTo("good");
    }

    @Test
    void shouldEnterOnlyWhoMayAndServeTheOthersOutsideTheExperiment() {
        publish(Strategy.newBuilder(strategy(1, "gold-only", arm("control", ArmKind.HOLDOUT, 1.0)))
                .setSegments(List.of("gold"))
                .setPlacements(List.of("home"))
                .build());
        view("plain", "home", "silver");
        view("gold", "cart", "gold");
        assertThat(engine.offers()).hasSize(2).allSatisfy(offer -> {
            assertThat(offer.getExperiment()).isEqualTo("gold-only/not-enrolled");
            assertThat(offer.getArm()).isEqualTo("not-enrolled");
        });
        assertThat(engine.shopper("u:plain").enrollment()).isNull();
        assertThat(engine.shopper("u:gold").enrollment()).isNull();

        view("gold", "home", "gold");
        assertThat(engine.offers()).as("held out").isEmpty();
        assertThat(engine.shopper("u:gold").enrollment().arm()).isEqualTo("control");
        // Who is in stays in, and the experiment still says nothing about other placements.
        view("gold", "home", "silver");
        assertThat(engine.offers()).isEmpty();
        view("gold", "cart", "gold");
        assertThat(engine.offers()).extracting(BundleOffer::getExperiment).containsExactly("gold-only/not-enrolled");
        assertThat(engine.counters.get(KomboMetric.OFFERS, "no")).isEqualTo(3);
        assertThat(engine.outcomes(OutcomeKind.ENTERED))
                .extracting(OfferOutcome::getUserId)
                .containsExactly("gold");
    }

    private void view(String user, String placement, String segments) {
        events++;
        engine.send(EngineDriver.event("e" + events, user, EventType.VIEW, Duration.ofSeconds(events))
                .setItemId("a")
                .setPlacement(placement)
                .setAttributes(Map.of("segments", segments)));
    }

    private void publish(Strategy strategy) {
        engine.publish(strategy);
    }

    private static StrategyArm arm(String name, ArmKind kind, double share) {
        return StrategyArms.of(name, kind, share);
    }

    private static Strategy strategy(long version, String salt, StrategyArm... arms) {
        return Strategy.newBuilder()
                .setVersion(version)
                .setSalt(salt)
                .setArms(List.of(arms))
                .build();
    }
}
