package dev.kombo.shop.faults;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** What Java cannot do to a process by itself. */
final class Signals {
    private Signals() {}

    /** Stops a process where it is, and lets it go on after a while. */
    static void freeze(ProcessHandle process, Duration time) throws IOException, InterruptedException {
        run("kill", "-STOP", Long.toString(process.pid()));
        try {
            TimeUnit.MILLISECONDS.sleep(time.toMillis());
        } finally {
            run("kill", "-CONT", Long.toString(process.pid()));
        }
    }

    /** Runs a command; false where it fails. */
    static boolean run(String... command) throws IOException, InterruptedException {
        return new ProcessBuilder(command)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor()
                == 0;
    }
}
