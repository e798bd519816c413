package dev.kombo.query.http;

import java.util.ArrayList;
import java.util.List;

/** Builds an {@link Endpoint}; {@link #by} completes it. */
public final class EndpointBuilder {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;

    private final Endpoint.Method method;
    private final String path;
    private final String area;
    private final String name;
    private final List<Parameter> parameters = new ArrayList<>();
    private final List<Integer> problems = new ArrayList<>();
    private String summary;
    private Role role = Role.READ;
    private List<Shape> body = List.of();
    private int success = OK;
    private Shape answer;
    private Endpoint.Gate gate = (request, header) -> {};

    EndpointBuilder(Endpoint.Method method, String path, String area, String name) {
        this.method = method;
        this.path = path;
        this.area = area;
        this.name = name;
    }

    /** Sets its purpose, in a sentence. */
    public EndpointBuilder summary(String sentence) {
        summary = sentence;
        return this;
    }

    /** Sets who may call it; {@link Role#READ} by default. */
    public EndpointBuilder role(Role needed) {
        role = needed;
        return this;
    }

    /** Adds parameters of path or query. */
    public EndpointBuilder takes(Parameter... more) {
        parameters.addAll(List.of(more));
        return this;
    }

    /** Sets the accepted forms of the request body. */
    public EndpointBuilder body(Shape... shapes) {
        body = List.of(shapes);
        return this;
    }

    /** Sets the body of a success. */
    public EndpointBuilder answers(Shape shape) {
        answer = shape;
        return this;
    }

    /** Sets the body of a success that only published something, which takes effect in a moment. */
    public EndpointBuilder accepts(Shape shape) {
        success = ACCEPTED;
        return answers(shape);
    }

    /** Adds statuses of problems that not every endpoint has. */
    public EndpointBuilder problems(Integer... statuses) {
        problems.addAll(List.of(statuses));
        return this;
    }

    /** Sets the check that runs before the body is read. */
    public EndpointBuilder gate(Endpoint.Gate check) {
        gate = check;
        return this;
    }

    /** Returns the endpoint with its handler. */
    public Endpoint by(Endpoint.Handler handler) {
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
                gate,
                handler);
    }
}
