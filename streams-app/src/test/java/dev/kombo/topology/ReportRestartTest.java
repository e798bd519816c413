package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.Stored;
import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.EventType;
import dev.kombo.schema.ReportWindow;
import dev.kombo.topology.task.StoreNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report task that starts again knows what came since the last publication, and counts it once. */
class ReportRestartTest {
    /** More outcomes than one record of them holds. */
    private static final int SHOPPERS = 40;

    @TempDir
    Path stateDir;

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = new EngineDriver(stateDir, Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
        for (String item : List.of("a", "b", "c")) {
            engine.item(item, 1000);
        }
        engine.bundle("ab", 1700, "a", "b");
        engine.bundle("bc", 1800, "b", "c");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldReportTheSameWhetherTheTaskStartedAgainOrNot() {
        shop("first", 1, SHOPPERS);
        engine.advance(Duration.ofSeconds(2));
        reports();
        // The first shoppers are observed for a day by then, and as many enter.
        shop("second", 30, 2 * SHOPPERS);
        Map<String, Map<Object, Object>> stored = engine.stored();
        assertThat(stored.get(StoreNames.REPORT_PENDING))
                .as("blocks of outcomes")
                .hasSizeGreaterThan(1);
        engine.advance(Duration.ofSeconds(2));
        Map<String, ConversionReport> undisturbed = reports();
        assertThat(undisturbed.values())
                .filteredOn(report -> report.getWindow() == ReportWindow.TOTAL)
                .isNotEmpty()
                .allSatisfy(total -> assertThat(total.getArms())
                        .anySatisfy(arm -> assertThat(arm.getBundles()).isNotEmpty()));
        Map<String, String> observed = observed(engine.contents(StoreNames.UPLIFT_ACCOUNT));
        assertThat(observed).isNotEmpty().isNotEqualTo(observed(stored.get(StoreNames.UPLIFT_ACCOUNT)));
        engine.close();

        open();
        engine.restore(stored);
        engine.advance(Duration.ofSeconds(2));
        assertThat(reports()).isEqualTo(undisturbed);
        assertThat(observed(engine.contents(StoreNames.UPLIFT_ACCOUNT))).isEqualTo(observed);
        assertThat(engine.contents(StoreNames.REPORT_PENDING)).isEmpty();
    }

    /** The bytes of observations, by experiment. */
    private static Map<String, String> observed(Map<?, ?> uplifts) {
        Map<String, String> observed = new HashMap<>();
        uplifts.forEach((experiment, uplift) -> observed.put(
                (String) experiment, HexFormat.of().formatHex(Stored.bytes(((ExperimentUplift) uplift)::fields))));
        return observed;
    }

    private void shop(String name, int hour, int shoppers) {
        for (int i = 0; i < shoppers; i++) {
            engine.send(EngineDriver.event(name + i, "user-" + i, EventType.VIEW, Duration.ofHours(hour))
                    .setItemId("b"));
        }
    }

    private Map<String, ConversionReport> reports() {
        return engine.output(engine.topics.name(Topic.CONVERSION_REPORT), ConversionReport.class).stream()
                .collect(Collectors.toMap(record -> record.key, record -> record.value, (before, after) -> after));
    }
}
