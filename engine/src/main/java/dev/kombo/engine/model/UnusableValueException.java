package dev.kombo.engine.model;

/** Thrown for a published value that makes no sense: it is not used, and what was there before stays. */
public final class UnusableValueException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /** @param problem says for an operator what is wrong with it */
    public UnusableValueException(String problem) {
        super(problem);
    }
}
