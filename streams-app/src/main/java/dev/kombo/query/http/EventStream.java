package dev.kombo.query.http;

/** The body of an answer that goes on for as long as the client listens: server-sent events. */
public interface EventStream extends AutoCloseable {
    /** Media type of such a body. */
    String MEDIA_TYPE = "text/event-stream";

    /** Waits for what comes next; null: the stream has ended. Called by the request's thread only. */
    ServerEvent next() throws InterruptedException;

    /** Nobody listens any more. Called once, by the request's thread. */
    @Override
    void close();
}
