package dev.kombo.attribution;

import org.jspecify.annotations.Nullable;

/**
 * The owner of a ledger: a user, or a visitor without an account; one of the two ids is null.
 *
 * @param userId the account id, or null for a visitor
 * @param sessionId the session where there is no user, else null
 */
public record Shopper(@Nullable String userId, @Nullable String sessionId) {}
