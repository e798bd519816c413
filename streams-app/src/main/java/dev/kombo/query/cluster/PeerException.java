package dev.kombo.query.cluster;

/** Thrown if another instance did not answer. */
final class PeerException extends Exception {
    private static final long serialVersionUID = 1L;

    PeerException(String message, Throwable cause) {
        super(message, cause);
    }
}
