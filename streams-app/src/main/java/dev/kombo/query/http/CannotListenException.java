package dev.kombo.query.http;

/** Thrown if the API could not be started; the message names the address and is written for people. */
public final class CannotListenException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CannotListenException(String message, Throwable cause) {
        super(message, cause);
    }

    CannotListenException(HttpSettings settings, Throwable cause) {
        this(
                "the query API cannot listen on " + settings.host() + ":" + settings.port() + ": "
                        + root(cause).getMessage(),
                cause);
    }

    private static Throwable root(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
