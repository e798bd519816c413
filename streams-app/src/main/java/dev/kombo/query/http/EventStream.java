package dev.kombo.query.http;

/** A response body of server-sent events that lasts for as long as the client listens. */
public interface EventStream extends AutoCloseable {
    /** Media type of such a body. */
    String MEDIA_TYPE = "text/event-stream";

    /** Waits for the next event; null: the stream has ended. Called only by the request's thread. */
    ServerEvent next() throws InterruptedException;

    /** Called once by the request's thread, when nobody listens any more. */
    @Override
    void close();

    /**
     * A server-sent event.
     *
     * @param name its kind; null: a comment, which clients ignore
     * @param data written as JSON; for a comment its text
     */
    record ServerEvent(String name, Object data) {
        /** A comment, which shows client and server that the other is still there. */
        public static ServerEvent comment(String text) {
            return new ServerEvent(null, text);
        }
    }
}
