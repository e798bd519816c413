package dev.kombo.query.http;

import dev.kombo.config.ApiToken.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.eclipse.jetty.http.HttpStatus;

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
 * @param vital whether it is answered on threads of its own, however busy the instance is
 * @param gate checks a request before its body is read
 * @param problems statuses of problems beyond those of similar endpoints
 * @param handler answers requests, or throws an {@link ApiException} to answer with a problem
 */
public record Endpoint(
        Method method,
        String path,
        String name,
        String area,
        String summary,
        Role role,
        List<Parameter> parameters,
        List<BodySchema> body,
        int success,
        BodySchema answer,
        List<Integer> problems,
        boolean vital,
        Gate gate,
        Function<Request, ApiResponse> handler) {
    /** HTTP methods in use. */
    public enum Method {
        GET,
        POST,
        PUT,
        PATCH,
        DELETE,
        OPTIONS
    }

    /** Checks a request before any resource is taken or its body is read. */
    @FunctionalInterface
    public interface Gate {
        /**
         * Admits a request.
         *
         * @param request without a body
         * @param header adds a header to the response, even if it is a problem
         * @return the client by which its work is limited
         * @throws ApiException if the request is refused
         */
        Client check(Request request, BiConsumer<String, String> header);
    }

    /** Whether its responses are streams. */
    boolean streams() {
        return answer.mediaType().equals(EventStream.MEDIA_TYPE);
    }

    /**
     * Starts the description of an endpoint.
     *
     * @param area its heading
     * @param name its name in the OpenAPI document
     */
    public static Builder of(Method method, String path, String area, String name) {
        return new Builder(method, path, area, name);
    }

    /** Builds an {@link Endpoint}; {@link #by} completes it. */
    public static final class Builder {

        private final Endpoint.Method method;
        private final String path;
        private final String area;
        private final String name;
        private final List<Parameter> parameters = new ArrayList<>();
        private final List<Integer> problems = new ArrayList<>();
        private String summary;
        private Role role = Role.READ;
        private List<BodySchema> body = List.of();
        private int success = HttpStatus.OK_200;
        private BodySchema answer;
        private boolean vital;
        private Endpoint.Gate gate = (request, header) -> request.client();

        Builder(Endpoint.Method method, String path, String area, String name) {
            this.method = method;
            this.path = path;
            this.area = area;
            this.name = name;
        }

        /** Sets its purpose, in a sentence. */
        public Builder summary(String sentence) {
            summary = sentence;
            return this;
        }

        /** Sets who may call it; {@link Role#READ} by default. */
        public Builder role(Role needed) {
            role = needed;
            return this;
        }

        /** Adds parameters of path or query. */
        public Builder takes(Parameter... more) {
            parameters.addAll(List.of(more));
            return this;
        }

        /** Sets the accepted forms of the request body. */
        public Builder body(BodySchema... shapes) {
            body = List.of(shapes);
            return this;
        }

        /** Sets the body of a success. */
        public Builder answers(BodySchema shape) {
            answer = shape;
            return this;
        }

        /** Sets the body of a success that only published something, which takes effect in a moment. */
        public Builder accepts(BodySchema shape) {
            success = HttpStatus.ACCEPTED_202;
            return answers(shape);
        }

        /** Adds statuses of problems that not every endpoint has. */
        public Builder problems(Integer... statuses) {
            problems.addAll(List.of(statuses));
            return this;
        }

        /** Has it answered on threads of its own, however busy the instance is: for health and metrics. */
        public Builder vital() {
            vital = true;
            return this;
        }

        /** Sets the check that runs before the body is read. */
        public Builder gate(Endpoint.Gate check) {
            gate = check;
            return this;
        }

        /** Returns the endpoint with its handler. */
        public Endpoint by(Function<Request, ApiResponse> handler) {
            return new Endpoint(
                    method,
                    path,
                    name,
                    area,
                    summary,
                    role,
                    List.copyOf(parameters),
                    body,
                    success,
                    answer,
                    List.copyOf(problems),
                    vital,
                    gate,
                    handler);
        }
    }
}
