package dev.kombo.client;

import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Thrown where a schema registry rejected a request, had no answer, or could not be reached. The message names the
 * request, the address and the answer, but never credentials.
 */
public final class SchemaRegistryException extends KafkaException {

    private static final long serialVersionUID = 1L;

    /** HTTP status of an answer. */
    static final int OK = 200;

    /** HTTP status of an id, subject, version or schema that does not exist. */
    static final int NOT_FOUND = 404;

    /** HTTP status of a schema that breaks the subject's compatibility rule. */
    static final int CONFLICT = 409;

    /** HTTP status of a registry that has too many requests. */
    static final int TOO_MANY_REQUESTS = 429;

    /** The lowest HTTP status of a registry that failed. */
    static final int SERVER_ERROR = 500;

    /** Error code of a registry that does not know the subject. */
    static final int SUBJECT_NOT_FOUND = 40401;

    /** Error code of a registry that does not know the schema. */
    static final int SCHEMA_NOT_FOUND = 40403;

    private final int status;
    private final int errorCode;
    private final boolean retriable;

    SchemaRegistryException(
            @Nullable String message, int status, int errorCode, boolean retriable, @Nullable Throwable cause) {
        super(message, cause);
        this.status = status;
        this.errorCode = errorCode;
        this.retriable = retriable;
    }

    /** Creates an exception for an answer that a retry would not change. */
    public static SchemaRegistryException refused(@Nullable String message, int status, int errorCode) {
        return new SchemaRegistryException(message, status, errorCode, false, null);
    }

    /** HTTP status of the answer; 0 where there was none. */
    public int status() {
        return status;
    }

    /** The registry's own error code, such as 40403; 0 where there is none. */
    public int errorCode() {
        return errorCode;
    }

    /** Whether the same request may succeed later: the registry was unreachable, overloaded or broken. */
    public boolean retriable() {
        return retriable;
    }

    /** Whether the registry answered that it does not know the id, subject, version or schema. */
    public boolean notFound() {
        return status == NOT_FOUND;
    }

    /** Whether the schema was refused because it breaks the subject's compatibility rule. */
    public boolean incompatible() {
        return status == CONFLICT;
    }
}
