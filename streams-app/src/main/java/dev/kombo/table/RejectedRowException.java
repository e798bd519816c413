package dev.kombo.table;

/**
 * Thrown for a value that its column does not take, or a row that is unusable. It is thrown per row of data, so it has
 * no stack trace.
 */
public final class RejectedRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public static final String UNPARSABLE_ROW = "unparsable-row";

    private final String reason;
    private final String field;

    public RejectedRowException(String reason, String field, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.field = field;
    }

    public static RejectedRowException unparsable(String field, String detail) {
        return new RejectedRowException(UNPARSABLE_ROW, field, detail);
    }

    public String reason() {
        return reason;
    }

    public String field() {
        return field;
    }
}
