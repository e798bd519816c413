package dev.kombo.attribution;

/**
 * A shopper's answer to an offer. Where it was shown is known from the offer.
 *
 * @param kind how the offer was touched
 * @param eventId the event
 * @param offerId the offer it names
 * @param bundleId the bundle it names; null: the whole slate, which a click cannot mean
 * @param time epoch milliseconds
 */
public record Touch(TouchKind kind, String eventId, String offerId, String bundleId, long time) {}
