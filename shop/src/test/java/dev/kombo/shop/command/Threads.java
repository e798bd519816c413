package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/** The threads that a command leaves behind. */
final class Threads {
    /**
     * Of the JDK and libraries, daemons, and no command's to end: Java 17's HttpClient cannot be closed, and the
     * broker's metrics share one pool for the whole process.
     */
    private static final Set<String> OF_LIBRARIES = Set.of(
            "Attach Listener",
            "Common-Cleaner",
            "ForkJoinPool",
            "HttpClient-",
            "ProgressBar",
            "awaitility",
            "junit",
            "metrics-meter-tick-thread",
            "process reaper");

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    /** Fails where a thread is left that was not there at first. */
    void requireNoneLeft() {
        Awaitility.await()
                .atMost(Duration.ofSeconds(15))
                .untilAsserted(() -> assertThat(left()).isEmpty());
    }

    private Set<String> left() {
        Set<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            boolean ofLibrary = OF_LIBRARIES.stream().anyMatch(thread.getName()::startsWith);
            if (!before.contains(thread) && thread.isAlive() && !ofLibrary) {
                names.add(thread.getName());
            }
        }
        return names;
    }
}
