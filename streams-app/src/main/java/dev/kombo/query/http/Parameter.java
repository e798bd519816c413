package dev.kombo.query.http;

import java.util.List;

/**
 * A parameter of an endpoint, with its type and bounds.
 *
 * @param name as in the query or path
 * @param kind its type
 * @param inPath whether it is part of the path; otherwise of the query
 * @param needed whether a request without it is refused
 * @param least smallest value of a number
 * @param most largest value of a number
 * @param choices allowed words; empty: any
 * @param doc what it means, for people
 */
public record Parameter(
        String name,
        ParameterType kind,
        boolean inPath,
        boolean needed,
        long least,
        long most,
        List<String> choices,
        String doc) {
    private static final long LATEST = 253_402_300_799_999L;

    /** Types of parameters. */
    public enum ParameterType {
        TEXT,
        FLAG,
        WHOLE,
        TIME
    }

    /** A segment of the path. */
    public static Parameter id(String name, String doc) {
        return new Parameter(name, ParameterType.TEXT, true, true, 0, 0, List.of(), doc);
    }

    /** Any text. */
    public static Parameter text(String name, String doc) {
        return new Parameter(name, ParameterType.TEXT, false, false, 0, 0, List.of(), doc);
    }

    /** One of several words. */
    public static Parameter choice(String name, List<String> choices, String doc) {
        return new Parameter(name, ParameterType.TEXT, false, false, 0, 0, choices, doc);
    }

    /** True or false. */
    public static Parameter flag(String name, String doc) {
        return new Parameter(name, ParameterType.FLAG, false, false, 0, 0, List.of(), doc);
    }

    /** A whole number. */
    public static Parameter whole(String name, long least, long most, String doc) {
        return new Parameter(name, ParameterType.WHOLE, false, false, least, most, List.of(), doc);
    }

    /** A time in epoch milliseconds. */
    public static Parameter time(String name, String doc) {
        return new Parameter(name, ParameterType.TIME, false, false, 0, LATEST, List.of(), doc);
    }

    /** Returns this parameter as required: a request without it, or with a blank value, is refused. */
    public Parameter asNeeded() {
        return new Parameter(name, kind, inPath, true, least, most, choices, doc);
    }

    /**
     * Parses a value.
     *
     * @throws ApiException 400 if the text is invalid
     */
    Object parse(String text) {
        return switch (kind) {
            case TEXT -> word(text);
            case FLAG -> flag(text);
            case WHOLE, TIME -> number(text);
        };
    }

    private String word(String text) {
        if (!choices.isEmpty() && !choices.contains(text)) {
            throw refused("one of " + String.join(", ", choices), text);
        }
        return text;
    }

    private Boolean flag(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw refused("true or false", text);
        }
        return text.equals("true");
    }

    private Long number(String text) {
        String expected =
                kind == ParameterType.TIME ? "epoch milliseconds" : "a whole number from " + least + " to " + most;
        try {
            long number = Long.parseLong(text);
            if (number < least || number > most) {
                throw refused(expected, text);
            }
            return number;
        } catch (NumberFormatException e) {
            throw refused(expected, text);
        }
    }

    private ApiException refused(String expected, String found) {
        return ApiException.badField(name, name + " must be " + expected + ", found " + found);
    }
}
