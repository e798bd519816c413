package dev.kombo.query;

/** A store cannot be read now: the instance starts, stops, or a partition moves to another one. Worth another try. */
public final class StateUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StateUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
