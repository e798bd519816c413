package dev.kombo.client;

import org.apache.kafka.common.KafkaException;

/**
 * A schema registry refused a request, did not know the answer, or could not be reached. The message says what was
 * asked of whom and what came back; credentials are never in it.
 */
public final class SchemaRegistryException extends KafkaException {

    private static final long serialVersionUID = 1L;

    /** HTTP status of a definite "there is no such thing". */
    static final int NOT_FOUND = 404;

    /** HTTP status of a schema that breaks the subject's compatibility rule. */
    static final int CONFLICT = 409;

    private final int status;
    private final int errorCode;
    private final boolean retriable;

    SchemaRegistryException(String message, int status, int errorCode, boolean retriable, Throwable cause) {
        super(message, cause);
        this.status = status;
        this.errorCode = errorCode;
        this.retriable = retriable;
    }

    /** An answer that will not be another one when it is asked again. */
    public static SchemaRegistryException refused(String message, int status, int errorCode) {
        return new SchemaRegistryException(message, status, errorCode, false, null);
    }

    /** HTTP status of the answer; 0 where none came. */
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
