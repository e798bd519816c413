package dev.kombo.query;

import dev.kombo.schema.PlacementReport;
import java.util.List;
import java.util.TreeMap;

/** Figures of a placement in an arm, as JSON. Fields mean what the schema PlacementReport says of them. */
record PlacementView(
        String placement,
        long offers,
        long impressions,
        long clicks,
        long dismissals,
        long conversions,
        List<Money> attributed) {

    static PlacementView of(PlacementReport report) {
        return new PlacementView(
                report.getPlacement(),
                report.getOffers(),
                report.getImpressions(),
                report.getClicks(),
                report.getDismissals(),
                report.getConversions(),
                new TreeMap<>(report.getAttributedMinor())
                        .entrySet().stream()
                                .map(amount -> new Money(amount.getValue(), amount.getKey()))
                                .toList());
    }
}
