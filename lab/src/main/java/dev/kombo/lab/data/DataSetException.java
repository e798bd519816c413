package dev.kombo.lab.data;

/** A file or a data set cannot be used; the message is written for the person who named it. */
public final class DataSetException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DataSetException(String message) {
        super(message);
    }
}
