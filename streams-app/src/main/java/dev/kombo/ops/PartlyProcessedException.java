package dev.kombo.ops;

/** Thrown if some parts of a record could not be processed; the others have been. */
public final class PartlyProcessedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final byte[] failed;

    /**
     * @param cause why the last of the parts failed
     * @param failed value of a record that has only the parts that failed; not copied
     */
    public PartlyProcessedException(String message, RuntimeException cause, byte[] failed) {
        super(message, cause);
        this.failed = failed;
    }

    /** The value of a record that has only the parts that failed. */
    byte[] failed() {
        return failed;
    }
}
