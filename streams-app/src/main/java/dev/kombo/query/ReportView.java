package dev.kombo.query;

import dev.kombo.query.http.Described;
import dev.kombo.schema.ArmReport;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.CurrencyAmount;
import dev.kombo.schema.SampleRatioReport;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * What an experiment's arms earned in a window, as JSON. Fields mean what the schema ConversionReport says of them.
 *
 * @param window TOTAL, DAY or HOUR
 * @param windowStart epoch milliseconds; 0 for the total
 * @param lastEventTime epoch milliseconds
 * @param comparisons of arms, of the total; of a day as they stood at its last look
 * @param sampleRatio whether users entered as planned, of the total only; null before anybody entered
 * @param lastMove the latest move of shares between treatments, of the total only; null where shares never moved
 */
record ReportView(
        String experiment,
        String window,
        long windowStart,
        long lastEventTime,
        List<Arm> arms,
        List<ComparisonView> comparisons,
        @Described(nullable = true) SampleRatio sampleRatio,
        @Described(nullable = true) ShareMoveView lastMove) {
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
            long viewThroughConversions,
            long crossConversions,
            long returnedConversions,
            List<Money> viewThrough,
            List<Mean> revenuePerUser,
            double returnedShare,
            double dismissalRate,
            List<PlacementView> placements,
            @Described(value = "what orders the arm's offers now, in the total; null elsewhere", nullable = true)
                    String regime) {}

    /** A mean of money, in minor units of the currency. */
    record Mean(double amountMinor, String currency) {}

    /**
     * Figures of a bundle in an arm.
     *
     * @param revenue attributed to offers of it, or null where nothing was sold
     */
    record BundleFigures(
            String bundleId, long offers, long clicks, long conversions, @Described(nullable = true) Money revenue) {
        static BundleFigures of(BundleReport report) {
            return new BundleFigures(
                    report.getBundleId(),
                    report.getOffers(),
                    report.getClicks(),
                    report.getConversions(),
                    Money.orNull(report.getRevenueMinor(), report.getCurrency()));
        }
    }

    /** Whether users entered the arms in the planned shares. */
    record SampleRatio(boolean fits, double pValue, List<ArmRatio> arms) {}

    /** Expected and actual entries of an arm under one version of the strategy. */
    record ArmRatio(long strategyVersion, String arm, double expected, long entered) {}

    static ReportView of(ConversionReport report) {
        return new ReportView(
                report.getExperiment(),
                report.getWindow().name(),
                report.getWindowStart(),
                report.getLastEventTime(),
                report.getArms().stream().map(ReportView::arm).toList(),
                report.getComparisons().stream().map(ComparisonView::of).toList(),
                ratio(report.getSampleRatio()),
                ShareMoveView.of(report.getLastMove()));
    }

    private static SampleRatio ratio(SampleRatioReport ratio) {
        return ratio == null
                ? null
                : new SampleRatio(
                        ratio.getFits(),
                        ratio.getPValue(),
                        ratio.getArms().stream()
                                .map(arm -> new ArmRatio(
                                        arm.getStrategyVersion(), arm.getArm(), arm.getExpected(), arm.getEntered()))
                                .toList());
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
                arm.getViewThroughConversions(),
                arm.getCrossConversions(),
                arm.getReturnedConversions(),
                money(arm, CurrencyAmount::getViewThroughMinor),
                means(arm),
                arm.getReturnedShare(),
                arm.getDismissalRate(),
                arm.getPlacements().stream().map(PlacementView::of).toList(),
                arm.getRegime());
    }

    private static List<Mean> means(ArmReport arm) {
        return arm.getAmounts().stream()
                .filter(amount -> amount.getRevenuePerUser() != null)
                .map(amount -> new Mean(amount.getRevenuePerUser(), amount.getCurrency()))
                .toList();
    }

    private static List<Money> money(ArmReport arm, ToLongFunction<CurrencyAmount> minor) {
        return arm.getAmounts().stream()
                .map(amount -> new Money(minor.applyAsLong(amount), amount.getCurrency()))
                .toList();
    }
}
