package dev.kombo.engine;

/**
 * A user identified with a session: the session's state is to be merged into the user.
 *
 * @param userId the user
 * @param sessionId the session
 * @param eventId the event that named both
 * @param time of that event, epoch milliseconds
 */
public record Login(String userId, String sessionId, String eventId, long time) {}
