package dev.kombo.attribution.account;

import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.codec.Fields;
import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.MaturedMeasure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What outcomes hold beyond an {@link OutcomeBlock}: the rule that decides an experiment, what was known of a shopper
 * at assignment, and what the bundles of an offer are expected to cost. They are stored beside the block, whose layout
 * an instance of version 0.2.0 reads. Each entry names its outcome by place and time, as the details may be those of an
 * earlier block. Not thread-safe.
 */
public final class OutcomeDetails {
    private record Entry(
            int place,
            long time,
            @Nullable DecisionRule rule,
            @Nullable Covariates known,
            List<MaturedMeasure.Other> others,
            List<Double> expectedMinor) {
        static final Entry BLANK = new Entry(0, 0, null, null, List.of(), List.of());

        Entry fields(Fields f) {
            return new Entry(
                    f.number(place),
                    f.number(time),
                    f.optional(rule, DecisionRule.STANDARD, DecisionRule::fields),
                    f.optional(known, Covariates.BLANK, Covariates::fields),
                    f.each(others, MaturedMeasure.Other.BLANK, MaturedMeasure.Other::fields),
                    f.each(expectedMinor, 0.0, (minor, fields) -> fields.real(minor)));
        }

        boolean fits(Outcome outcome) {
            return expectedMinor.isEmpty() ? outcome.compared() : outcome.kind() == OutcomeKind.OFFERED;
        }

        Outcome joined(Outcome outcome) {
            MaturedMeasure matured = outcome.matured();
            return outcome.with(
                    rule,
                    matured == null ? null : new MaturedMeasure(matured.measure(), matured.values(), known, others),
                    expectedMinor);
        }
    }

    private final FlatWriter out = new FlatWriter();

    /** Whether an outcome has details. */
    public static boolean has(Outcome outcome) {
        MaturedMeasure matured = outcome.matured();
        return outcome.rule() != null
                || !outcome.bought().expectedMinor().isEmpty()
                || (matured != null
                        && (matured.known() != null || !matured.others().isEmpty()));
    }

    /** Returns the details of a block with those of one more outcome; without bytes, they are new. */
    public byte[] added(byte[] details, int place, Outcome outcome) {
        MaturedMeasure matured = outcome.matured();
        out.clear();
        if (details.length == 0) {
            begin(out);
        }
        new Entry(
                        place,
                        outcome.eventTime(),
                        outcome.rule(),
                        matured == null ? null : matured.known(),
                        matured == null ? List.of() : matured.others(),
                        outcome.bought().expectedMinor())
                .fields(out);
        return out.addedTo(details);
    }

    /**
     * Returns the outcomes of a block with their details.
     *
     * @throws IllegalArgumentException if a later version wrote the details in an unknown layout
     */
    public static List<Outcome> joined(List<Outcome> outcomes, byte[] details) {
        List<Outcome> joined = new ArrayList<>(outcomes);
        FlatReader in = new FlatReader(details);
        begin(in);
        while (in.more(false)) {
            Entry entry = Entry.BLANK.fields(in);
            if (entry.place() < joined.size()
                    && joined.get(entry.place()).eventTime() == entry.time()
                    && entry.fits(joined.get(entry.place()))) {
                joined.set(entry.place(), entry.joined(joined.get(entry.place())));
            }
        }
        return joined;
    }

    private static void begin(Fields f) {
        f.version("details of outcomes", 3, 3, 3);
    }
}
