package dev.kombo.lab.data;

import java.util.List;

/**
 * What the columns of a file were taken for, to be shown to a person.
 *
 * @param file its name
 * @param unused columns that mean nothing to Kombo
 * @param notes where the guess may well be wrong
 * @param mapping the guess as a column mapping
 */
public record GuessedColumns(
        String file, List<Column> columns, List<String> unused, List<String> notes, String mapping) {
    /**
     * What a column was taken for.
     *
     * @param example a value of it
     */
    public record Column(String field, String name, String example) {}
}
