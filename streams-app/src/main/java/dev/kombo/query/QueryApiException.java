package dev.kombo.query;

/** The API could not be started; the message names the address and is fit to be shown to a person. */
public final class QueryApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    QueryApiException(String message, Throwable cause) {
        super(message, cause);
    }
}
