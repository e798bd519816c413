package dev.kombo.query.http;

/**
 * What a stream brings.
 *
 * @param name its kind; null: a comment, which clients pass over
 * @param data written as JSON; of a comment its text
 */
public record ServerEvent(String name, Object data) {
    /** A comment, by which client and server notice that the other one is still there. */
    public static ServerEvent comment(String text) {
        return new ServerEvent(null, text);
    }
}
