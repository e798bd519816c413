package dev.kombo.lab.quality.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.engine.OfferSettings;
import dev.kombo.engine.TaskSettings;
import dev.kombo.lab.quality.engine.EnginePace;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivePlanTest {
    private static final EnginePace PACE = new EnginePace(500, 40);

    @Test
    void shouldSweepAsOftenAnEventAsInProcess() {
        LivePlan plan = new LivePlan(4, 2, 1000);

        Map<String, String> settings = plan.settings(Map.of(), PACE);

        // 4 tasks every 160 ms are 25 slices a second: one each 40 of the 1000 events.
        assertThat(settings)
                .containsEntry(TaskSettings.SWEEP_INTERVAL.name(), "160")
                .containsEntry(ServiceSettings.TOPIC_PARTITIONS.name(), "4")
                .containsEntry(OfferSettings.TRIGGERS.name(), "OFFER_REQUEST");
        assertThat(KomboConfig.of(settings).get(TaskSettings.SWEEP_INTERVAL)).isEqualTo(160);
    }

    @Test
    void shouldLeaveWhatWasGiven() {
        Map<String, String> given =
                Map.of(TaskSettings.SWEEP_INTERVAL.name(), "77", OfferSettings.TRIGGERS.name(), "PURCHASE");

        assertThat(new LivePlan(4, 2, 1000).settings(given, PACE)).containsAllEntriesOf(given);
        assertThat(new LivePlan(1, 1, LivePlan.UNPACED).settings(Map.of(), PACE))
                .doesNotContainKey(TaskSettings.SWEEP_INTERVAL.name());
        assertThat(new LivePlan(1, 1, 100_000).settings(Map.of(), PACE))
                .as("the shortest that the service takes")
                .containsEntry(TaskSettings.SWEEP_INTERVAL.name(), "10");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 500, '--partitions is 0, 1 to 64 is expected'",
        "65, 1, 500, '--partitions is 65, 1 to 64 is expected'",
        "4, 0, 500, '--instances is 0, 1 to 8 is expected'",
        "4, 9, 500, '--instances is 9, 1 to 8 is expected'",
        "4, 1, 0.5, '--rate is 0.5, 1 to 100000 is expected'",
        "4, 1, NaN, '--rate is NaN, 1 to 100000 is expected'"
    })
    void shouldNameTheOptionThatIsOutOfRange(int partitions, int instances, double rate, String expected) {
        assertThatThrownBy(() -> new LivePlan(partitions, instances, rate))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(expected);
    }
}
