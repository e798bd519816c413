package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BudgetSpending;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferObjective;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.SpentBudget;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import dev.kombo.schema.StrategyBudget;
import dev.kombo.serde.StrategyMapper;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Discounts stop for the rest of the day once they have cost an arm's or a bundle's budget. */
class DiscountBudgetFlowTest {
    /** What the bundle ab saves: 10.00 and 20.00 for 27.00. */
    private static final long SAVING = 300;

    private static final Duration NEXT_DAY = Duration.ofHours(15);

    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private int number;

    private void open(OfferObjective objective, Integer discount, StrategyBudget... budgets) {
        engine = shop.open(Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
        engine.publish(strategy(objective, discount, budgets));
    }

    private static Strategy strategy(OfferObjective objective, Integer discount, StrategyBudget... budgets) {
        StrategyArm treatment = StrategyArm.newBuilder(StrategyArms.of("treatment", ArmKind.TREATMENT, 1))
                .setObjective(objective)
                .setDiscountsBasisPoints(discount == null ? List.of() : List.of(discount))
                .build();
        return Strategy.newBuilder()
                .setVersion(1)
                .setSalt("limited")
                .setArms(List.of(treatment))
                .setGuardrails(List.of())
                .setBudgets(List.of(budgets))
                .build();
    }

    private static StrategyBudget ofArm(long minor) {
        return new StrategyBudget("treatment", null, minor, "GBP");
    }

    /** A new shopper views an item; returns the price of the bundle offered, or null where nothing is. */
    private Long offered(Duration afterStart) {
        String user = "shopper-" + number++;
        engine.send(EngineDriver.event("view-" + user, user, EventType.VIEW, afterStart)
                .setItemId("a"));
        return engine.offers().stream()
                .map(offer -> offer.getBundles().get(0).getPriceMinor())
                .findFirst()
                .orElse(null);
    }

    /** A new shopper is offered the bundle and buys it. */
    private void sell(Duration afterStart, long price) {
        assertThat(offered(afterStart)).isEqualTo(price);
        String user = "shopper-" + (number - 1);
        String offerId = engine.outcomes(OutcomeKind.OFFERED).get(0).getOfferId();
        engine.send(EngineDriver.event("buy-" + user, user, EventType.PURCHASE, afterStart.plusSeconds(1))
                .setBundleId("ab")
                .setOfferId(offerId)
                .setUnitPriceMinor(price)
                .setCurrency("GBP"));
        assertThat(engine.outcomes(OutcomeKind.CONVERSION))
                .extracting(OfferOutcome::getSavingMinor)
                .containsExactly(3_000 - price);
    }

    private SpentBudget spent() {
        List<BudgetSpending> published = engine.values(engine.topics.name(Topic.BUDGET_SPENDING), BudgetSpending.class);
        return published.get(published.size() - 1).getBudgets().get(0);
    }

    @Test
    void shouldOfferNoDiscountUntilTheNextDayWhenTheBudgetOfAnArmIsSpent() {
        open(OfferObjective.REVENUE, null, ofArm(3 * SAVING + 200));
        for (int minute = 1; minute <= 3; minute++) {
            sell(Duration.ofMinutes(minute), 2_700);
            engine.advance(Duration.ofSeconds(2));
        }
        assertThat(spent()).satisfies(spent -> {
            assertThat(spent.getSpentMinor()).isEqualTo(3 * SAVING);
            assertThat(spent.getReservedMinor()).isBetween(1L, 100L);
            assertThat(spent.getSpentAt())
                    .isEqualTo(EngineDriver.START
                            .plus(Duration.ofMinutes(3).plusSeconds(1))
                            .toEpochMilli());
        });
        assertThat(engine.metrics.scrape()).contains("kombo_budgets_spent_total{budget=\"arm treatment\"} 1");
        assertThat(offered(Duration.ofMinutes(4))).isNull();
        engine.advance(Duration.ofSeconds(2));
        assertThat(offered(Duration.ofHours(13))).isNull();

        assertThat(offered(NEXT_DAY)).isEqualTo(2_700);
        engine.advance(Duration.ofSeconds(2));
        assertThat(spent()).satisfies(spent -> {
            assertThat(spent.getSpentMinor()).isZero();
            assertThat(spent.getSpentAt()).isZero();
        });
    }

    @Test
    void shouldStopBeforeTheNextPublicationWhenAPurchaseSpendsTheBudget() {
        open(OfferObjective.REVENUE, null, ofArm(SAVING + 200));
        sell(Duration.ofMinutes(1), 2_700);
        assertThat(spent().getSpentMinor()).isEqualTo(SAVING);
        assertThat(offered(Duration.ofMinutes(2))).isNull();
    }

    @Test
    void shouldOfferTheListPriceWhenTheArmChoosesDiscountsAndItsBudgetIsSpent() {
        open(OfferObjective.REVENUE, 2_000, ofArm(700));
        sell(Duration.ofMinutes(1), 2_400);
        assertThat(offered(Duration.ofMinutes(2))).isEqualTo(3_000);
        assertThat(offered(NEXT_DAY)).isEqualTo(2_400);
    }

    @Test
    void shouldOfferDiscountsFromMidnightWhenTheArmDoesNotValueOffers() {
        open(OfferObjective.RELEVANCE, null, ofArm(2 * SAVING + 200));
        sell(Duration.ofMinutes(1), 2_700);
        engine.advance(Duration.ofSeconds(2));
        sell(Duration.ofMinutes(2), 2_700);
        assertThat(offered(Duration.ofMinutes(3))).isNull();
    }

    @Test
    void shouldWithholdOnlyTheBundleWhoseBudgetIsSpent() {
        open(OfferObjective.REVENUE, null, new StrategyBudget(null, "ab", SAVING + 200, "GBP"));
        engine.item("c", 2_500);
        engine.bundle("ac", 3_400, "a", "c");
        engine.bundle("ab", 2_700, "a", "b");
        sellAny(Duration.ofMinutes(1));
        String user = "shopper-last";
        engine.send(EngineDriver.event("view", user, EventType.VIEW, Duration.ofMinutes(2))
                .setItemId("a"));
        assertThat(engine.offers().get(0).getBundles())
                .extracting(one -> one.getBundleId())
                .containsExactly("ac");
    }

    private void sellAny(Duration afterStart) {
        engine.send(EngineDriver.event("view-first", "first", EventType.VIEW, afterStart)
                .setItemId("a"));
        assertThat(engine.offers().get(0).getBundles())
                .extracting(one -> one.getBundleId())
                .containsExactlyInAnyOrder("ab", "ac");
        String offerId = engine.outcomes(OutcomeKind.OFFERED).get(0).getOfferId();
        engine.send(EngineDriver.event("buy-first", "first", EventType.PURCHASE, afterStart.plusSeconds(1))
                .setBundleId("ab")
                .setOfferId(offerId)
                .setUnitPriceMinor(2_700L)
                .setCurrency("GBP"));
    }

    @Test
    void shouldKnowWhatIsSpentWhenTheTaskStartsAgain() {
        open(OfferObjective.REVENUE, null, ofArm(2 * SAVING + 200));
        sell(Duration.ofMinutes(1), 2_700);
        engine.advance(Duration.ofSeconds(2));
        sell(Duration.ofMinutes(2), 2_700);
        SpentBudget before = spent();
        // The second purchase is not in the accounts yet.
        Map<String, Map<Object, Object>> stored = engine.stored();
        Strategy strategy = StrategyMapper.PLANS.toAvro(engine.models.strategy().plan());

        engine = shop.open(Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
        engine.restore(stored);
        engine.input(engine.topics.name(Topic.ACTIVE_STRATEGY), Strategy.class).pipeInput("limited", strategy);
        engine.advance(Duration.ofSeconds(2));
        engine.send(EngineDriver.event("more", "other", EventType.VIEW, Duration.ofMinutes(3))
                .setItemId("a"));
        engine.advance(Duration.ofSeconds(2));
        assertThat(spent().getSpentMinor()).isEqualTo(before.getSpentMinor()).isEqualTo(2 * SAVING);
        assertThat(engine.metrics.scrape()).doesNotContain("kombo_budgets_spent_total{budget=\"arm treatment\"} 1");
    }

    @Test
    void shouldSayNothingOfCostsWhenTheStrategyHasNoBudgets() {
        open(OfferObjective.REVENUE, null);
        assertThat(offered(Duration.ofMinutes(1))).isEqualTo(2_700);
        assertThat(engine.outcomes(OutcomeKind.OFFERED)).singleElement().satisfies(outcome -> {
            assertThat(outcome.getSavingMinor()).isZero();
            assertThat(outcome.getCurrency()).isNull();
        });
        engine.advance(Duration.ofSeconds(2));
        assertThat(engine.values(engine.topics.name(Topic.BUDGET_SPENDING), BudgetSpending.class))
                .isEmpty();
    }

    @Test
    void shouldRefuseBudgetsThatMakeNoSense() {
        open(OfferObjective.REVENUE, null);
        Strategy wrong = strategy(
                OfferObjective.REVENUE,
                null,
                new StrategyBudget("nobody", null, 1L, "GBP"),
                new StrategyBudget("treatment", "ab", 0L, "GBP"),
                new StrategyBudget(null, "ab", 5L, "pounds"));
        wrong.setVersion(2L);
        engine.publish(wrong);
        assertThat(engine.rejections())
                .extracting(RejectedEvent::getDetail)
                .singleElement()
                .asString()
                .contains("budgets has the arm nobody, which is none that makes offers")
                .contains("budgets needs an arm or a bundleId in each entry, and not both")
                .contains("budgets has minorPerDay 0, which is not within 1 and")
                .contains("budgets has the currency pounds, which is no code of ISO 4217")
                .contains("budgets has more than one currency");
    }
}
