package dev.kombo.entity;

import org.jspecify.annotations.Nullable;

/** Validates names that people read: in logs, on the page, as labels of metrics. */
public final class Names {
    private static final int MAX_LENGTH = 100;

    private Names() {}

    /**
     * What is wrong with a name, or null where it is valid.
     *
     * @param field the field, for the message
     */
    public static @Nullable String problem(String field, String name) {
        if (name == null || name.isBlank()) {
            return field + " is blank";
        }
        if (name.length() > MAX_LENGTH) {
            return field + " has " + name.length() + " characters, at most " + MAX_LENGTH + " are accepted";
        }
        return name.codePoints().allMatch(Names::visible)
                ? null
                : field + " has control characters or marks of direction";
    }

    /** Whether it is neither a control character nor a format character, such as one that reverses the text. */
    private static boolean visible(int codePoint) {
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.UNASSIGNED,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
