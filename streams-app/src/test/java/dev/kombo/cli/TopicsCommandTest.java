package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.TopicState;
import dev.kombo.config.Topics;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicsCommandTest {
    private static final Topics.Spec WORD = new Topics.Spec(
            "word", "id", "Word", 4, Map.of("cleanup.policy", "delete", "retention.ms", "86400000"), "Words.");
    private static final Topics.Spec TOTAL =
            new Topics.Spec("total", "id", "Total", 1, Map.of("cleanup.policy", "compact"), "Totals.");

    private final StringWriter out = new StringWriter();

    @Test
    void shouldEndWithZeroWhenAllFits() {
        Map<String, TopicState> present =
                Map.of("word", new TopicState(4, 2, WORD.settings()), "total", new TopicState(1, 2, TOTAL.settings()));

        assertThat(print(present, Set.of("total"))).isZero();
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                topic  partitions  replicas  settings       state
                -----  ----------  --------  -------------  -------
                word            4         2  delete, 1 day  ok
                total           1         2  compact        created
                """);
    }

    @Test
    void shouldEndWithOneAndNameTheDifferencesWhenSomethingDoesNotFit() {
        assertThat(print(Map.of("word", new TopicState(3, 2, WORD.settings())), Set.of()))
                .isEqualTo(1);
        assertThat(out.toString()).isEqualToNormalizingNewlines("""
                topic  partitions  replicas  settings       state
                -----  ----------  --------  -------------  -------
                word            4  2         delete, 1 day  differs
                total           1  default   compact        missing

                topic  difference
                -----  ----------------------------
                word   partitions is 3, should be 4
                total  is missing
                """);
    }

    private int print(Map<String, TopicState> present, Set<String> created) {
        return TopicsCommand.print(new PrintWriter(out), List.of(WORD, TOTAL), present, created, -1);
    }
}
