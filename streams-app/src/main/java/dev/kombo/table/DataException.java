package dev.kombo.table;

/** Says that given data cannot be used, and why. A command reports it as a mistake of its user. */
public final class DataException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataException(String message) {
        super(message);
    }
}
