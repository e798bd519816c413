package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.shop.plan.IntervalCoverage.Misses;
import java.util.List;
import org.junit.jupiter.api.Test;

class CalibrateCommandTest {
    private static final Misses CAPPED_LESS = new Misses(50_000, 250, 100, 100, 3, 0.9);
    private static final Misses CAPPED_LEAST = new Misses(10_000, 250, 100, 100, 1, 0.9);

    @Test
    void shouldTrustWhatMissesNoMoreOftenThanAllowed() {
        assertThat(CalibrateCommand.advice(List.of(CAPPED_LEAST, CAPPED_LESS), 50_000, "EUR"))
                .isEqualTo("The intervals can be trusted on these shoppers: with the cap of 500.00 EUR they missed in"
                        + " 3.0 % of the experiments; 5 % are allowed.");
    }

    @Test
    void shouldNameTheLargestCapThatHoldsWhenTheConfiguredOneDoesNot() {
        Misses configured = new Misses(100_000, 250, 100, 100, 8, 0.9);
        Misses later = new Misses(100_000, 1_000, 100, 100, 2, 0.9);

        assertThat(CalibrateCommand.advice(List.of(CAPPED_LEAST, CAPPED_LESS, configured, later), 100_000, "EUR"))
                .startsWith("Do not trust the intervals")
                .contains("they missed in 8.0 %")
                .endsWith("With kombo.experiment.revenue.cap.minor=50000 it would be 3.0 %.");
        assertThat(CalibrateCommand.advice(List.of(configured, later), 100_000, "EUR"))
                .contains("and verdicts read only once each arm has 1000 shoppers, it would be 2.0 %");
        assertThat(CalibrateCommand.advice(List.of(configured), 100_000, "EUR")).contains("decide by a proportion");
    }

    @Test
    void shouldSayThatNoVerdictCouldComeWhenArmsStaySmall() {
        assertThat(CalibrateCommand.advice(List.of(new Misses(100_000, 250, 100, 2, 0, 1)), 100_000, "EUR"))
                .contains("fewer than 250 shoppers");
    }
}
