package dev.kombo.query.http;

import java.util.List;
import java.util.function.BiConsumer;

/**
 * The complete description of an HTTP endpoint: method, path, caller, request and response.
 *
 * @param method HTTP method
 * @param path with parameters in braces
 * @param name identifies the operation in the OpenAPI document
 * @param area heading under which it is documented
 * @param summary its purpose, in a sentence
 * @param role who may call it
 * @param parameters of path and query
 * @param body what has to be sent, in one of these forms; empty: nothing
 * @param success status of a success
 * @param answer body of a success
 * @param gate checks a request before its body is read
 * @param problems statuses of problems beyond those of similar endpoints
 * @param handler answers requests
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
         * Returns the response.
         *
         * @throws ApiException to answer with a problem
         */
        Answer answer(Request request);
    }

    /** Checks a request before any resource is taken or its body is read. */
    @FunctionalInterface
    public interface Gate {
        /**
         * Admits a request.
         *
         * @param request without a body
         * @param header adds a header to the response, even if it is a problem
         * @throws ApiException if the request is refused
         */
        void check(Request request, BiConsumer<String, String> header);
    }

    /** Whether its responses are streams. */
    boolean streams() {
        return answer.mediaType().equals(EventStream.MEDIA_TYPE);
    }

    /**
     * Starts the description of a GET endpoint.
     *
     * @param area its heading
     * @param name its name in the OpenAPI document
     */
    public static EndpointBuilder get(String path, String area, String name) {
        return new EndpointBuilder(Method.GET, path, area, name);
    }

    /** Starts the description of a POST endpoint. */
    public static EndpointBuilder post(String path, String area, String name) {
        return new EndpointBuilder(Method.POST, path, area, name);
    }

    /** Starts the description of an OPTIONS endpoint, for browsers' preflight requests. */
    public static EndpointBuilder options(String path, String area, String name) {
        return new EndpointBuilder(Method.OPTIONS, path, area, name);
    }

    /** Starts the description of a PUT endpoint, which replaces the content. */
    public static EndpointBuilder put(String path, String area, String name) {
        return new EndpointBuilder(Method.PUT, path, area, name);
    }

    /** Starts the description of a PATCH endpoint, which replaces a part. */
    public static EndpointBuilder patch(String path, String area, String name) {
        return new EndpointBuilder(Method.PATCH, path, area, name);
    }

    /** Starts the description of a DELETE endpoint. */
    public static EndpointBuilder delete(String path, String area, String name) {
        return new EndpointBuilder(Method.DELETE, path, area, name);
    }
}
