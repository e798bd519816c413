package dev.kombo.shop.faults;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Callable;

/**
 * Lets a process run only for a short part of each while, as a machine does on which too many others want to run: it
 * stops and continues it in turn.
 */
public final class Throttle {
    /** Sends what it reads as signals, and lets the process go on at the end, whatever ends it. */
    private static final String SENDER =
            "while read -r signal; do kill -s \"$signal\" \"$0\" || exit; done; kill -s CONT \"$0\"";

    private final OutputStream signals;
    private final Duration stopped;
    private final Duration running;

    private Throttle(OutputStream signals, Duration stopped, Duration running) {
        this.signals = signals;
        this.stopped = stopped;
        this.running = running;
    }

    /**
     * Throttles a process while something else is done; it runs on afterwards.
     *
     * @param stopped time for which it stands still
     * @param running time for which it runs before it stands still again
     */
    public static <T> T during(ProcessHandle process, Duration stopped, Duration running, Callable<T> work)
            throws Exception {
        // One shell for all signals: a process for each would take as much time as the throttled one gets.
        Process sender = new ProcessBuilder("sh", "-c", SENDER, Long.toString(process.pid()))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        Thread thread = new Thread(new Throttle(sender.getOutputStream(), stopped, running)::run, "throttle");
        thread.start();
        try {
            return work.call();
        } finally {
            thread.interrupt();
            thread.join();
            sender.getOutputStream().close();
            sender.waitFor();
        }
    }

    private void run() {
        try {
            while (true) {
                send("STOP");
                Thread.sleep(stopped.toMillis());
                send("CONT");
                Thread.sleep(running.toMillis());
            }
        } catch (InterruptedException | IOException e) {
            // Over, or the process has ended.
        }
    }

    private void send(String signal) throws IOException {
        signals.write((signal + "\n").getBytes(StandardCharsets.US_ASCII));
        signals.flush();
    }
}
