package dev.kombo.serde;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Shopper;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.MaturedMeasure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Serializes a sequence of outcomes, each reduced to what accounts count: what happened, when, in which arm, to which
 * bundles, for how much, and the measures that arms are compared by. A block is append-only and begins with the version
 * of its layout. Values equal to those of the outcome before are not repeated. Not thread-safe.
 */
public final class OutcomeBlock {
    /** First byte of the layout; must be raised with each change. */
    private static final int LAYOUT = 2;
    /** The previous layout, without the measures that arms are compared by: those were counted at once. */
    private static final int ACCOUNTS_ONLY = 1;

    private static final Shopper NOBODY = new Shopper(null, null);
    private static final OutcomeKind[] KINDS = OutcomeKind.values();
    private static final Arm.Kind[] ARM_KINDS = Arm.Kind.values();

    private final FlatWriter writer = new FlatWriter();
    private Outcome.Scope before;
    private List<Arm> armsBefore = List.of();

    /** Returns the block with one more outcome. */
    public byte[] added(byte[] block, Outcome outcome) {
        Outcome.Scope scope = outcome.scope();
        Amount amount = outcome.amount();
        writer.clear();
        if (block.length == 0) {
            writer.put(LAYOUT);
            armsBefore = List.of();
        }
        writer.put(outcome.kind().ordinal());
        writer.number(outcome.eventTime());
        boolean same = block.length > 0 && same(scope, before);
        writer.flag(same);
        if (!same) {
            writer.text(outcome.experiment());
            writer.text(outcome.arm());
            writer.number(scope.assignment().strategyVersion());
            writer.text(scope.placement());
        }
        before = scope;
        writer.text(scope.bundleId());
        writer.number(outcome.bundleIds().size());
        for (int i = 0; i < outcome.bundleIds().size(); i++) {
            writer.text(outcome.bundleIds().get(i));
        }
        writer.number(outcome.quantity());
        writer.number(amount.revenueMinor());
        writer.number(amount.savingMinor());
        writer.text(amount.currency());
        writer.flag(outcome.viewThrough());
        writer.flag(outcome.firstReturn());
        if (outcome.kind() == OutcomeKind.ENTERED) {
            write(outcome.plannedArms());
        } else if (outcome.kind() == OutcomeKind.MATURED) {
            write(outcome.matured());
        }
        return writer.addedTo(block);
    }

    private void write(List<Arm> arms) {
        boolean same = arms.equals(armsBefore);
        writer.flag(same);
        if (!same) {
            writer.number(arms.size());
            for (Arm arm : arms) {
                writer.text(arm.name());
                writer.put(arm.kind().ordinal());
                writer.real(arm.share());
            }
        }
        armsBefore = arms;
    }

    private void write(MaturedMeasure matured) {
        writer.text(matured.measure());
        writer.number(matured.values().size());
        for (MaturedMeasure.Value value : matured.values()) {
            writer.text(value.currency());
            writer.real(value.response());
            writer.real(value.covariate());
        }
    }

    private static boolean same(Outcome.Scope one, Outcome.Scope other) {
        return one.assignment().equals(other.assignment()) && Objects.equals(one.placement(), other.placement());
    }

    /**
     * Returns the outcomes of a block.
     *
     * @throws IllegalArgumentException if a later version wrote it in an unknown layout
     */
    public static List<Outcome> outcomes(byte[] block) {
        List<Outcome> outcomes = new ArrayList<>();
        FlatReader reader = new FlatReader(block);
        int layout = reader.get();
        if (layout != LAYOUT && layout != ACCOUNTS_ONLY) {
            throw new IllegalArgumentException("outcomes of layout " + layout + ", " + LAYOUT + " is known");
        }
        Outcome.Scope before = null;
        List<Arm> arms = List.of();
        while (reader.hasMore()) {
            Outcome next = next(reader, before, arms, layout);
            before = next.scope();
            arms = next.kind() == OutcomeKind.ENTERED ? next.plannedArms() : arms;
            outcomes.add(next);
        }
        return outcomes;
    }

    private static Outcome next(FlatReader reader, Outcome.Scope before, List<Arm> armsBefore, int layout) {
        OutcomeKind kind = KINDS[reader.get()];
        long time = reader.number();
        boolean same = reader.flag();
        Assignment assignment = same
                ? before.assignment()
                : new Assignment(reader.text(), reader.text(), layout == ACCOUNTS_ONLY ? 0 : reader.number());
        String placement = same ? before.placement() : reader.text();
        Outcome.Scope scope = new Outcome.Scope(assignment, null, placement, reader.text(), 0, 0);
        int bundles = reader.count();
        List<String> bundleIds = new ArrayList<>(bundles);
        for (int i = 0; i < bundles; i++) {
            bundleIds.add(reader.text());
        }
        int quantity = reader.count();
        Amount amount = new Amount(reader.number(), reader.number(), reader.text());
        Outcome.Bought bought = new Outcome.Bought(null, quantity, amount, reader.flag(), reader.flag());
        boolean compared = layout != ACCOUNTS_ONLY;
        List<Arm> arms = compared && kind == OutcomeKind.ENTERED ? arms(reader, armsBefore) : List.of();
        MaturedMeasure matured = compared && kind == OutcomeKind.MATURED ? matured(reader) : null;
        return new Outcome("", kind, NOBODY, scope, "", time, bundleIds, bought, arms, matured);
    }

    private static List<Arm> arms(FlatReader reader, List<Arm> before) {
        if (reader.flag()) {
            return before;
        }
        int size = reader.count();
        List<Arm> arms = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            arms.add(new Arm(reader.text(), ARM_KINDS[reader.get()], reader.realDouble(), 0));
        }
        return arms;
    }

    private static MaturedMeasure matured(FlatReader reader) {
        String measure = reader.text();
        int size = reader.count();
        List<MaturedMeasure.Value> values = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            values.add(new MaturedMeasure.Value(reader.text(), reader.realDouble(), reader.realDouble()));
        }
        return new MaturedMeasure(measure, values);
    }
}
