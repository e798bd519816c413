package dev.kombo.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.entity.Item;
import dev.kombo.price.PriceHistories.Price;
import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Histories of random prices, held against all prices that ever applied. */
class PriceHistoryPropertyTest {
    private static final String ENTITY = "i:tea";
    private static final long SLACK = Millis.DAY;

    /** A price and since when it applied; below 0: there was none. */
    private record Change(long priceMinor, long time) {}

    @Property(tries = 500, seed = "94")
    void shouldKnowTheLowestPriceOfThirtyDaysWhateverChanged(@ForAll long seed) {
        Random random = new Random(seed);
        PriceHistories lived = new PriceHistories(true);
        PriceHistories restarted = new PriceHistories(true);
        List<Change> all = new ArrayList<>();
        List<Change> changes = new ArrayList<>();
        long time = 1_000 * Millis.DAY;
        for (int i = 0; i < 60; i++) {
            Change change = new Change(random.nextInt(12) == 0 ? Item.UNKNOWN : random.nextInt(30), time);
            Price before = price(i == 0 ? Item.UNKNOWN : all.get(i - 1).priceMinor());
            lived.changed(ENTITY, before, price(change.priceMinor()), change.time());
            restarted.changed(ENTITY, before, price(change.priceMinor()), change.time());
            all.add(change);
            if (change.priceMinor() >= 0) {
                // Without a price, the last one counts on.
                changes.add(change);
            }
            time += 1 + random.nextLong(random.nextBoolean() ? Millis.HOUR : 9 * Millis.DAY);
            check(lived, changes, time);
            check(lived, changes, time + random.nextLong(40 * Millis.DAY));
            if (random.nextInt(5) == 0) {
                restarted = restart(lived, all.get(i), random);
            }
            assertThat(restarted.of(ENTITY)).isEqualTo(lived.of(ENTITY));
        }
        assertThat(lived.of(ENTITY)).isNotNull();
    }

    /** An instance that starts with what was published, and reads the latest versions of the catalogue again. */
    private static PriceHistories restart(PriceHistories lived, Change latest, Random random) {
        PriceHistories fresh = new PriceHistories(true);
        if (lived.of(ENTITY) != null) {
            assertThat(fresh.published(
                            ENTITY, lived.of(ENTITY), lived.of(ENTITY).changedAt()))
                    .isNull();
            assertThat(fresh.unpublished(0, 1, Long.MAX_VALUE)).isEmpty();
            if (random.nextBoolean()) {
                // A version that compaction has not removed yet.
                fresh.changed(ENTITY, Price.NONE, price(999), lived.of(ENTITY).changedAt() - 1);
                fresh.changed(ENTITY, price(999), price(latest.priceMinor()), latest.time());
            } else {
                fresh.changed(ENTITY, Price.NONE, price(latest.priceMinor()), latest.time());
            }
        }
        return fresh;
    }

    private static Price price(long minor) {
        return minor < 0 ? Price.NONE : new Price("EUR", minor);
    }

    private static void check(PriceHistories prices, List<Change> changes, long now) {
        PriceHistory history = prices.of(ENTITY);
        if (history == null) {
            assertThat(changes.stream().map(Change::priceMinor).distinct().count())
                    .isLessThan(2);
            return;
        }
        Change last = changes.get(changes.size() - 1);
        assertThat(history.earlier().size()).isLessThan(32);
        assertThat(history.priceMinor()).isEqualTo(last.priceMinor());
        assertThat(history.lowest(now))
                .as("%s at %d of %s", history, now, changes)
                .isBetween(
                        lowest(changes, now - PriceHistory.WINDOW - SLACK, now),
                        lowest(changes, now - PriceHistory.WINDOW, now));
        long since = history.changedAt();
        if (changes.stream().allMatch(change -> change.priceMinor() == last.priceMinor())) {
            assertThat(history.prior(now)).as("never another").isEqualTo(PriceHistory.NONE);
        } else if (now < since + PriceHistory.WINDOW) {
            assertThat(history.prior(now))
                    .as("%s at %d of %s", history, now, changes)
                    .isBetween(
                            lowest(changes, since - PriceHistory.WINDOW - SLACK, since - 1),
                            lowest(changes, since - PriceHistory.WINDOW, since - 1));
        } else {
            assertThat(history.prior(now)).isEqualTo(PriceHistory.NONE);
        }
    }

    @Test
    void shouldCompareThePriceAfterAGapWithTheOneBefore() {
        PriceHistories prices = new PriceHistories(true);
        prices.changed(ENTITY, price(1_000), Price.NONE, Millis.DAY);
        prices.changed(ENTITY, Price.NONE, price(1_000), Millis.DAY + 1);
        assertThat(prices.of(ENTITY).prior(Millis.DAY + 2)).isEqualTo(PriceHistory.NONE);

        prices.changed(ENTITY, price(1_000), Price.NONE, Millis.DAY + 3);
        prices.changed(ENTITY, Price.NONE, price(1_200), Millis.DAY + 4);
        assertThat(prices.of(ENTITY).prior(Millis.DAY + 5)).isEqualTo(1_000);
    }

    @Test
    void shouldNameEachUnpublishedPriceToOneTaskAndForgetWhatNoLongerCounts() {
        PriceHistories prices = new PriceHistories(true);
        List<String> entities =
                IntStream.range(0, 1_000).mapToObj(i -> "i:" + i).toList();
        entities.forEach(entity -> prices.changed(entity, price(10), price(9), Millis.DAY));
        assertThat(IntStream.range(0, 7).boxed().flatMap(task -> prices.unpublished(task, 7, Millis.DAY)))
                .containsExactlyInAnyOrderElementsOf(entities);

        prices.passedOn("i:1", Millis.DAY);
        assertThat(prices.unpublished(0, 1, Millis.DAY)).hasSize(999).doesNotContain("i:1");
        assertThat(prices.unpublished(0, 1, Millis.DAY + 1))
                .as("not read back yet")
                .contains("i:1");
        prices.changed("i:1", price(9), price(8), Millis.DAY + 2);
        assertThat(prices.unpublished(0, 1, Millis.DAY)).as("changed again").contains("i:1");

        prices.forget(31 * Millis.DAY);
        assertThat(prices.of("i:2")).isNotNull();
        prices.forget(31 * Millis.DAY + Millis.HOUR);
        assertThat(entities).allSatisfy(entity -> assertThat(prices.of(entity)).isNull());
        assertThat(prices.unpublished(0, 1, Long.MAX_VALUE)).isEmpty();
    }

    /** The lowest price that applied at any time after one and until another. */
    private static long lowest(List<Change> changes, long after, long until) {
        long lowest = PriceHistory.NONE;
        for (int i = 0; i < changes.size(); i++) {
            long end = i + 1 < changes.size() ? changes.get(i + 1).time() : Long.MAX_VALUE;
            Change change = changes.get(i);
            if (end > after && change.time() <= until) {
                lowest = Math.min(lowest, change.priceMinor());
            }
        }
        return lowest;
    }
}
