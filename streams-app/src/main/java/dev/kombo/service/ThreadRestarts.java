package dev.kombo.service;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;

/** Lets failed stream threads be replaced a few times, not for ever: a fault that stays must become visible. */
final class ThreadRestarts {
    private static final int LIMIT = 5;
    private static final long WINDOW = TimeUnit.MINUTES.toNanos(10);

    private final Deque<Long> failures = new ArrayDeque<>();

    synchronized boolean allowed(long nanoTime) {
        while (!failures.isEmpty() && nanoTime - failures.peekFirst() > WINDOW) {
            failures.removeFirst();
        }
        failures.addLast(nanoTime);
        return failures.size() <= LIMIT;
    }
}
