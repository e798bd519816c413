package dev.kombo.serde;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.schema.BundleOffer;
import java.util.Map;
import java.util.Set;

/**
 * The JSON of an offer: the fields of {@link BundleOffer} under their own names, wherever an offer is shown. Where a
 * field is not known or not for the reader, it is left out.
 */
public final class OfferJson {
    /** What a visitor of the shop may see, by record: a field that is not listed is never sent to a page. */
    private static final Map<String, Set<String>> VISITOR = Map.of(
            "BundleOffer", Set.of("offerId", "placement", "offeredAt", "expiresAt", "bundles", "display"),
            "OfferedBundle",
                    Set.of("bundleId", "rank", "priceMinor", "listPriceMinor", "savingMinor", "currency", "members"),
            "OfferedMember", Set.of("itemId", "quantity"),
            "OfferDisplay", Set.of("titles", "items"),
            "DisplayedItem", Set.of("title", "image", "link"));

    /** What is published with an offer but not kept with its shopper. */
    private static final Set<String> NOT_KEPT = Set.of(
            "modelVersion",
            "policy",
            "triggerEventId",
            "triggerType",
            "score",
            "probability",
            "conversionProbability",
            "expectedGainMinor",
            "reasons");

    /** What only an offer that was made has. */
    private static final Set<String> NOT_PREVIEWED = Set.of("offerId", "triggerEventId", "triggerType", "expiresAt");

    private OfferJson() {}

    /** An open offer, of which the shopper's ledger keeps less than was published. */
    public static ObjectNode open(BundleOffer offer) {
        return AvroJson.write(offer, (type, field) -> !NOT_KEPT.contains(field));
    }

    /** An offer that is not made: it has no id, no trigger and no end. */
    public static ObjectNode preview(BundleOffer offer) {
        return AvroJson.write(offer, (type, field) -> !NOT_PREVIEWED.contains(field));
    }

    /** An open offer as the visitor may see it. */
    public static ObjectNode visitor(BundleOffer offer) {
        return AvroJson.write(offer, OfferJson::visible);
    }

    /** Whether a visitor may see a field of a record of an offer. */
    static boolean visible(String type, String field) {
        return VISITOR.getOrDefault(type, Set.of()).contains(field);
    }

    /** Whether a record of an offer may lack a field somewhere. */
    public static boolean mayLack(String type, String field) {
        return VISITOR.containsKey(type) && (NOT_PREVIEWED.contains(field) || !visible(type, field));
    }
}
