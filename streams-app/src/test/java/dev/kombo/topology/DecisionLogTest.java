package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.engine.replay.StrategyReplay;
import dev.kombo.engine.shopper.LoggedDecision;
import dev.kombo.engine.shopper.OfferSettings;
import dev.kombo.ranking.slate.DecisionReplay;
import dev.kombo.ranking.slate.RankingSettings;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.Decision;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferObjective;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import dev.kombo.serde.DecisionMapper;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.settings.SettingValues;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is logged of the decisions behind offers. */
class DecisionLogTest {
    private static final int USERS = 60;

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = shop.empty(Map.of(OfferSettings.SIZE.name(), "2"));
        for (String item : List.of("a", "b", "c", "d")) {
            engine.item(item, 1000);
        }
        engine.bundle("ab", 1700, "a", "b");
        engine.bundle("bc", 1800, "b", "c");
        engine.bundle("cd", 1900, "c", "d");
    }

    private Strategy publish(double decisionSamplingRate, List<Integer> discounts) {
        Strategy strategy = Strategy.newBuilder()
                .setVersion(1)
                .setSalt("logged")
                .setDecisionSamplingRate(decisionSamplingRate)
                .setArms(List.of(StrategyArm.newBuilder()
                        .setName("offers")
                        .setKind(ArmKind.TREATMENT)
                        .setShare(1)
                        .setTemperature(0.5)
                        .setObjective(OfferObjective.REVENUE)
                        .setDiscountsBasisPoints(discounts)
                        .build()))
                .build();
        engine.input(engine.topics.name(Topic.STRATEGY), Strategy.class).pipeInput("default", strategy);
        return strategy;
    }

    private void view(int users) {
        for (int user = 0; user < users; user++) {
            engine.send(EngineDriver.event("e" + user, "user-" + user, EventType.VIEW, Duration.ofSeconds(1 + user))
                    .setItemId("a"));
        }
    }

    private List<KeyValue<String, Decision>> decisions() {
        return engine.output(engine.topics.name(Topic.DECISION_LOG), Decision.class);
    }

    @Test
    void shouldLogEnoughToMakeTheSameChoiceAgain() {
        Strategy strategy = publish(1, List.of(0, 1_000, 2_000));
        view(USERS);

        List<BundleOffer> offers = engine.offers();
        List<KeyValue<String, Decision>> decisions = decisions();
        assertThat(decisions).hasSameSizeAs(offers).hasSize(USERS);
        for (int i = 0; i < USERS; i++) {
            BundleOffer offer = offers.get(i);
            assertThat(decisions.get(i).key).isEqualTo(offer.getUserId());
            LoggedDecision logged = DecisionMapper.toDomain(decisions.get(i).value);
            assertThat(logged.offerId()).isEqualTo(offer.getOfferId());
            assertThat(logged.sameForAllGoals()).isTrue();
            decisions.get(i).value.setSameForAllGoals(false);
            assertThat(DecisionMapper.toDomain(decisions.get(i).value).sameForAllGoals())
                    .isFalse();
            assertThat(logged.decision().considered()).hasSize(3);
            assertThat(logged.decision().setting().oddsMin()).isEqualTo(0.015);
            DecisionReplay replay = StrategyReplay.of(
                    StrategyMapper.PLANS.toDomain(strategy).arm("offers"),
                    logged.decision(),
                    RankingSettings.of(SettingValues.defaults()).oddsMin());
            List<DecisionReplay.Rank> ranks = replay.ranks((considered, rank, price) -> (double) price);
            for (int r = 0; r < ranks.size(); r++) {
                var position = offer.getBundles().get(r);
                int chosen = logged.decision().choices().get(r).considered();
                assertThat(logged.decision().considered().get(chosen).bundleId())
                        .isEqualTo(position.getBundleId());
                assertThat(ranks.get(r).probability()).isEqualTo(position.getPropensity());
                assertThat(ranks.get(r).unsupported()).isZero();
                assertThat(ranks.get(r).shown()).isEqualTo((double) position.getPriceMinor());
                assertThat(replay.taken(chosen, r + 1, position.getPriceMinor()))
                        .isEqualTo(position.getConversionProbability());
            }
        }
    }

    @Test
    void shouldLogNothingUnlessTheStrategyAsksForIt() {
        publish(0, List.of());
        view(5);

        assertThat(engine.offers()).hasSize(5);
        assertThat(decisions()).isEmpty();
    }

    @Test
    void shouldLogAboutTheShareThatTheStrategyAsksFor() {
        publish(0.5, List.of());
        view(USERS);

        // 60 draws of one half: 30, with a standard deviation of 3.9.
        assertThat(decisions()).hasSizeBetween(15, 45);
    }
}
