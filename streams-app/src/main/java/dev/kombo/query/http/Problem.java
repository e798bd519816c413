package dev.kombo.query.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import java.util.Map;

/**
 * An error as a problem document (RFC 9457).
 *
 * @param type identifies the kind of problem
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

    static Problem of(int status, String kind, String title, String detail, String instance, Map<String, Object> more) {
        return new Problem("urn:kombo:problem:" + kind, title, status, detail, instance, more);
    }
}
