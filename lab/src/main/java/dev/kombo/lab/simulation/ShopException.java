package dev.kombo.lab.simulation;

import java.io.Serial;

/** The simulated shop cannot go on. */
public final class ShopException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    ShopException(String message, Throwable cause) {
        super(message, cause);
    }
}
