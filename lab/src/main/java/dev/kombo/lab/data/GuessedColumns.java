package dev.kombo.lab.data;

import java.util.List;

/**
 * The guessed meaning of a file's columns, to be shown to a person.
 *
 * @param file its name
 * @param unused columns that Kombo does not use
 * @param notes doubts about the guess
 * @param mapping the guess as a column mapping
 */
public record GuessedColumns(
        String file, List<Column> columns, List<String> unused, List<String> notes, String mapping) {
    /**
     * A column and its guessed field.
     *
     * @param example a value of it
     */
    public record Column(String field, String name, String example) {}
}
