package dev.kombo.attribution;

import dev.kombo.codec.Fields;
import org.jspecify.annotations.Nullable;

/**
 * A shopper's feedback on an offer. The placement is known from the offer.
 *
 * @param kind what it says: seen, clicked, dismissed, or bought by a purchase that names the offer
 * @param eventId the event
 * @param offerId the offer it names
 * @param bundleId the bundle it names; null: the whole slate, which is invalid for a click
 * @param time epoch milliseconds
 */
public record Feedback(
        OutcomeKind kind,
        String eventId,
        String offerId,
        @Nullable String bundleId,
        long time) {
    Feedback fields(Fields f) {
        return new Feedback(
                OutcomeKind.ofFeedback(f.octet(kind.feedback())),
                f.text(eventId),
                f.text(offerId),
                f.textOrNull(bundleId),
                f.number(time));
    }
}
