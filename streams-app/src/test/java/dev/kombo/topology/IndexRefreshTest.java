package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.engine.TaskSettings;
import dev.kombo.schema.EventType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** When bundles follow what was learned of their members. */
class IndexRefreshTest {
    private static final Duration INTERVAL = Duration.ofMinutes(1);

    @TempDir
    Path stateDir;

    private EngineDriver open(Duration interval) {
        EngineDriver engine = new EngineDriver(
                stateDir,
                Map.of(
                        IndexSettings.REFRESH_INTERVAL.name(),
                        Long.toString(interval.toMillis()),
                        TaskSettings.ITEM_FLUSH_INTERVAL.name(),
                        "100"));
        engine.item("a", 1000);
        engine.item("b", 1000);
        engine.bundle("ab", 1800, "a", "b");
        return engine;
    }

    private static void learn(EngineDriver engine) {
        engine.send(EngineDriver.event("view-a", "someone", EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        engine.send(EngineDriver.event("view-b", "someone", EventType.VIEW, Duration.ofSeconds(2))
                .setItemId("b"));
    }

    private static double popularity(EngineDriver engine) {
        return engine.models.catalog().bundle("ab").logPopularityLong();
    }

    @Test
    void shouldRefreshBundlesAtTheTimerAfterTheInterval() {
        try (EngineDriver engine = open(INTERVAL)) {
            // The first refresh ever is due at once.
            engine.advance(Duration.ofMillis(200));
            learn(engine);
            engine.advance(Duration.ofMillis(200));
            assertThat(engine.models.catalog().model("i:a")).isNotNull();
            assertThat(popularity(engine)).as("not yet").isEqualTo(Double.NEGATIVE_INFINITY);
            engine.advance(INTERVAL);
            assertThat(popularity(engine)).isFinite();
        }
    }

    @Test
    void shouldRefreshBundlesAtOnceWhenTheIntervalIsZero() {
        try (EngineDriver engine = open(Duration.ZERO)) {
            learn(engine);
            engine.advance(Duration.ofMillis(200));
            assertThat(popularity(engine)).isFinite();
        }
    }

    @Test
    void shouldRefreshAThousandBundlesAtATimeAndAllWhenATaskBegins() {
        try (EngineDriver engine = open(INTERVAL)) {
            for (int b = 0; b < 2_500; b++) {
                engine.bundle("b" + b, 1800, "a", "b");
            }
            engine.advance(Duration.ofMillis(200));
            learn(engine);
            engine.advance(Duration.ofMillis(200));
            assertThat(refreshed(engine)).isZero();
            engine.advance(INTERVAL);
            assertThat(refreshed(engine)).isEqualTo(1_000);
            engine.models.refresh().complete();
            assertThat(refreshed(engine)).isEqualTo(2_501);
        }
    }

    @Test
    void shouldRefreshTenBundlesOfAThousandMembersAtATime() {
        try (EngineDriver engine = open(INTERVAL)) {
            String[] members = IntStream.range(0, 1_000)
                    .mapToObj(i -> i == 0 ? "a" : "i" + i)
                    .toArray(String[]::new);
            for (int b = 0; b < 25; b++) {
                engine.bundle("wide-" + b, 1800, members);
            }
            engine.advance(Duration.ofMillis(200));
            engine.item("a", 900);
            assertThat(repriced(engine)).isZero();
            for (int expected : new int[] {10, 20, 25}) {
                engine.advance(INTERVAL);
                assertThat(repriced(engine)).isEqualTo(expected);
            }
        }
    }

    private static int repriced(EngineDriver engine) {
        int repriced = 0;
        for (int b = 0; b < engine.models.catalog().bundleCount(); b++) {
            BundleEntry entry = engine.models.catalog().bundle(b);
            int a = entry.memberOf("a");
            repriced += entry.size() == 1_000 && entry.memberListPrice(a) == 900 ? 1 : 0;
        }
        return repriced;
    }

    private static int refreshed(EngineDriver engine) {
        int refreshed = 0;
        for (int b = 0; b < engine.models.catalog().bundleCount(); b++) {
            refreshed += Double.isFinite(engine.models.catalog().bundle(b).logPopularityLong()) ? 1 : 0;
        }
        return refreshed;
    }
}
