package dev.kombo.engine.model;

/** Thrown for a published value that is invalid: the value is ignored, and the previous value stays in use. */
public final class UnusableValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param problem says for an operator what is wrong with it */
    public UnusableValueException(String problem) {
        super(problem);
    }
}
