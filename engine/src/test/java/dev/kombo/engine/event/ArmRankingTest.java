package dev.kombo.engine.event;

import static dev.kombo.catalog.index.CatalogFixtures.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.LedgerState;
import dev.kombo.attribution.OfferLedger;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.UnmatchedFeedback;
import dev.kombo.catalog.index.CatalogFixtures;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.engine.Engine;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.entity.Entity;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.OfferPolicy;
import dev.kombo.experiment.OfferPolicy.ArmRanker;
import dev.kombo.experiment.OfferPolicy.Objective;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.StrategyPlan.Eligibility;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.Slate;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.ranking.contest.Rankers;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.settings.SettingValues;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What is previewed is what an event is answered with, in each kind of arm and without one. */
class ArmRankingTest {
    private static final String PLACEMENT = "home";
    private static final String USER = "ann";

    private final EngineSettings settings = new EngineSettings(SettingValues.defaults());
    private final Models models = new Models(settings);

    static Stream<Arguments> situations() {
        OfferPolicy prior = new OfferPolicy(Objective.RELEVANCE, ArmRanker.PRIOR, 0, List.of(), Double.NaN, true);
        OfferPolicy discounts =
                new OfferPolicy(Objective.REVENUE, ArmRanker.LEARNED, 0, List.of(1_000, 2_000), Double.NaN, true);
        Enrollment gone = new Enrollment("s", "earlier", 1, NOW - 1);
        return Stream.of(
                Arguments.of("not begun", plan(relevance(), NOW + 1, Eligibility.EVERYWHERE), null, "no-strategy"),
                Arguments.of("another placement", only(Set.of(), Set.of("cart")), null, null),
                Arguments.of("another segment", only(Set.of("gold"), Set.of()), null, null),
                Arguments.of("arm gone", plan(relevance(), 0, Eligibility.EVERYWHERE), gone, "arm-gone"),
                Arguments.of("holdout", plan(arm(Arm.Kind.HOLDOUT, OfferPolicy.PLAIN)), null, "holdout"),
                Arguments.of("baseline", plan(arm(Arm.Kind.BASELINE, OfferPolicy.PLAIN)), null, null),
                Arguments.of("relevance", plan(relevance()), null, null),
                Arguments.of("prior", plan(arm(Arm.Kind.TREATMENT, prior)), null, null),
                Arguments.of("conversion", plan(valued(Objective.CONVERSION)), null, null),
                Arguments.of("margin", plan(valued(Objective.MARGIN)), null, null),
                Arguments.of("discounts", plan(arm(Arm.Kind.TREATMENT, discounts)), null, null));
    }

    private static Arm arm(Arm.Kind kind, OfferPolicy policy) {
        return new Arm("arm", kind, 1, policy);
    }

    private static Arm relevance() {
        return arm(Arm.Kind.TREATMENT, OfferPolicy.PLAIN);
    }

    private static Arm valued(Objective objective) {
        return arm(Arm.Kind.TREATMENT, OfferPolicy.of(objective));
    }

    private static StrategyPlan plan(Arm arm) {
        return plan(arm, 0, Eligibility.EVERYWHERE);
    }

    private static StrategyPlan only(Set<String> segments, Set<String> placements) {
        return plan(valued(Objective.REVENUE), 0, new Eligibility(segments, placements));
    }

    private static StrategyPlan plan(Arm arm, long startsAt, Eligibility eligibility) {
        return new StrategyPlan(1, "s", List.of(arm), startsAt, Long.MAX_VALUE, eligibility, StrategyPlan.Options.NONE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("situations")
    void shouldPreviewWhatAnEventIsAnsweredWith(String situation, StrategyPlan plan, Enrollment stored, String reason) {
        models.plan = plan;
        ShopperState shopper = shopper(stored);
        OfferPreview preview = new OfferPreview(models, new SlateRanker(models.catalog, settings.ranking()));
        OfferPreview.Preview previewed = preview.of(new OfferPreview.PreviewRequest(
                ShopperKey.ofUser(USER),
                shopper,
                PLACEMENT,
                NOW,
                settings.offers().size()));
        Made made = new Made();

        new Engine(settings, models).flow(made).handle(ShopperKey.ofUser(USER), shopper, request(), made);

        assertThat(made.reason).as(situation).isEqualTo(reason);
        assertThat(previewed.slate().emptyReason()).isEqualTo(reason);
        assertThat(made.offered == null).isEqualTo(reason != null);
        if (made.offered != null) {
            assertThat(previewed.assignment()).isEqualTo(made.offered.open().assignment());
            assertThat(previewed.modelVersion()).isEqualTo(made.offered.modelVersion());
            assertThat(previewed.policy()).isEqualTo(made.offered.policy());
            assertThat(described(previewed.slate()))
                    .isEqualTo(described(made.offered.slate()))
                    .hasSizeGreaterThan(1);
        } else if (previewed.assignment() != null) {
            Enrollment now = shopper.enrollment();
            assertThat(previewed.assignment())
                    .isEqualTo(new Assignment(now.experiment(), now.arm(), now.strategyVersion()));
        }
    }

    @Test
    void shouldRankByTheWinnerOnlyWhereRelevanceIsTheGoal() {
        assertThat(ranker(relevance())).isSameAs(models.ranker);
        assertThat(ranker(arm(Arm.Kind.HOLDOUT, OfferPolicy.PLAIN))).isSameAs(models.ranker);
        assertThat(ranker(arm(Arm.Kind.BASELINE, OfferPolicy.PLAIN))).isSameAs(models.valuing);
        for (Objective objective : List.of(Objective.CONVERSION, Objective.REVENUE, Objective.MARGIN)) {
            assertThat(ranker(valued(objective))).isSameAs(models.valuing);
        }
        for (Objective objective : Objective.values()) {
            OfferPolicy prior = new OfferPolicy(objective, ArmRanker.PRIOR, 0, List.of(), Double.NaN, true);
            Ranker starting = ranker(arm(Arm.Kind.TREATMENT, prior));
            assertThat(starting.weights()).containsExactly(Signal.priorWeights());
            assertThat(starting.name()).isEqualTo("prior");
        }
    }

    private Ranker ranker(Arm arm) {
        return ArmRanking.of(models, plan(arm), ShopperKey.ofUser(USER), shopper(null), PLACEMENT, NOW)
                .ranker();
    }

    private ShopperState shopper(@Nullable Enrollment enrollment) {
        return new ShopperState(
                new Behavior(settings.profile()),
                new OfferLedger(
                        settings.attribution(), ShopperKey.shopper(ShopperKey.ofUser(USER)), LedgerState.empty()),
                enrollment,
                0);
    }

    private static List<String> described(Slate slate) {
        return slate.bundles().stream()
                .map(ranked ->
                        ranked.offered().rank() + " " + ranked.entry().bundle().id() + " at "
                                + ranked.offered().priceMinor() + " " + ranked.probability() + " " + ranked.reasons())
                .toList();
    }

    private static ShopperEvent request() {
        return new ShopperEvent(
                "event",
                USER,
                null,
                EventType.OFFER_REQUEST,
                null,
                null,
                null,
                null,
                1,
                ShopperEvent.NO_PRICE,
                null,
                Double.NaN,
                PLACEMENT,
                NOW,
                Map.of(),
                false,
                ShopperEvent.NOT_STATED);
    }

    /** Four bundles, and a ranker that has learned the opposite of the prior. */
    private static final class Models implements EventModels {
        private final WritableCatalogIndex catalog;
        private final Ranker ranker;
        private Ranker valuing;
        private final ConversionModel conversionModel;
        private StrategyPlan plan;

        Models(EngineSettings settings) {
            catalog = new WritableCatalogIndex(settings.index());
            for (int i = 1; i <= 4; i++) {
                for (String id : List.of("a" + i, "b" + i)) {
                    catalog.putItem(CatalogFixtures.item(id, 1_000L * i));
                    catalog.putModel(CatalogFixtures.model(Entity.ofItem(id), 10 * i, 1f, 0.1f * i));
                }
                catalog.putBundle(CatalogFixtures.bundle("bundle" + i, 1_800L * i, "a" + i, "b" + i));
            }
            catalog.refresh();
            float[] opposite = Signal.priorWeights().clone();
            for (int s = 0; s < opposite.length; s++) {
                opposite[s] = -opposite[s];
            }
            Ranker linear = Ranker.linear(opposite);
            ranker = new Ranker(linear.shape(), linear.weights(), 7, linear.slope(), linear.offset(), 0);
            valuing = new Ranker(linear.shape(), linear.weights(), 8, linear.slope(), linear.offset(), 0);
            float[] weights = new float[ConversionFeature.count()];
            weights[ConversionFeature.INTERCEPT.ordinal()] = -1;
            conversionModel = new ConversionModel(weights, 3, 100);
        }

        @Override
        public CatalogIndex catalog() {
            return catalog;
        }

        @Override
        public Rankers rankers() {
            return new Rankers(
                    ranker,
                    Collections.nCopies(Occasion.count(), Signal.priorWeights()),
                    Collections.nCopies(Occasion.count(), ranker),
                    Collections.nCopies(Occasion.count(), valuing));
        }

        @Override
        public ConversionModel conversionModel() {
            return conversionModel;
        }

        @Override
        public StrategyPlan planOf(String shopperKey) {
            return plan;
        }
    }

    /** What one event was answered with. */
    private static final class Made implements EventOutputs, EventCounts {
        private NewOffer offered;
        private String reason;

        @Override
        public void emit(String key, NewOffer made) {
            offered = made;
        }

        @Override
        public void outcome(Outcome outcome) {}

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

        @Override
        public void emit(Login login) {}

        @Override
        public void noOffer(String why) {
            reason = why;
        }

        @Override
        public void count(Counted what) {}
    }
}
