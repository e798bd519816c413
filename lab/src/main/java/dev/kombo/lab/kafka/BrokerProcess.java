package dev.kombo.lab.kafka;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * The main class of a broker that runs as a child process. Arguments: folder, port, then overrides as {@code name=value}.
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
            EmbeddedKafka broker = EmbeddedKafka.start(Path.of(arguments[0]), options(arguments));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-close"));
            toParent.println(broker.bootstrapServers());
            toParent.flush();
        } catch (BrokerStartException failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        }
    }

    private static BrokerOptions options(String[] arguments) {
        Map<String, String> overrides = new HashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            String[] override = arguments[i].split("=", 2);
            overrides.put(override[0], override[1]);
        }
        return new BrokerOptions(Integer.parseInt(arguments[1]), overrides);
    }
}
