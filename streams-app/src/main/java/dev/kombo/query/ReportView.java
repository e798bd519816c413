package dev.kombo.query;

import dev.kombo.schema.ArmReport;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.CurrencyAmount;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What an experiment's arms earned in a window, as JSON. Fields mean what the schema ConversionReport says of them.
 *
 * @param window TOTAL, DAY or HOUR
 * @param windowStart epoch milliseconds; 0 for the total
 * @param lastEventTime epoch milliseconds
 */
record ReportView(String experiment, String window, long windowStart, long lastEventTime, List<Arm> arms) {
    /** Totals first, then days and hours, the newest first in each. */
    static final Comparator<ConversionReport> ORDER = Comparator.comparing(ConversionReport::getExperiment)
            .thenComparing(ConversionReport::getWindow)
            .thenComparing(ConversionReport::getWindowStart, Comparator.reverseOrder());

    /** Figures of an arm; money is one entry a currency. */
    record Arm(
            String arm,
            long users,
            long activeUsers,
            long offers,
            long impressions,
            long clicks,
            long dismissals,
            long conversions,
            long partialConversions,
            long returns,
            long purchases,
            List<Money> revenue,
            List<Money> attributed,
            List<Money> saving,
            double clickThroughRate,
            double conversionRate,
            List<BundleFigures> bundles) {}

    /**
     * Figures of a bundle in an arm.
     *
     * @param revenue attributed to offers of it, or null where nothing was sold
     */
    record BundleFigures(String bundleId, long offers, long clicks, long conversions, Money revenue) {
        static BundleFigures of(BundleReport report) {
            return new BundleFigures(
                    report.getBundleId(),
                    report.getOffers(),
                    report.getClicks(),
                    report.getConversions(),
                    Money.orNull(report.getRevenueMinor(), report.getCurrency()));
        }
    }

    static ReportView of(ConversionReport report) {
        return new ReportView(
                report.getExperiment(),
                report.getWindow().name(),
                report.getWindowStart(),
                report.getLastEventTime(),
                report.getArms().stream().map(ReportView::arm).toList());
    }

    private static Arm arm(ArmReport arm) {
        return new Arm(
                arm.getArm(),
                arm.getUsers(),
                arm.getActiveUsers(),
                arm.getOffers(),
                arm.getImpressions(),
                arm.getClicks(),
                arm.getDismissals(),
                arm.getConversions(),
                arm.getPartialConversions(),
                arm.getReturns(),
                arm.getPurchases(),
                money(arm, CurrencyAmount::getRevenueMinor),
                money(arm, CurrencyAmount::getAttributedMinor),
                money(arm, CurrencyAmount::getSavingMinor),
                arm.getClickThroughRate(),
                arm.getConversionRate(),
                arm.getBundles().stream().map(BundleFigures::of).toList());
    }

    private static List<Money> money(ArmReport arm, ToLongFunction<CurrencyAmount> minor) {
        return arm.getAmounts().stream()
                .map(amount -> new Money(minor.applyAsLong(amount), amount.getCurrency()))
                .toList();
    }
}
