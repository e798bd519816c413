package dev.kombo.config;

import java.util.List;

/** Thrown for invalid settings; lists all problems at once. */
public final class ConfigProblemsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConfigProblemsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line per problem: the setting, the value found, and what is expected. */
    public List<String> problems() {
        return problems;
    }
}
