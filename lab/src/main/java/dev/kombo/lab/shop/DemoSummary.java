package dev.kombo.lab.shop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.CurrencyAmount;
import dev.kombo.topology.LiveStrategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * The figures of a demo, as shown on the terminal and written for machines. Events are those that the shop published in
 * this run; all else comes from the service's own total report, which counts from the first start of the kept state, or,
 * before there is a report, from what the shop saw itself.
 *
 * @param events events published in this run
 * @param offers slates offered
 * @param impressions slates seen
 * @param clicks bundles clicked
 * @param conversions bundles bought whole
 * @param revenueMinor revenue attributed to offers, in minor units of the shop's currency
 * @param arms figures by arm, by name; those of visitors without a user id apart, as {@code <arm>/visitors}
 */
public record DemoSummary(
        long events,
        long offers,
        long impressions,
        long clicks,
        long conversions,
        long revenueMinor,
        Map<String, Arm> arms) {

    private static final String VISITORS = "/visitors";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    /**
     * Figures of one arm.
     *
     * @param users users that entered the arm
     * @param offers slates offered
     * @param impressions slates seen
     * @param clicks bundles clicked
     * @param conversions bundles bought whole
     * @param revenueMinor revenue attributed to offers, in minor units
     */
    public record Arm(long users, long offers, long impressions, long clicks, long conversions, long revenueMinor) {}

    /** Copies the map, sorted by name. */
    public DemoSummary {
        arms = Collections.unmodifiableMap(new TreeMap<>(arms));
    }

    /**
     * The figures of a moment.
     *
     * @param tally what the shop counted
     * @param totals the service's total report of each experiment; empty where there is none yet
     */
    public static DemoSummary of(ShopTally tally, Collection<ConversionReport> totals) {
        Map<String, Arm> arms = new TreeMap<>();
        for (ConversionReport total : totals) {
            String suffix = LiveStrategy.ofVisitors(total.getExperiment()) ? VISITORS : "";
            total.getArms().forEach(arm -> arms.merge(arm.getArm() + suffix, reported(arm), DemoSummary::plus));
        }
        if (totals.isEmpty()) {
            tally.arms()
                    .forEach((name, arm) -> arms.put(
                            name,
                            new Arm(
                                    arm.users(),
                                    arm.offers(),
                                    arm.impressions(),
                                    arm.clicks(),
                                    arm.conversions(),
                                    arm.revenueMinor())));
        }
        Arm all = arms.values().stream().reduce(new Arm(0, 0, 0, 0, 0, 0), DemoSummary::plus);
        return new DemoSummary(
                tally.events(),
                all.offers(),
                all.impressions(),
                all.clicks(),
                all.conversions(),
                all.revenueMinor(),
                arms);
    }

    private static Arm reported(ArmReport arm) {
        long attributed = arm.getAmounts().stream()
                .filter(amount -> ShopCatalog.CURRENCY.equals(amount.getCurrency()))
                .mapToLong(CurrencyAmount::getAttributedMinor)
                .sum();
        return new Arm(
                arm.getUsers(),
                arm.getOffers(),
                arm.getImpressions(),
                arm.getClicks(),
                arm.getConversions(),
                attributed);
    }

    /** The sum of two arms; nobody is in two. */
    static Arm plus(Arm one, Arm other) {
        return new Arm(
                one.users() + other.users(),
                one.offers() + other.offers(),
                one.impressions() + other.impressions(),
                one.clicks() + other.clicks(),
                one.conversions() + other.conversions(),
                one.revenueMinor() + other.revenueMinor());
    }

    /** The JSON document. */
    public String toJson() {
        try {
            return JSON.writeValueAsString(this) + "\n";
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A record of numbers is always written", impossible);
        }
    }

    /** Writes the JSON document, in place of what the file held. */
    public void writeTo(Path file) throws IOException {
        Files.writeString(file, toJson());
    }
}
