package dev.kombo.query.http;

/**
 * A server-sent event.
 *
 * @param name its kind; null: a comment, which clients ignore
 * @param data written as JSON; for a comment its text
 */
public record ServerEvent(String name, Object data) {
    /** A comment, which shows client and server that the other is still there. */
    public static ServerEvent comment(String text) {
        return new ServerEvent(null, text);
    }
}
