package dev.kombo.query.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;

/** Thrown to answer a request with a problem document. */
public final class ApiException extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final String RETRY_AFTER_SECONDS = "1";

    private final int status;
    private final String kind;
    private final String title;
    private final transient Map<String, Object> more = new LinkedHashMap<>();
    private final transient Map<String, String> headers = new LinkedHashMap<>();
    private boolean bodyArrives;

    /**
     * @param status HTTP status
     * @param kind last part of the problem's type
     * @param title the kind in words
     * @param detail what is wrong with this request
     */
    public ApiException(int status, String kind, String title, String detail) {
        super(detail);
        this.status = status;
        this.kind = kind;
        this.title = title;
    }

    /** 400: a field or parameter is invalid. */
    public static ApiException badField(String field, String detail) {
        return new ApiException(HttpStatus.BAD_REQUEST_400, "bad-request", "Bad request", detail).with("field", field);
    }

    /** 404: there is no entry with that id. */
    public static ApiException unknown(String kind, String id) {
        return new ApiException(
                HttpStatus.NOT_FOUND_404, "unknown-id", "Not found", "no " + kind + " " + id + " is known");
    }

    /** 409: the entry is in another state. */
    public static ApiException conflict(String detail) {
        return new ApiException(HttpStatus.CONFLICT_409, "conflict", "Conflict", detail);
    }

    /** 503, with a request to try again. */
    public static ApiException unavailable(String kind, String detail) {
        return new ApiException(HttpStatus.SERVICE_UNAVAILABLE_503, kind, "Not available now", detail)
                .header("Retry-After", RETRY_AFTER_SECONDS);
    }

    /** Adds a member to the problem document. */
    public ApiException with(String name, Object value) {
        more.put(name, value);
        return this;
    }

    /** Adds a header to the response. */
    public ApiException header(String name, String value) {
        headers.put(name, value);
        return this;
    }

    /** Marks a refusal that comes while {@link BodyReader} goes on reading the request's body. */
    ApiException whileBodyArrives() {
        bodyArrives = true;
        return this;
    }

    public int status() {
        return status;
    }

    boolean bodyArrives() {
        return bodyArrives;
    }

    Problem problem(String instance) {
        return new Problem(kind, title, status, getMessage(), instance, more);
    }

    Map<String, String> headers() {
        return headers;
    }

    /**
     * An error as a problem document (RFC 9457).
     *
     * @param type identifies the kind of problem; the name of the kind is given
     * @param title the kind in words
     * @param status HTTP status
     * @param detail what is wrong with this request
     * @param instance path that was requested
     * @param more further members, such as the field at fault
     */
    record Problem(
            String type,
            String title,
            int status,
            String detail,
            String instance,
            @JsonAnyGetter Map<String, Object> more) {
        static final String MEDIA_TYPE = "application/problem+json";

        /** A problem of a kind of Kombo's. */
        Problem {
            type = "urn:kombo:problem:" + type;
        }
    }
}
