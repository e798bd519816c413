package dev.kombo.engine;

/**
 * A user was seen with a session: what the session holds is the user's.
 *
 * @param userId the user
 * @param sessionId the session
 * @param eventId the event that named both
 * @param time of that event, epoch milliseconds
 */
public record Login(String userId, String sessionId, String eventId, long time) {}
