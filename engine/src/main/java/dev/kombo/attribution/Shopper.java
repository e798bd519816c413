package dev.kombo.attribution;

/**
 * Whose ledger it is; one of the two is null.
 *
 * @param userId the account id, or null for a visitor
 * @param sessionId the visit where there is no user, else null
 */
public record Shopper(String userId, String sessionId) {}
