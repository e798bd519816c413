package dev.kombo.engine.task;

/**
 * Thrown if some tables of a task were changed and others were not, because one could not be written. Nothing of it may
 * be kept: whatever runs the task undoes it, and starts the task again over its tables.
 */
public final class HalfWrittenException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * @param cause why a table could not be written
     */
    public HalfWrittenException(String message, RuntimeException cause) {
        super(message, cause);
    }
}
