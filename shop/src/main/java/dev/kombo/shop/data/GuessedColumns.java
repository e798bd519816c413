package dev.kombo.shop.data;

import java.util.List;

/**
 * The guessed meaning of a file's columns, to be shown to a person.
 *
 * @param file its name
 * @param export name of the shop system's export that the file was recognised as; null if it was guessed
 * @param unused columns that Kombo does not use
 * @param notes doubts about the guess
 * @param mapping the guess as a column mapping
 */
public record GuessedColumns(
        String file, String export, List<Column> columns, List<String> unused, List<String> notes, String mapping) {
    /**
     * A column and its guessed field.
     *
     * @param examples up to three values of it
     * @param confidence why it was taken: known export, given, sure and likely by its name, or by its values
     */
    public record Column(String field, String name, String examples, String confidence) {}
}
