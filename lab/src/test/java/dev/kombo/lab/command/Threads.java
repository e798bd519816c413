package dev.kombo.lab.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.awaitility.Awaitility;

/** The threads that a command leaves behind. */
final class Threads {
    /** Made once in a process by libraries, and idle; they belong to no command. */
    private static final Set<String> OF_LIBRARIES = Set.of(
            "Common-Cleaner", "Attach Listener", "process reaper", "awaitility-thread", "ForkJoinPool", "Keep-Alive");

    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    /** Fails where a thread is left that was not there at first. */
    void requireNoneLeft() {
        Awaitility.await().atMost(Duration.ofSeconds(15)).untilAsserted(() -> assertThat(left())
                .isEmpty());
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
