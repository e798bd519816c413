package dev.kombo.query.http;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * All that there is to know of a path: how it is asked, by whom, what it answers, and what answers it.
 *
 * @param method HTTP method
 * @param path with parts in braces that are parameters
 * @param name identifies the operation in the OpenAPI document
 * @param area heading under which it is documented
 * @param summary what it is for, in a sentence
 * @param role who may ask
 * @param parameters of path and query
 * @param body what has to be sent, in one of these forms; empty: nothing
 * @param success status of a success
 * @param answer what a success brings
 * @param gate looks at a request before its body is read
 * @param problems statuses of the problems that this endpoint adds to those of others like it
 * @param handler answers
 */
public record Endpoint(
        Method method,
        String path,
        String name,
        String area,
        String summary,
        Role role,
        List<Parameter> parameters,
        List<Shape> body,
        int success,
        Shape answer,
        List<Integer> problems,
        Gate gate,
        Handler handler) {
    /** HTTP methods in use. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE,
        OPTIONS
    }

    /** Answers a request. */
    @FunctionalInterface
    public interface Handler {
        /**
         * The answer.
         *
         * @throws ApiException to be answered as a problem
         */
        Answer answer(Request request);
    }

    /** Looks at a request before anything is taken or read for it. */
    @FunctionalInterface
    public interface Gate {
        /**
         * Lets it in.
         *
         * @param request without a body
         * @param header gives the answer a header, also where it is a problem
         * @throws ApiException where it is refused
         */
        void check(Request request, BiConsumer<String, String> header);
    }

    /** Whether its answers are streams. */
    boolean streams() {
        return answer.mediaType().equals(EventStream.MEDIA_TYPE);
    }

    /**
     * Begins the description of a path that is read.
     *
     * @param area its heading
     * @param name its name in the OpenAPI document
     */
    public static EndpointBuilder get(String path, String area, String name) {
        return new EndpointBuilder(Method.GET, path, area, name);
    }

    /** Begins that of a path that is posted to. */
    public static EndpointBuilder post(String path, String area, String name) {
        return new EndpointBuilder(Method.POST, path, area, name);
    }

    /** Begins that of what browsers ask before they let a page ask. */
    public static EndpointBuilder options(String path, String area, String name) {
        return new EndpointBuilder(Method.OPTIONS, path, area, name);
    }

    /** Begins that of a path whose content is replaced. */
    public static EndpointBuilder put(String path, String area, String name) {
        return new EndpointBuilder(Method.PUT, path, area, name);
    }

    /** Begins that of a path of which a part is replaced. */
    public static EndpointBuilder patch(String path, String area, String name) {
        return new EndpointBuilder(Method.PATCH, path, area, name);
    }

    /** Begins that of a path that can be deleted. */
    public static EndpointBuilder delete(String path, String area, String name) {
        return new EndpointBuilder(Method.DELETE, path, area, name);
    }
}
