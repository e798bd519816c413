package dev.kombo.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** Items 1 and 2 are of category 0, item 3 is of category 1, item 4 of none. */
class CategoryPairsTest {
    private static final Map<Long, Integer> CATEGORIES = Map.of(1L, 0, 2L, 0, 3L, 1);

    private final CategoryPairs pairs = new CategoryPairs();

    private void put(int item, Cooccurrences together) {
        pairs.replace(
                item,
                CATEGORIES.getOrDefault((long) item, CatalogIndex.UNKNOWN),
                together,
                target -> CATEGORIES.getOrDefault(target, CatalogIndex.UNKNOWN));
    }

    private static Cooccurrences with(long target, float weight) {
        return new Cooccurrences(new long[] {target}, new float[] {weight}, 1f);
    }

    /** As many models without content as it takes until all is told. */
    private void publish() {
        put(0, Cooccurrences.NONE);
        put(0, Cooccurrences.NONE);
    }

    @Test
    void shouldKnowNothingBeforeTheFirstModel() {
        assertThat(pairs.lifts().of(0, 1)).isEqualTo(1f);
    }

    @Test
    void shouldTellTheLiftDrawnToOneByAPrior() {
        put(1, with(2, 30));
        put(3, with(1, 10));
        publish();

        // Pairs both ways: 60 within category 0, 10 from 0 to 1, 10 from 1 to 0: sums 70 and 10 of 80.
        assertThat(pairs.lifts().of(0, 0))
                .isCloseTo((float) ((60 + 20 * 70 / 80.0) / ((70 + 20) * 70 / 80.0)), within(1e-6f));
        assertThat(pairs.lifts().of(0, 1))
                .isCloseTo((float) ((10 + 20 * 10 / 80.0) / ((70 + 20) * 10 / 80.0)), within(1e-6f));
        assertThat(pairs.lifts().of(1, 0))
                .isCloseTo((float) ((10 + 20 * 70 / 80.0) / ((10 + 20) * 70 / 80.0)), within(1e-6f));
        assertThat(pairs.lifts().of(0, 7)).isEqualTo(1f);
    }

    @Test
    void shouldForgetWhatAnItemSaidBefore() {
        put(1, with(2, 0.3f));
        put(3, with(1, 10));
        put(3, with(2, 0.7f));
        put(1, Cooccurrences.NONE);
        put(3, Cooccurrences.NONE);
        publish();
        assertThat(pairs.lifts().of(0, 1)).isEqualTo(1f);
        assertThat(pairs.lifts().of(0, 0)).isEqualTo(1f);
    }

    @Test
    void shouldNotCountWhatHasNoCategory() {
        put(1, with(2, 30));
        put(3, with(1, 10));
        put(4, with(1, 1_000));
        put(2, with(4, 1_000));
        publish();
        assertThat(pairs.lifts().of(0, 1)).isCloseTo((float) ((10 + 2.5) / (90 / 8.0)), within(1e-6f));
    }
}
