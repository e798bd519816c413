package dev.kombo.lab.data;

/**
 * What a row says about its item besides id and price.
 *
 * @param title name of the item; empty if the row has none
 * @param category category in the file's own terms; null if unknown
 */
public record TitleAndCategory(String title, String category) {
    /** For a row that gives only the id of its item. */
    public static final TitleAndCategory NONE = new TitleAndCategory("", null);
}
