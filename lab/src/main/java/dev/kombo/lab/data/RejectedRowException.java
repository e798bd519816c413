package dev.kombo.lab.data;

/**
 * Thrown for an unusable row. It is thrown per row of data, so it has no stack trace; it never leaves the reading of a
 * file.
 */
final class RejectedRowException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    static final String UNPARSABLE_ROW = "unparsable-row";

    private final String reason;
    private final String field;

    RejectedRowException(String reason, String field, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.field = field;
    }

    static RejectedRowException unparsable(String field, String detail) {
        return new RejectedRowException(UNPARSABLE_ROW, field, detail);
    }

    String reason() {
        return reason;
    }

    String field() {
        return field;
    }
}
