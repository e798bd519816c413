package dev.kombo.query.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;

/**
 * A request whose parameters were read.
 *
 * @param method HTTP method
 * @param target path and query as they came, encoded
 * @param client who asks: name of the token, or address
 * @param parameters values by name, as their {@link Parameter} reads them; only those that were given
 * @param headers headers by name, in lower case
 * @param body empty where the endpoint takes none; never written
 * @param charge counts the request as so many more: what the client may do a second is bounded
 */
public record Request(
        String method,
        String target,
        String client,
        Map<String, Object> parameters,
        Map<String, String> headers,
        byte[] body,
        IntConsumer charge) {
    /** A text that was given, or null. */
    public String text(String name) {
        return (String) parameters.get(name);
    }

    /** A flag; false where it was not given. */
    public boolean flag(String name) {
        return (Boolean) parameters.getOrDefault(name, false);
    }

    /** A number or moment that was given, or null. */
    public Long number(String name) {
        return (Long) parameters.get(name);
    }

    /** A number, or what it is where it was not given. */
    public int number(String name, int otherwise) {
        return Math.toIntExact((Long) parameters.getOrDefault(name, (long) otherwise));
    }

    /** Media type of the body. */
    public String mediaType() {
        return Shape.mediaTypeOf(header("Content-Type").orElse(""));
    }

    /** A header's value. */
    public Optional<String> header(String headerName) {
        return Optional.ofNullable(headers.get(headerName.toLowerCase(Locale.ROOT)));
    }
}
