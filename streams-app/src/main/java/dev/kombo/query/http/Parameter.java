package dev.kombo.query.http;

import java.util.List;

/**
 * A parameter of an endpoint, with how it is read.
 *
 * @param name as in the query or path
 * @param kind how it is read
 * @param inPath whether it is a part of the path, else of the query
 * @param needed whether a request without it is refused
 * @param least least value of a number
 * @param most largest value of a number
 * @param choices allowed words; empty: any
 * @param doc what it means, for people
 */
public record Parameter(
        String name,
        Kind kind,
        boolean inPath,
        boolean needed,
        long least,
        long most,
        List<String> choices,
        String doc) {
    private static final long LATEST = 253_402_300_799_999L;

    /** How a parameter is read. */
    public enum Kind {
        TEXT,
        FLAG,
        WHOLE,
        TIME
    }

    /** A part of the path. */
    public static Parameter id(String name, String doc) {
        return new Parameter(name, Kind.TEXT, true, true, 0, 0, List.of(), doc);
    }

    /** Any text. */
    public static Parameter text(String name, String doc) {
        return new Parameter(name, Kind.TEXT, false, false, 0, 0, List.of(), doc);
    }

    /** One of some words. */
    public static Parameter choice(String name, List<String> choices, String doc) {
        return new Parameter(name, Kind.TEXT, false, false, 0, 0, choices, doc);
    }

    /** True or false. */
    public static Parameter flag(String name, String doc) {
        return new Parameter(name, Kind.FLAG, false, false, 0, 0, List.of(), doc);
    }

    /** A whole number. */
    public static Parameter whole(String name, long least, long most, String doc) {
        return new Parameter(name, Kind.WHOLE, false, false, least, most, List.of(), doc);
    }

    /** A moment in epoch milliseconds. */
    public static Parameter time(String name, String doc) {
        return new Parameter(name, Kind.TIME, false, false, 0, LATEST, List.of(), doc);
    }

    /** The same, but refused where it is missing or blank. */
    public Parameter asNeeded() {
        return new Parameter(name, kind, inPath, true, least, most, choices, doc);
    }

    /**
     * Its value.
     *
     * @throws ApiException 400 where the text is none
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
        String expected = kind == Kind.TIME ? "epoch milliseconds" : "a whole number from " + least + " to " + most;
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
