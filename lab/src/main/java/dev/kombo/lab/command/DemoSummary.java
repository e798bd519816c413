package dev.kombo.lab.command;

import dev.kombo.lab.simulation.ServiceReport.ArmFigures;
import java.util.Map;

/**
 * The figures of one run of a demo, machine-readable: the events that the service processed, and the totals of its
 * reports.
 *
 * @param events events of the run
 * @param days days of event time that were played
 * @param offers slates offered
 * @param impressions slates seen
 * @param clicks bundles clicked
 * @param conversions complete bundles bought
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

    /** Sums up the arms; each shopper is in one arm. */
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
