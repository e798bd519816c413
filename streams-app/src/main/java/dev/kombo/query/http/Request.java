package dev.kombo.query.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A request with parsed parameters.
 *
 * @param method HTTP method
 * @param target path and query as received, encoded
 * @param client by its token or its address
 * @param parameters values by name, as parsed by their {@link Parameter}; only those that were given
 * @param headers headers by name, in lower case
 * @param body empty if the endpoint takes none; must not be modified
 * @param charge charges the request as several against the client's rate limit
 */
public record Request(
        String method,
        String target,
        Client client,
        Map<String, Object> parameters,
        Map<String, String> headers,
        byte[] body,
        IntConsumer charge) {
    /** Returns this request with a body. */
    Request withBody(byte[] received) {
        return new Request(method, target, client, parameters, headers, received, charge);
    }

    /** Returns a text parameter, or null if it was not given. */
    public String text(String name) {
        return (String) parameters.get(name);
    }

    /** Returns a flag; false if it was not given. */
    public boolean flag(String name) {
        return (Boolean) parameters.getOrDefault(name, false);
    }

    /** Returns a number or time, or null if it was not given. */
    public Long number(String name) {
        return (Long) parameters.get(name);
    }

    /** Returns a number, or the default if it was not given. */
    public int number(String name, int otherwise) {
        return Math.toIntExact((Long) parameters.getOrDefault(name, (long) otherwise));
    }

    /** Returns a header's value. */
    public Optional<String> header(String headerName) {
        return Optional.ofNullable(headers.get(headerName.toLowerCase(Locale.ROOT)));
    }
}
