package dev.kombo.lab.kafka;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * The main class of a broker that runs as a child process. Arguments: folder, port, then overrides as {@code name=value}.
 * Prints one line, {@value #READY} and the address, when it is ready. It runs until SIGTERM or the end of its standard input,
 * which comes when the parent ends, in whatever way.
 */
final class BrokerProcess {

    /** What the line that tells the parent the address begins with. */
    static final String READY = "ready ";

    private static final int CLOSE_SECONDS = 20;

    private BrokerProcess() {}

    public static void main(String[] arguments) {
        PrintStream toParent = System.out;
        // Nobody reads the pipe after the first line, and a writer to a full pipe hangs.
        System.setOut(System.err);
        try {
            EmbeddedKafka broker = EmbeddedKafka.start(Path.of(arguments[0]), options(arguments));
            Runtime.getRuntime().addShutdownHook(new Thread(broker::close, "broker-close"));
            toParent.println(READY + broker.bootstrapServers());
            toParent.flush();
            awaitEnd(System.in);
            closeInTime(broker);
        } catch (BrokerStartException failure) {
            System.err.println(failure.getMessage());
            System.exit(1);
        } catch (Throwable failure) {
            failure.printStackTrace();
            System.exit(1);
        }
    }

    static BrokerOptions options(String[] arguments) {
        Map<String, String> overrides = new HashMap<>();
        for (int i = 2; i < arguments.length; i++) {
            int equals = arguments[i].indexOf('=');
            overrides.put(arguments[i].substring(0, equals), arguments[i].substring(equals + 1));
        }
        return new BrokerOptions(Integer.parseInt(arguments[1]), overrides);
    }

    private static void awaitEnd(InputStream in) throws IOException {
        byte[] ignored = new byte[64];
        while (in.read(ignored) >= 0) {
            // The parent sends nothing; only the end counts.
        }
    }

    /** Closes, but ends the process even if Kafka hangs: nobody is left who could end it by hand. */
    private static void closeInTime(EmbeddedKafka broker) {
        int status = 0;
        try {
            CompletableFuture.runAsync(broker::close).get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception failure) {
            failure.printStackTrace();
            status = 1;
        }
        Runtime.getRuntime().halt(status);
    }
}
