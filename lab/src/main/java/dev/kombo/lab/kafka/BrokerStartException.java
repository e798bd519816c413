package dev.kombo.lab.kafka;

/** A broker could not be started; the message names the folder or the port and is fit to be shown to the user. */
public final class BrokerStartException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    BrokerStartException(String message) {
        super(message);
    }

    BrokerStartException(String message, Throwable cause) {
        super(message, cause);
    }
}
