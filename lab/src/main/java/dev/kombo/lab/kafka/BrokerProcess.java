package dev.kombo.lab.kafka;

import dev.kombo.cli.CommandException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The main class of a broker that runs as a child process. Arguments: folder, then overrides as {@code name=value}.
 * Prints one line, its address, when it is ready. It runs until SIGTERM or until its parent ends.
 */
final class BrokerProcess {
    private BrokerProcess() {}

    public static void main(String[] arguments) {
        PrintStream toParent = System.out;
        // Nobody reads the pipe after the first line, and a writer to a full pipe hangs.
        System.setOut(System.err);
        ChildJvm.endWithParent(System.in);
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
