package dev.kombo.engine.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.FlatReader;
import dev.kombo.codec.Stored;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.uplift.Comparison.Spending;
import dev.kombo.experiment.uplift.Comparison.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Comparisons of a day are read as they were written. */
class StoredComparisonsPropertyTest {
    @Property(tries = 300, seed = "46")
    void shouldReadComparisonsOfADayAsWritten(@ForAll Random random) {
        List<ReportedComparison> comparisons = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            comparisons.add(comparison(random));
        }
        DayComparisons day =
                new DayComparisons("experiment", random.nextLong(), random.nextLong(), List.copyOf(comparisons));
        byte[] written = Stored.bytes(day::fields);

        assertThat(written[0]).as("its version").isEqualTo((byte) 1);
        assertThat(DayComparisons.BLANK.fields(new FlatReader(written))).isEqualTo(day);
    }

    private static ReportedComparison comparison(Random random) {
        return new ReportedComparison(
                "revenue" + random.nextInt(),
                random.nextBoolean() ? null : "EUR",
                "arm",
                "",
                constant(random, Verdict.values()),
                random.nextLong(),
                random.nextLong(),
                constant(random, Role.values()),
                real(random),
                constant(random, Spending.values()),
                random.nextInt(),
                real(random),
                real(random),
                real(random),
                real(random),
                real(random),
                real(random),
                real(random),
                real(random),
                real(random),
                real(random),
                real(random),
                random.nextBoolean() ? null : (Long) random.nextLong());
    }

    private static <T> T constant(Random random, T[] constants) {
        int place = random.nextInt(constants.length + 1);
        return place == constants.length ? null : constants[place];
    }

    private static Double real(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> Double.NaN;
            case 2 -> Double.NEGATIVE_INFINITY;
            default -> random.nextGaussian();
        };
    }
}
