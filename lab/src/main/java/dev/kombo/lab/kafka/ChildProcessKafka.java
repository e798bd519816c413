package dev.kombo.lab.kafka;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;

/**
 * The same broker as {@link EmbeddedKafka} in a Java process of its own: a fault test may kill it, and a benchmark's heap is not
 * shared with it. The child ends when this process ends, however that happens. What it logs is in {@code broker.out} in its
 * folder. Thread-safe; calls wait for each other.
 */
public final class ChildProcessKafka implements KafkaBroker {

    private static final int START_SECONDS = 60;
    private static final int STOP_SECONDS = 30;
    private static final int MESSAGE_LINES = 15;

    private final Path directory;
    private final BrokerOptions options;
    private Process process;
    private String bootstrapServers;

    private ChildProcessKafka(Path directory, BrokerOptions options) {
        this.directory = directory;
        this.options = options;
    }

    /** Starts a broker on a folder, as {@link #start(Path, BrokerOptions)} does with the default options. */
    public static ChildProcessKafka start(Path directory) {
        return start(directory, BrokerOptions.DEFAULT);
    }

    /**
     * Starts a broker and returns when it answers.
     *
     * @throws BrokerStartException if it ends before that, or does not answer within a minute
     */
    public static ChildProcessKafka start(Path directory, BrokerOptions options) {
        ChildProcessKafka broker = new ChildProcessKafka(directory, options);
        broker.launch();
        return broker;
    }

    @Override
    public synchronized String bootstrapServers() {
        return bootstrapServers;
    }

    /** True while the process runs. */
    public synchronized boolean isRunning() {
        return process.isAlive();
    }

    /** The process, for whoever measures it. */
    public synchronized ProcessHandle process() {
        return process.toHandle();
    }

    /** Ends the process at once (SIGKILL), as a crash would. Does nothing if it has ended. */
    public synchronized void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** Asks the broker to close (SIGTERM) and waits until it has. Does nothing if it has ended. */
    public synchronized void stop() {
        process.destroy();
        awaitEnd();
    }

    /** Starts the broker again on its data, at the same address; stops it first if it runs. */
    public synchronized void restart() {
        stop();
        launch();
    }

    @Override
    public void close() {
        stop();
    }

    private synchronized void launch() {
        try {
            Files.createDirectories(directory);
            process = new ProcessBuilder(command(directory, options))
                    .redirectError(ProcessBuilder.Redirect.appendTo(outputFile().toFile()))
                    .start();
        } catch (IOException failure) {
            throw new BrokerStartException("Cannot start a broker process: " + failure.getMessage(), failure);
        }
        try {
            bootstrapServers = awaitAddress();
            awaitAnswer(bootstrapServers);
        } catch (RuntimeException failure) {
            kill();
            throw failure;
        }
    }

    /** The command line of the child: this Java and this class path. */
    static List<String> command(Path directory, BrokerOptions options) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                // Records pass through the page cache, so the heap stays small whatever the load.
                "-Xmx512m",
                "-XX:+UseG1GC",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerProcess.class.getName(),
                directory.toString(),
                Integer.toString(options.port())));
        for (Map.Entry<String, String> override : options.overrides().entrySet()) {
            command.add(override.getKey() + "=" + override.getValue());
        }
        return command;
    }

    private String awaitAddress() {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        String line = await(CompletableFuture.supplyAsync(() -> readLine(output)));
        if (line == null || !line.startsWith(BrokerProcess.READY)) {
            throw new BrokerStartException("The broker process ended before it was ready:\n" + lastOutput());
        }
        return line.substring(BrokerProcess.READY.length());
    }

    private void awaitAnswer(String address) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, address))) {
            await(admin.describeCluster().nodes().toCompletionStage().toCompletableFuture());
        }
    }

    private <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException late) {
            throw new BrokerStartException(
                    "The broker process did not answer within " + START_SECONDS + " s:\n" + lastOutput(), late);
        } catch (ExecutionException failure) {
            throw new BrokerStartException("The broker process does not answer:\n" + lastOutput(), failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new BrokerStartException("Interrupted while waiting for the broker process", interrupted);
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
                throw new IllegalStateException("The broker process did not end within " + STOP_SECONDS
                        + " s and was killed; see " + outputFile());
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private Path outputFile() {
        return directory.resolve("broker.out");
    }

    private String lastOutput() {
        try {
            List<String> lines = Files.readAllLines(outputFile());
            return String.join("\n", lines.subList(Math.max(0, lines.size() - MESSAGE_LINES), lines.size()));
        } catch (IOException unreadable) {
            return "(no output in " + outputFile() + ")";
        }
    }

    private static String readLine(BufferedReader reader) {
        try {
            return reader.readLine();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
