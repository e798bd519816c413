package dev.kombo.config;

import java.util.List;

/** Settings that cannot be used; names every problem at once. */
public final class ConfigProblemsException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ConfigProblemsException(List<String> problems) {
        super(String.join(System.lineSeparator(), problems));
        this.problems = List.copyOf(problems);
    }

    /** One line a problem: the setting, what was found, what is expected. */
    public List<String> problems() {
        return problems;
    }
}
