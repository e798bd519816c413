package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.experiment.BudgetBoard;
import dev.kombo.experiment.DiscountBudget;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import dev.kombo.metric.KomboMetric;
import dev.kombo.price.PriceHistories;
import dev.kombo.schema.BudgetSpending;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.EarlierPrice;
import dev.kombo.schema.Item;
import dev.kombo.schema.PriceHistory;
import dev.kombo.schema.SpentBudget;
import dev.kombo.schema.SuggestedSlot;
import dev.kombo.serde.CatalogMapper;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A record of a global topic that cannot be used is left out, counted, and changes nothing. */
class GlobalRecordsTest {
    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = shop.empty(Map.of());
        engine.item("a", 1000);
        engine.bundle("aa", 1500, "a", "a");
    }

    @Test
    void shouldCountUndecodableRecordsByTopicAndGoOn() {
        Topics topics = engine.topics;
        Map<String, String> all = Map.of(
                "price-history", topics.name(Topic.PRICE_HISTORY),
                "item-catalog", topics.name(Topic.ITEM_CATALOG),
                "bundle-catalog", topics.name(Topic.BUNDLE_CATALOG),
                "active-strategy", topics.name(Topic.ACTIVE_STRATEGY),
                "budget-spending", topics.name(Topic.BUDGET_SPENDING),
                "suggestion-decision", topics.name(Topic.SUGGESTION_DECISION),
                "bundle-suggestion", topics.name(Topic.BUNDLE_SUGGESTION),
                "item-model", topics.name(Topic.ITEM_MODEL),
                "ranker-model", topics.name(Topic.RANKER_MODEL));
        all.forEach((name, topic) -> {
            engine.sendBytes(topic, "a", "hello".getBytes(StandardCharsets.UTF_8));
            engine.sendBytes(topic, "a", new byte[] {0, 0, 15, 66, 63, 2});

            assertThat(engine.counters.get(KomboMetric.GLOBAL_DROPPED, name, "undecodable"))
                    .as(name)
                    .isEqualTo(2);
            assertThat(engine.metrics.scrape())
                    .contains("kombo_global_records_dropped_total{reason=\"undecodable\",topic=\"" + name + "\"} 2.0");
        });
        assertThat(engine.deadLetters()).isEmpty();
        assertThat(engine.models.catalog().item("a").priceMinor()).isEqualTo(1000);

        engine.item("a", 1100);
        assertThat(engine.models.catalog().item("a").priceMinor()).isEqualTo(1100);
    }

    @Test
    void shouldKeepWhatWasKnownWhenARecordOfTheCatalogueMakesNoSense() {
        engine.input(engine.topics.name(Topic.ITEM_CATALOG), Item.class)
                .pipeInput(
                        "a",
                        Item.newBuilder()
                                .setItemId("a")
                                .setPriceMinor(Long.MIN_VALUE)
                                .setCurrency("GBP")
                                .build());
        engine.input(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class)
                .pipeInput("aa", bundleOf(Integer.MAX_VALUE, 1, Integer.MAX_VALUE));

        assertThat(engine.counters.get(KomboMetric.GLOBAL_DROPPED, "item-catalog", "invalid"))
                .isEqualTo(1);
        assertThat(engine.counters.get(KomboMetric.GLOBAL_DROPPED, "bundle-catalog", "invalid"))
                .isEqualTo(1);
        assertThat(engine.models.catalog().item("a").priceMinor()).isEqualTo(1000);
        assertThat(engine.models.catalog().bundle("aa").bundle().priceMinor()).isEqualTo(1500);
        assertThat(engine.models.catalog().bundle("aa").quantity(0)).isEqualTo(2);
        assertThat(engine.deadLetters()).isEmpty();
    }

    @Test
    void shouldKeepTheVersionBeforeWhenATextIsTooLongAndCutItWhereThereIsNone() {
        for (String id : List.of("a", "stored")) {
            engine.input(engine.topics.name(Topic.ITEM_CATALOG), Item.class)
                    .pipeInput(
                            id,
                            Item.newBuilder()
                                    .setItemId(id)
                                    .setTitle("t".repeat(900_000))
                                    .setAttributes(IntStream.range(0, 20_000)
                                            .boxed()
                                            .collect(Collectors.toMap(i -> "name-" + i, i -> "value")))
                                    .build());
            engine.input(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class)
                    .pipeInput(
                            id + "a",
                            Bundle.newBuilder(bundleOf(1))
                                    .setBundleId(id + "a")
                                    .setTitle("t".repeat(900_000))
                                    .build());
        }

        assertThat(engine.models.catalog().item("a").priceMinor()).isEqualTo(1000);
        assertThat(engine.models.catalog().bundle("aa").bundle().priceMinor()).isEqualTo(1500);
        assertThat(engine.models.catalog().item("stored").title()).hasSize(500);
        assertThat(engine.models.catalog().item("stored").attributes()).hasSize(32);
        assertThat(engine.models.catalog().bundle("storeda").bundle().title()).hasSize(500);
        for (String topic : List.of("item-catalog", "bundle-catalog")) {
            assertThat(engine.counters.get(KomboMetric.GLOBAL_DROPPED, topic, "invalid"))
                    .isEqualTo(2);
        }
    }

    @Test
    void shouldUseABundleWithMoreMembersThanANewOneMayHaveAndCountIt() {
        engine.bundle("wide", 1500, members(1_000));
        assertThat(engine.models.catalog().bundle("wide").size()).isEqualTo(1_000);
        engine.bundle("wide", 1400, members(65));
        assertThat(engine.models.catalog().bundle("wide").size())
                .as("also where there is a version before")
                .isEqualTo(65);
        assertThat(engine.models.catalog().wideBundles()).isEqualTo(1);
        engine.bundle("wide", 1400, members(1_001));
        assertThat(engine.models.catalog().bundle("wide").size()).isEqualTo(65);
        assertThat(engine.counters.get(KomboMetric.GLOBAL_DROPPED, "bundle-catalog", "invalid"))
                .isEqualTo(1);
        engine.bundle("wide", 1400, members(64));
        assertThat(engine.models.catalog().wideBundles()).isZero();
    }

    @Test
    void shouldUseAmountsAndTimesThatANewEntryMayNotHaveAtTheNearestLimit() {
        engine.input(engine.topics.name(Topic.BUNDLE_CATALOG), Bundle.class)
                .pipeInput(
                        "aa",
                        Bundle.newBuilder(bundleOf(2))
                                .setMarginMinor(Long.MIN_VALUE + 1)
                                .setCreatedAt(1L << 62)
                                .setStock(-5L)
                                .setValidFrom(9L)
                                .setValidUntil(3L)
                                .setCombinesWith(Collections.nCopies(1_000, "codes"))
                                .build());
        engine.input(engine.topics.name(Topic.ITEM_CATALOG), Item.class)
                .pipeInput(
                        "a",
                        Item.newBuilder()
                                .setItemId("a")
                                .setPriceMinor(900L)
                                .setCurrency("GBP")
                                .setMarginMinor(1L << 62)
                                .setUpdatedAt(Long.MIN_VALUE)
                                .build());

        BundleEntry used = engine.models.catalog().bundle("aa");
        assertThat(used.bundle().marginMinor()).isEqualTo(-10_000_000_000L);
        assertThat(used.costMinor()).isEqualTo(10_000_000_001d);
        assertThat(used.createdAt()).isEqualTo(253_402_300_799_999L);
        assertThat(used.bundle().sale().combinesWith()).containsExactly("codes");
        assertThat(used.terms().sellable()).isZero();
        assertThat(engine.models.catalog().item("a").priceMinor()).isEqualTo(900);
        assertThat(engine.models.catalog().item("a").marginMinor()).isEqualTo(10_000_000_000L);
        assertThat(engine.counters.get(KomboMetric.GLOBAL_DROPPED, "bundle-catalog", "invalid"))
                .isZero();
    }

    private static String[] members(int count) {
        return IntStream.range(0, count).mapToObj(i -> "item-" + i).toArray(String[]::new);
    }

    @Test
    void shouldRefuseASuggestionWithoutMembers() {
        BundleSuggestion good = CatalogMapper.SUGGESTIONS.toAvro(new Suggestion(
                new MinedBundle("mined-1", List.of("a", "b"), 9, 100, 2, 1.5, 945, 1050, "GBP", null), 3000, false));
        BundleSuggestion none =
                BundleSuggestion.newBuilder(good).setMembers(List.of()).build();
        BundleSuggestion nothingToChoose = BundleSuggestion.newBuilder(good)
                .setSlot(new SuggestedSlot("choice", List.of(), 0L))
                .build();
        TestInputTopic<String, BundleSuggestion> topic =
                engine.input(engine.topics.name(Topic.BUNDLE_SUGGESTION), BundleSuggestion.class);
        topic.pipeInput("mined-1", good);
        topic.pipeInput("mined-1", none);
        topic.pipeInput("mined-1", nothingToChoose);

        assertThat(engine.counters.get(KomboMetric.GLOBAL_DROPPED, "bundle-suggestion", "invalid"))
                .isEqualTo(2);
        assertThat(engine.models.suggestions().all())
                .toIterable()
                .singleElement()
                .satisfies(
                        suggestion -> assertThat(suggestion.bundle().members()).containsExactly("a", "b"));
    }

    @Test
    void shouldKeepThePricesKnownWhenAPriceHistoryMakesNoSense() {
        engine.item("a", 900);
        engine.item("a", 1_100);
        PriceHistories prices = engine.models.catalog().prices();
        dev.kombo.price.PriceHistory known = prices.of("i:a");
        assertThat(known).isNotNull();
        long now = known.changedAt();
        long minute = 60_000;
        long year3000 = 32_503_680_000_000L;
        List<PriceHistory> bad = List.of(
                history(5, year3000),
                history(5, now + minute + 1),
                history(-5, now),
                history(5, now, 3, now + minute + 1),
                history(5, now, -3, now - 1),
                history(5, now, 3, now - 1, 4, now - 2),
                history(5, now, 4, now - 2, 3, now - 1),
                history(
                        5,
                        now,
                        IntStream.range(0, 32)
                                .boxed()
                                .flatMap(i -> Stream.of((long) i, now - 32 + i))
                                .mapToLong(Long::longValue)
                                .toArray()));
        TestInputTopic<String, PriceHistory> topic =
                engine.input(engine.topics.name(Topic.PRICE_HISTORY), PriceHistory.class);
        bad.forEach(history -> topic.pipeInput("i:a", history, now));
        topic.pipeInput("a", history(5, now), now);

        assertThat(engine.counters.get(KomboMetric.GLOBAL_DROPPED, "price-history", "invalid"))
                .isEqualTo(bad.size() + 1);
        assertThat(prices.of("i:a")).isEqualTo(known);
        assertThat(prices.of("a")).isNull();
        topic.pipeInput("i:a", history(1_100, now + minute, 800, now - 2, 850, now - 1), now);
        assertThat(prices.of("i:a").lowest(now)).as("of another instance").isEqualTo(800);
    }

    private static PriceHistory history(long priceMinor, long changedAt, long... earlier) {
        return PriceHistory.newBuilder()
                .setCurrency("GBP")
                .setPriceMinor(priceMinor)
                .setChangedAt(changedAt)
                .setEarlier(IntStream.range(0, earlier.length / 2)
                        .mapToObj(i -> EarlierPrice.newBuilder()
                                .setPriceMinor(earlier[2 * i])
                                .setUntil(earlier[2 * i + 1])
                                .build())
                        .toList())
                .build();
    }

    @Test
    void shouldKeepWhatABudgetSpentWhenARecordOfItMakesNoSense() {
        TestInputTopic<String, BudgetSpending> topic =
                engine.input(engine.topics.name(Topic.BUDGET_SPENDING), BudgetSpending.class);
        long most = DiscountBudget.LARGEST_MINOR;
        topic.pipeInput("salt", new BudgetSpending(List.of(spent(most, most))));
        BudgetBoard before = engine.models.budgets();
        List<List<SpentBudget>> wrong = List.of(
                List.of(spent(-1, 0)),
                List.of(spent(0, Long.MIN_VALUE)),
                List.of(spent(0, 0), spent(most + 1, 0)),
                Collections.nCopies(21, spent(0, 0)));
        wrong.forEach(budgets -> topic.pipeInput("salt", new BudgetSpending(budgets)));

        assertThat(engine.counters.get(KomboMetric.GLOBAL_DROPPED, "budget-spending", "invalid"))
                .isEqualTo(wrong.size());
        assertThat(engine.models.budgets()).isEqualTo(before);
        DiscountBudget budget = new DiscountBudget("treatment", null, 1, "GBP");
        assertThat(before.usedMinor(budget, "salt", null, 0)).isEqualTo(most);
        assertThat(engine.deadLetters()).isEmpty();

        topic.pipeInput("salt", null);
        assertThat(engine.models.budgets()).isEqualTo(BudgetBoard.EMPTY);
    }

    private static SpentBudget spent(long minor, long reserved) {
        return new SpentBudget("treatment", null, 500L, "GBP", 0L, minor, reserved, 0L, 0L, 0L, 0L);
    }

    private static Bundle bundleOf(int... quantities) {
        List<BundleMember> members = Arrays.stream(quantities)
                .mapToObj(quantity -> BundleMember.newBuilder()
                        .setItemId("a")
                        .setQuantity(quantity)
                        .build())
                .toList();
        return Bundle.newBuilder()
                .setBundleId("aa")
                .setTitle("")
                .setMembers(members)
                .setPriceMinor(1)
                .setListPriceMinor(2)
                .setCurrency("GBP")
                .build();
    }
}
