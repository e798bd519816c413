package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.OfferedPrice;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.attribution.Shopper;
import dev.kombo.client.TrustedRecords;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.query.ScriptedFeed;
import dev.kombo.schema.BundleOffer;
import dev.kombo.slot.FilledSlot;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

class OfferJsonTest {
    /** What a visitor of the shop must not see. A new field of an offer belongs here or in the list of OfferJson. */
    private static final Map<String, Set<String>> HIDDEN = Map.of(
            "BundleOffer",
                    Set.of(
                            "userId",
                            "sessionId",
                            "arm",
                            "experiment",
                            "strategyVersion",
                            "modelVersion",
                            "policy",
                            "calibrated",
                            "conversionCalibrated",
                            "triggerEventId",
                            "triggerType"),
            "OfferedBundle",
                    Set.of(
                            "score",
                            "probability",
                            "conversionProbability",
                            "expectedGainMinor",
                            "discountMinor",
                            "propensity",
                            "reasons",
                            "combinesWith"),
            "Reason", Set.of("signal", "value", "contribution"));

    @Test
    void shouldHideFromVisitorsWhatNobodyDecidedToShow() {
        Map<String, Set<String>> hidden = new TreeMap<>();
        collectHidden(BundleOffer.getClassSchema(), hidden);

        assertThat(hidden).isEqualTo(HIDDEN);
    }

    private static void collectHidden(Schema schema, Map<String, Set<String>> hidden) {
        switch (schema.getType()) {
            case RECORD -> {
                for (Schema.Field field : schema.getFields()) {
                    if (!OfferJson.visible(schema.getName(), field.name())) {
                        hidden.computeIfAbsent(schema.getName(), name -> new TreeSet<>())
                                .add(field.name());
                    }
                    collectHidden(field.schema(), hidden);
                }
            }
            case ARRAY -> collectHidden(schema.getElementType(), hidden);
            case MAP -> collectHidden(schema.getValueType(), hidden);
            case UNION -> schema.getTypes().forEach(type -> collectHidden(type, hidden));
            default -> {
                // A value has no fields.
            }
        }
    }

    @Test
    void shouldLackWhatAPreviewAndALedgerDoNotHave() {
        TrustedRecords.install();
        BundleOffer offer = ScriptedFeed.offerOf("one");

        assertThat(OfferJson.preview(offer).has("offerId")).isFalse();
        assertThat(OfferJson.open(offer).path("offerId").asText()).isEqualTo("one");
        assertThat(OfferJson.open(offer).at("/bundles/0").has("nextChoiceProbability"))
                .isFalse();
        assertThat(OfferJson.visitor(offer).findValues("userId")).isEmpty();
    }

    @Test
    void shouldStateSlotsAndWhatMayBeSwappedWhenABundleHasSlots() {
        TrustedRecords.install();
        FilledSlot slot = new FilledSlot(
                "drink",
                List.of(new BundleMember("tea", 2)),
                List.of(
                        new FilledSlot.Alternative("coffee", "tea", 990),
                        new FilledSlot.Alternative("cocoa", "tea", Item.UNKNOWN)));
        OfferedBundle bundle = new OfferedBundle(
                "breakfast",
                1,
                new OfferedPrice(900, 100, "GBP"),
                List.of(new BundleMember("bun", 1), new BundleMember("tea", 2)),
                List.of(slot),
                OfferedBundle.NO_FEATURES);
        OpenOffer open = new OpenOffer("aa", "home", new Assignment("salt", "arm", 1), 1, 2, 3, List.of(bundle));

        JsonNode shown = OfferJson.visitor(OfferMapper.toAvro(new Shopper("ann", null), open, open.bundles()))
                .at("/bundles/0");

        assertThat(shown.path("members"))
                .extracting(member -> member.path("slot").textValue())
                .containsExactly(null, "drink");
        assertThat(shown.path("alternatives"))
                .extracting(Object::toString)
                .containsExactly(
                        "{\"slot\":\"drink\",\"itemId\":\"coffee\",\"replaces\":\"tea\",\"priceMinor\":990}",
                        "{\"slot\":\"drink\",\"itemId\":\"cocoa\",\"replaces\":\"tea\",\"priceMinor\":null}");
    }

    @Test
    void shouldTellAProbabilityOnceItCounts() {
        TrustedRecords.install();
        BundleOffer offer = ScriptedFeed.offerOf("one");
        offer.getBundles().get(0).setConversionProbability(0.1);

        JsonNode before = OfferJson.published(offer).at("/bundles/0");
        assertThat(before.path("nextChoiceProbability").isNull()).isTrue();
        assertThat(before.path("conversionProbability").isNull()).isTrue();
        assertThat(before.has("probability")).isFalse();

        offer.setCalibrated(true);
        offer.setConversionCalibrated(true);
        JsonNode bundles = OfferJson.preview(offer).path("bundles");
        assertThat(bundles.at("/0/nextChoiceProbability").asDouble()).isEqualTo(0.25);
        assertThat(bundles.at("/0/conversionProbability").asDouble()).isEqualTo(0.1);
        assertThat(bundles.at("/1/nextChoiceProbability").isNull()).isTrue();
    }
}
