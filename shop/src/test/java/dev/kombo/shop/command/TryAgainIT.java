package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.shop.process.ChildJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The same command a second time, after the first one was killed, and after it had learned everything. */
@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TryAgainIT {
    /** From the account of the rows to the strongest bundles, with the orders that they are in. */
    private static final Pattern FIGURES = Pattern.compile("(?s)rows +count.*?(?=What would make it better)");

    /** Tells the time that the work took. */
    private static final Pattern SPEED = Pattern.compile("In [\\d.]+ s, .*");

    private static final String GOES_ON = "Kombo keeps running at ";
    private static final List<List<String>> PAIRS =
            List.of(List.of("milk", "oats"), List.of("wine", "cheese"), List.of("tea", "honey"));
    private static final int ORDERS = 3_000;
    private static final int MILLIS_BETWEEN_LOOKS = 20;

    @TempDir
    private Path folder;

    @Test
    void shouldComeToTheSameFiguresWhenKilledAmidTheWorkAndStartedAgain() throws Exception {
        orders();
        String undisturbed = figures(tried("undisturbed"));

        try (ChildJvm killed = ChildJvm.start(
                "dev.kombo.cli.KomboMain", "1g", arguments("killed"), folder.resolve("killed.out"), false)) {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .pollInterval(Duration.ofMillis(MILLIS_BETWEEN_LOOKS))
                    .until(() -> {
                        killed.requireAlive();
                        return published("killed") > 0;
                    });
            killed.kill();
            assertThat(killed.output()).as("it was amid its work").doesNotContain(GOES_ON);
        }
        String second = tried("killed");
        String third = tried("killed");

        assertThat(second).contains("Going on where the start before this one ended");
        assertThat(figures(second)).isEqualTo(undisturbed);
        assertThat(third).contains("An earlier start has learned from these files");
        assertThat(figures(third)).isEqualTo(undisturbed);
    }

    /** What the command has printed when it serves the page. */
    private String tried(String data) throws InterruptedException {
        CommandConsole console = new CommandConsole();
        AtomicInteger exit = new AtomicInteger(-1);
        Thread command = new Thread(() -> exit.set(console.run(arguments(data).toArray(String[]::new))));
        command.start();
        try {
            Awaitility.await()
                    .atMost(Duration.ofMinutes(3))
                    .until(() -> console.out.toString().contains(GOES_ON) || !command.isAlive());
            assertThat(console.out.toString()).as(console.err.toString()).contains(GOES_ON);
        } finally {
            command.interrupt();
            command.join();
        }
        return console.out.toString();
    }

    private List<String> arguments(String data) {
        return new ArrayList<>(List.of(
                "try",
                "--orders=" + folder.resolve("orders.csv"),
                "--zone=Europe/Berlin",
                "--data=" + folder.resolve(data),
                "--port=0"));
    }

    private static String figures(String printed) {
        Matcher figures = FIGURES.matcher(printed);
        assertThat(figures.find()).as(printed).isTrue();
        return SPEED.matcher(figures.group()).replaceAll("");
    }

    /** Events that the command in a folder has published; none while its broker is not up. */
    private long published(String data) throws IOException, InterruptedException {
        Path port = folder.resolve(data).resolve("broker").resolve("port");
        if (!Files.exists(port)) {
            return 0;
        }
        TopicPartition events = new TopicPartition("behavior-event", 0);
        try (Admin admin = Admin.create(
                Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, "127.0.0.1:" + Files.readString(port)))) {
            return admin.listOffsets(Map.of(events, OffsetSpec.latest()))
                    .partitionResult(events)
                    .get()
                    .offset();
        } catch (ExecutionException e) {
            return 0; // The topic is not made yet.
        }
    }

    private void orders() throws IOException {
        StringBuilder text = new StringBuilder("Auftrag;Kunde;Datum;Artikel;Preis\nB0;K0;gestern;milk;1,19\n");
        for (int order = 1; order <= ORDERS; order++) {
            String start =
                    "B%d;K%d;%02d.%02d.2026;".formatted(order, order % 200, 1 + order % 28, 1 + order * 6 / ORDERS);
            List<String> pair = PAIRS.get(order % PAIRS.size());
            text.append(start).append(pair.get(0)).append(";1,19\n");
            text.append(start).append(pair.get(1)).append(";2,49\n");
        }
        Files.writeString(folder.resolve("orders.csv"), text);
    }
}
