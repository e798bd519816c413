package dev.kombo.ops;

import java.util.Objects;
import java.util.stream.Stream;

/** Looks through the causes of an exception, which Kafka nests several deep. */
public final class Causes {
    private Causes() {}

    /** Returns a failure, its cause, the cause of that, and so on. */
    public static Stream<Throwable> of(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }

    /** Returns the failure that caused all others. */
    public static Throwable rootOf(Throwable failure) {
        return of(failure).reduce((outer, inner) -> inner).orElseThrow();
    }
}
