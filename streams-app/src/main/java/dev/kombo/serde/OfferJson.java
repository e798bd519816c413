package dev.kombo.serde;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.schema.BundleOffer;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;

/**
 * The JSON of an offer, wherever one is shown: the fields of {@link BundleOffer} under their own names, but for a
 * probability whose name does not say of what. Where a field is not known or not for the reader, it is left out; a
 * probability that does not count yet is null.
 */
public final class OfferJson {
    private static final String CONVERSION = "conversionProbability";

    /** What a visitor of the shop may see, by record: a field that is not listed is never sent to a page. */
    private static final Map<String, Set<String>> VISITOR = Map.of(
            "BundleOffer", Set.of("offerId", "placement", "offeredAt", "expiresAt", "bundles", "display"),
            "OfferedBundle",
                    Set.of(
                            "bundleId",
                            "rank",
                            "priceMinor",
                            "listPriceMinor",
                            "savingMinor",
                            "currency",
                            "members",
                            "personalPrice",
                            "alternatives"),
            "OfferedMember", Set.of("itemId", "quantity", "priceMinor", "slot"),
            "OfferedAlternative", Set.of("slot", "itemId", "replaces", "priceMinor"),
            "OfferDisplay", Set.of("titles", "items"),
            "DisplayedItem", Set.of("title", "image", "link"));

    /** What is published with an offer but not kept with its shopper. */
    private static final Set<String> NOT_KEPT = Set.of(
            "modelVersion",
            "policy",
            "calibrated",
            "conversionCalibrated",
            "triggerEventId",
            "triggerType",
            "score",
            "probability",
            CONVERSION,
            "expectedGainMinor",
            "reasons",
            "combinesWith");

    /** What only an offer that was made has. */
    private static final Set<String> NOT_PREVIEWED = Set.of("offerId", "triggerEventId", "triggerType", "expiresAt");

    /** Names of the probabilities. */
    private static final Map<String, String> PROBABILITIES =
            Map.of("probability", "nextChoiceProbability", CONVERSION, CONVERSION);

    private OfferJson() {}

    /** An offer as it was published. */
    public static ObjectNode published(BundleOffer offer) {
        return write(offer, (type, field) -> true);
    }

    private static ObjectNode write(BundleOffer offer, BiPredicate<String, String> chosen) {
        ObjectNode json = AvroJson.write(offer, chosen);
        for (JsonNode bundle : json.path("bundles")) {
            PROBABILITIES.forEach((field, name) -> {
                JsonNode value = ((ObjectNode) bundle).remove(field);
                boolean counts = field.equals(CONVERSION) ? offer.getConversionCalibrated() : offer.getCalibrated();
                if (value != null) {
                    ((ObjectNode) bundle).set(name, counts && value.doubleValue() > 0 ? value : null);
                }
            });
        }
        return json;
    }

    /** The name in JSON of a field of a record. */
    public static String nameOf(String type, String field) {
        return type.equals("OfferedBundle") ? PROBABILITIES.getOrDefault(field, field) : field;
    }

    /** Whether a field of a record of an offer is null where it does not count. */
    public static boolean mayBeNull(String type, String field) {
        return type.equals("OfferedBundle") && PROBABILITIES.containsKey(field);
    }

    /** An open offer, of which the shopper's ledger keeps less than was published. */
    public static ObjectNode open(BundleOffer offer) {
        return write(offer, (type, field) -> !NOT_KEPT.contains(field));
    }

    /** An offer that is not made: it has no id, no trigger and no end. */
    public static ObjectNode preview(BundleOffer offer) {
        return write(offer, (type, field) -> !NOT_PREVIEWED.contains(field));
    }

    /** An open offer as the visitor may see it. */
    public static ObjectNode visitor(BundleOffer offer) {
        return write(offer, OfferJson::visible);
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
