package dev.kombo.lab.quality.tuning;

/** A journal cannot be used; the message is written for the person who named it. */
public final class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    JournalException(String message) {
        super(message);
    }
}
