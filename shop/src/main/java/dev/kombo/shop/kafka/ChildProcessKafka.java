package dev.kombo.shop.kafka;

import dev.kombo.console.CommandException;
import dev.kombo.shop.process.ChildJvm;
import dev.kombo.shop.process.ParentWatch;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the broker of {@link EmbeddedKafka} in a process of its own: a fault test may kill it, and a benchmark does not
 * share its heap. It logs to {@code broker.out} in its folder.
 */
public final class ChildProcessKafka implements AutoCloseable {
    /** Records go through the page cache, so the heap stays small under any load. */
    private static final String HEAP = "512m";

    private final ChildJvm jvm;
    private final String bootstrapServers;

    private ChildProcessKafka(ChildJvm jvm, String bootstrapServers) {
        this.jvm = jvm;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Starts a broker and returns when it answers; a folder used before keeps its data and address.
     *
     * @throws CommandException if it ends before that
     */
    public static ChildProcessKafka start(Path directory, Map<String, String> overrides) {
        List<String> arguments = new ArrayList<>(List.of(directory.toString()));
        overrides.forEach((name, value) -> arguments.add(name + "=" + value));
        try {
            Files.createDirectories(directory);
            ChildJvm jvm = ChildJvm.start(
                    ChildProcessKafka.class.getName(), HEAP, arguments, directory.resolve("broker.out"), true);
            String address = jvm.process().inputReader(StandardCharsets.UTF_8).readLine();
            if (address == null) {
                throw CommandException.failure("The broker process is not ready; " + jvm.lastOutput());
            }
            return new ChildProcessKafka(jvm, address);
        } catch (IOException failure) {
            throw CommandException.failure("Cannot start a broker process: " + failure.getMessage(), failure);
        }
    }

    /** The address for clients, as {@code host:port}. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The process, to measure it. */
    public ProcessHandle process() {
        return jvm.process().toHandle();
    }

    /** Kills the process immediately (SIGKILL), as a crash would. */
    public void kill() throws InterruptedException {
        jvm.kill();
    }

    @Override
    public void close() {
        jvm.close();
    }

    /**
     * Entry point of the child. Arguments: folder, then overrides as {@code name=value}. It prints one line, its
     * address, when it is ready, and runs until SIGTERM or until its parent ends.
     */
    public static void main(String[] arguments) {
        PrintStream toParent = System.out;
        // Nobody reads the pipe after the first line, and a writer to a full pipe hangs.
        System.setOut(System.err);
        ParentWatch.endWithParent(System.in);
        try {
            EmbeddedKafka broker = EmbeddedKafka.start(Path.of(arguments[0]), overrides(arguments));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-close"));
            toParent.println(broker.bootstrapServers());
            toParent.flush();
        } catch (CommandException failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    private static Map<String, String> overrides(String[] arguments) {
        Map<String, String> overrides = new HashMap<>();
        for (int i = 1; i < arguments.length; i++) {
            String[] override = arguments[i].split("=", 2);
            overrides.put(override[0], override[1]);
        }
        return overrides;
    }
}
