package dev.kombo.experiment.uplift;

import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.Contrast.Estimate;
import java.util.ArrayList;
import java.util.List;

/**
 * Revenue per user as the product of two parts: how many users order, and what those who do pay. Those who order are
 * selected by the arm and not comparable, so the parts explain an effect and never decide.
 *
 * @param arm the arm
 * @param reference what it is compared with
 * @param currency ISO 4217 code
 * @param conversion share of the arm's users who ordered in 28 days
 * @param referenceConversion that of the reference's
 * @param paidMinor what each of them paid in the arm, in minor units
 * @param referencePaidMinor in the reference
 */
public record TwoParts(
        String arm,
        String reference,
        String currency,
        double conversion,
        double referenceConversion,
        double paidMinor,
        double referencePaidMinor) {

    /** The parts of each pair of arms in each currency, once both are known. */
    public static List<TwoParts> of(ExperimentUplift uplift) {
        List<TwoParts> parts = new ArrayList<>();
        UpliftAccount orders = uplift.mainAccount(Measure.CONVERSION_28D);
        if (orders == null) {
            return parts;
        }
        ExperimentUplift.UpliftReport ordered = uplift.report(Measure.CONVERSION_28D, orders);
        uplift.accounts().forEach((key, account) -> {
            if (key.measure() == Measure.REVENUE_28D && key.currency() != null) {
                for (Comparison paid :
                        uplift.report(Measure.REVENUE_28D, account).comparisons()) {
                    Comparison did = ordered.comparison(paid.arm(), paid.reference());
                    if (paid.estimate() != null && did != null && did.estimate() != null) {
                        add(parts, paid, key.currency(), paid.estimate(), did.estimate());
                    }
                }
            }
        });
        return parts;
    }

    private static void add(
            List<TwoParts> parts, Comparison compared, String currency, Estimate paid, Estimate ordered) {
        if (ordered.armMean() > 0 && ordered.referenceMean() > 0) {
            parts.add(new TwoParts(
                    compared.arm(),
                    compared.reference(),
                    currency,
                    ordered.armMean(),
                    ordered.referenceMean(),
                    paid.armMean() / ordered.armMean(),
                    paid.referenceMean() / ordered.referenceMean()));
        }
    }
}
