package dev.kombo.query;

import dev.kombo.query.http.Described;
import dev.kombo.schema.ArmComparison;

/**
 * One arm against another in one measure, as JSON. Fields mean what the schema ConversionReport says of them: amounts
 * are in minor units of the currency, or parts of users where there is none; null where it is too early, or not bounded.
 */
record ComparisonView(
        String measure,
        @Described(value = "of the amounts; null: they are parts of users, 0 to 1", nullable = true) String currency,
        String arm,
        String reference,
        String verdict,
        long users,
        long referenceUsers,
        int burnIn,
        Double mean,
        Double referenceMean,
        Double difference,
        Double differenceLow,
        Double differenceHigh,
        Double relative,
        Double relativeLow,
        Double relativeHigh,
        Long moreUsers) {

    static ComparisonView of(ArmComparison comparison) {
        return new ComparisonView(
                comparison.getMeasure(),
                comparison.getCurrency(),
                comparison.getArm(),
                comparison.getReference(),
                comparison.getVerdict().name(),
                comparison.getUsers(),
                comparison.getReferenceUsers(),
                comparison.getBurnIn(),
                comparison.getMean(),
                comparison.getReferenceMean(),
                comparison.getDifference(),
                comparison.getDifferenceLow(),
                comparison.getDifferenceHigh(),
                comparison.getRelative(),
                comparison.getRelativeLow(),
                comparison.getRelativeHigh(),
                comparison.getMoreUsers());
    }
}
