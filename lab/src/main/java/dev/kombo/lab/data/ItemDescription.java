package dev.kombo.lab.data;

/**
 * What a row tells of its item beside id and price.
 *
 * @param title name of the item; empty where the row has none
 * @param category category in the file's own terms; null where unknown
 */
public record ItemDescription(String title, String category) {
    /** Of a row that names its item by id only. */
    public static final ItemDescription NONE = new ItemDescription("", null);
}
