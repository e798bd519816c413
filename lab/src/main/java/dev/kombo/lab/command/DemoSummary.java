package dev.kombo.lab.command;

import dev.kombo.lab.simulation.ServiceReport.ArmFigures;
import java.util.Map;

/**
 * The figures of one run of a demo, for machines: events that the service processed, and what its reports say of them.
 *
 * @param events events of the run
 * @param days days of event time that were played
 * @param offers slates offered
 * @param impressions slates seen
 * @param clicks bundles clicked
 * @param conversions bundles bought whole
 * @param revenueMinor revenue attributed to offers, in minor units of the shop's currency
 * @param arms figures by arm, by name
 */
record DemoSummary(
        long events,
        double days,
        long offers,
        long impressions,
        long clicks,
        long conversions,
        long revenueMinor,
        Map<String, ArmFigures> arms) {

    /** Sums up the arms; nobody is in two. */
    static DemoSummary of(long events, double days, Map<String, ArmFigures> arms) {
        ArmFigures all = sum(arms);
        return new DemoSummary(
                events,
                days,
                all.offers(),
                all.impressions(),
                all.clicks(),
                all.conversions(),
                all.attributedMinor(),
                arms);
    }

    static ArmFigures sum(Map<String, ArmFigures> arms) {
        return arms.values().stream().reduce(ArmFigures.NONE, ArmFigures::plus);
    }
}
