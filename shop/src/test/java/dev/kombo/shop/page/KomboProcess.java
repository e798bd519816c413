package dev.kombo.shop.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** A command in a JVM of its own, with a service whose page can be looked at. */
final class KomboProcess implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("Page: (http://127\\.0\\.0\\.1:\\d+)");
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final long LONGEST_STOP_SECONDS = 60;

    private final Process process;
    private final Path output;

    private KomboProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /** Starts a command in a folder of its own. */
    static KomboProcess start(Path folder, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kombo.cli.KomboMain"));
        command.addAll(List.of(arguments));
        command.add("--data=" + folder.resolve("data"));
        Path output = folder.resolve("output.txt");
        return new KomboProcess(
                new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start(),
                output);
    }

    /** Waits for the address of the page. */
    String page() {
        return Awaitility.await().atMost(LONGEST_START).until(this::printedAddress, address -> !address.isEmpty());
    }

    private String printedAddress() {
        String printed = output();
        assertThat(process.isAlive()).as(printed).isTrue();
        Matcher address = ADDRESS.matcher(printed);
        return address.find() ? address.group(1) : "";
    }

    private String output() {
        try {
            return Files.readString(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Has it stop by itself. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
