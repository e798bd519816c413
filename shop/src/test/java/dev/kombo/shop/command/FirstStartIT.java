package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.shop.faults.Throttle;
import dev.kombo.shop.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a first start of {@code kombo run --embedded} writes on a machine that is busy with other work. */
@Tag("slow")
@Timeout(value = 6, unit = TimeUnit.MINUTES)
class FirstStartIT {
    private static final Pattern LEVEL = Pattern.compile("^\\S+ +(WARN|ERROR) .*");
    private static final Duration STOPPED = Duration.ofMillis(80);
    private static final Duration RUNNING = Duration.ofMillis(20);

    private Path folder;

    @BeforeEach
    void create() throws IOException {
        folder = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "first-start");
    }

    @AfterEach
    void delete() throws IOException {
        Utils.delete(folder.toFile());
    }

    @Test
    void shouldWriteNoWarning() throws Exception {
        try (ChildJvm first = ChildJvm.start(
                "dev.kombo.cli.KomboMain",
                "1g",
                List.of("run", "--embedded", "--data", folder.resolve("data").toString(), "-Dkombo.api.port=0"),
                folder.resolve("printed"),
                false)) {
            Throttle.during(first.process().toHandle(), STOPPED, RUNNING, () -> {
                Awaitility.await().atMost(Duration.ofMinutes(5)).until(() -> {
                    first.requireAlive();
                    return first.output().contains("Kombo is running");
                });
                return null;
            });
            // The build itself may run in the system's folder for temporary files, of which Kafka Streams warns.
            assertThat(first.output()
                            .lines()
                            .filter(line -> LEVEL.matcher(line).matches())
                            .filter(line -> !line.contains("Using an OS temp directory")))
                    .isEmpty();
        }
    }
}
