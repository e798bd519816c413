package dev.kombo.learning.mining;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.learning.mining.SuggestionIndex.Review;
import dev.kombo.learning.mining.SuggestionIndex.Suggestion;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuggestionIndexTest {
    private final SuggestionIndex index = new SuggestionIndex();

    private void suggest(String id, long support, boolean approved) {
        MinedBundle bundle = new MinedBundle(id, List.of("a", "b"), support, 1000, 2, 1.5, 90, 100, "GBP", null);
        index.put(new Suggestion(bundle, 1, approved));
    }

    private List<String> open() {
        return ids(index.open(null, 100, any -> false));
    }

    private static List<String> ids(SuggestionIndex.Page page) {
        return page.suggestions().stream()
                .map(suggestion -> suggestion.bundle().id())
                .toList();
    }

    @Test
    void shouldOrderByStrengthAndTakeTheLatestOfEachBundle() {
        suggest("first", 10, false);
        suggest("second", 20, false);
        suggest("first", 40, false);

        assertThat(open()).containsExactly("first", "second");
        assertThat(index.suggestion("first").bundle().support()).isEqualTo(40);
    }

    @Test
    void shouldKeepADecisionWhateverComesFirst() {
        index.decide("early", Review.REJECTED);
        suggest("early", 10, false);
        suggest("late", 10, false);
        index.decide("late", Review.APPROVED);
        suggest("late", 20, false);
        suggest("auto", 30, true);

        assertThat(open()).isEmpty();
        assertThat(index.decision("late")).isEqualTo(Review.APPROVED);

        index.decide("early", null);
        assertThat(open()).containsExactly("early");
        index.remove("early");
        assertThat(open()).isEmpty();
    }

    @Test
    void shouldReadEachOnceWhenReadPageByPage() {
        for (int i = 0; i < 25; i++) {
            suggest("bundle-" + i, 10 + i % 3, false);
        }
        List<String> read = new ArrayList<>();
        SuggestionIndex.Place after = null;
        do {
            SuggestionIndex.Page page =
                    index.open(after, 4, bundle -> bundle.id().equals("bundle-7"));
            assertThat(page.suggestions()).hasSizeLessThanOrEqualTo(4);
            read.addAll(ids(page));
            // Decisions made between two pages leave no gap.
            index.decide(read.get(read.size() - 1), Review.REJECTED);
            after = page.last();
        } while (after != null);

        assertThat(read).doesNotHaveDuplicates().hasSize(24).doesNotContain("bundle-7");
    }
}
