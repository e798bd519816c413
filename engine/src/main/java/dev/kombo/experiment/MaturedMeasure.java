package dev.kombo.experiment;

import dev.kombo.codec.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A shopper's value in one measure, added once to the comparison of arms.
 *
 * @param measure name of the measure
 * @param values one entry per currency, none where nothing was paid; a single one without currency where no money is
 *     measured
 * @param known what the profile held at assignment; null where it was not kept
 * @param others measures whose window ended at the same time; none where they were not kept
 */
public record MaturedMeasure(
        String measure, List<Value> values, @Nullable Covariates known, List<Other> others) {
    /** Stands for a measure that is to be read. */
    public static final MaturedMeasure BLANK = new MaturedMeasure("", List.of());

    /**
     * One value.
     *
     * @param currency ISO 4217 code; null where no money is measured
     * @param response what is compared: minor units, not capped; or 0 or 1
     * @param covariate the value before assignment, in the same units
     */
    public record Value(@Nullable String currency, double response, double covariate) {
        private static final Value BLANK = new Value(null, 0, 0);

        private Value fields(Fields f) {
            return new Value(f.textOrNull(currency), f.real(response), f.real(covariate));
        }
    }

    /**
     * Another measure.
     *
     * @param measure its name
     * @param values as those of the first
     */
    public record Other(String measure, List<Value> values) {
        private static final Other BLANK = new Other("", List.of());

        private Other fields(Fields f) {
            return new Other(f.text(measure), f.each(values, Value.BLANK, Value::fields));
        }
    }

    /** A measure of a shopper whose profile was not kept. */
    public MaturedMeasure(String measure, List<Value> values) {
        this(measure, values, null, List.of());
    }

    /**
     * The fields.
     *
     * @param version of the layout since which what was known and the other measures are stored
     */
    public MaturedMeasure fields(Fields f, int version) {
        String name = f.text(measure);
        List<Value> all = f.each(values, Value.BLANK, Value::fields);
        return f.since(version)
                ? new MaturedMeasure(
                        name,
                        all,
                        f.optional(known, Covariates.BLANK, Covariates::fields),
                        f.each(others, Other.BLANK, Other::fields))
                : new MaturedMeasure(name, all);
    }
}
