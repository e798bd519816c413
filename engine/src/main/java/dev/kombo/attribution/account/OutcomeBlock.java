package dev.kombo.attribution.account;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Shopper;
import dev.kombo.codec.Fields;
import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.MaturedMeasure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A sequence of outcomes in bytes, each reduced to what accounts count: what happened, when, in which arm, to which
 * bundles, for how much, and the measures that arms are compared by. Values equal to those of the outcome before are
 * not repeated. Outcomes can only be added. Version 0.2.0 reads this layout; what came later is in
 * {@link OutcomeDetails}. Not thread-safe.
 */
public final class OutcomeBlock {
    /** Version since which a block holds the measures that arms are compared by; before, those were counted at once. */
    private static final int COMPARED = 2;

    private static final OutcomeKind[] KINDS = OutcomeKind.values();
    private static final Outcome BLANK = reduced(
            KINDS[0],
            0,
            new Outcome.Scope(Assignment.BLANK, null, null, null, 0),
            List.of(),
            Outcome.Bought.NOTHING,
            List.of(),
            null);

    private final FlatWriter out = new FlatWriter();
    private Outcome.@Nullable Scope before;
    private List<Arm> arms = List.of();

    /** Returns the block with one more outcome; without bytes, it is a new block. */
    public byte[] added(byte[] block, Outcome outcome) {
        out.clear();
        if (block.length == 0) {
            begin(out);
        }
        fields(out, outcome);
        return out.addedTo(block);
    }

    /**
     * Returns the outcomes of a block.
     *
     * @throws IllegalArgumentException if a later version wrote it in an unknown layout
     */
    public static List<Outcome> outcomes(byte[] block) {
        List<Outcome> outcomes = new ArrayList<>();
        OutcomeBlock read = new OutcomeBlock();
        FlatReader in = new FlatReader(block);
        read.begin(in);
        while (in.more(false)) {
            outcomes.add(read.fields(in, BLANK));
        }
        return outcomes;
    }

    private void begin(Fields f) {
        f.version("a block of outcomes", COMPARED, 1, COMPARED);
        before = null;
        arms = List.of();
    }

    private Outcome fields(Fields f, Outcome outcome) {
        OutcomeKind kind = f.constant(outcome.kind(), KINDS);
        long time = f.number(outcome.eventTime());
        boolean same = f.flag(before != null && same(outcome.scope(), before));
        Assignment assignment = same
                ? Objects.requireNonNull(before).assignment()
                : assignment(f, outcome.scope().assignment());
        String placement = same
                ? Objects.requireNonNull(before).placement()
                : f.textOrNull(outcome.scope().placement());
        before = new Outcome.Scope(assignment, null, placement, f.textOrNull(outcome.bundleId()), 0);
        List<String> bundleIds = f.texts(outcome.bundleIds());
        int quantity = f.number(outcome.bought().quantity());
        Amount amount = outcome.bought().amount().fields(f);
        boolean viewThrough = f.flag(outcome.bought().viewThrough());
        Outcome.Bought bought = new Outcome.Bought(
                null, quantity, amount, viewThrough, f.flag(outcome.bought().first()), List.of());
        boolean enters = kind == OutcomeKind.ENTERED && f.since(COMPARED);
        if (enters && !f.flag(outcome.plannedArms().equals(arms))) {
            arms = f.each(outcome.plannedArms(), Arm.BLANK, Arm::planned);
        }
        MaturedMeasure matured = outcome.matured();
        if (kind == OutcomeKind.MATURED && f.since(COMPARED)) {
            matured = (matured == null ? MaturedMeasure.BLANK : matured).fields(f);
        }
        return reduced(kind, time, before, bundleIds, bought, enters ? arms : List.of(), matured);
    }

    private static Assignment assignment(Fields f, Assignment assignment) {
        return new Assignment(
                f.text(assignment.experiment()),
                f.text(assignment.arm()),
                f.since(COMPARED) ? f.number(assignment.strategyVersion()) : 0);
    }

    private static boolean same(Outcome.Scope one, Outcome.Scope other) {
        return one.assignment().equals(other.assignment()) && Objects.equals(one.placement(), other.placement());
    }

    private static Outcome reduced(
            OutcomeKind kind,
            long time,
            Outcome.Scope scope,
            List<String> bundleIds,
            Outcome.Bought bought,
            List<Arm> arms,
            @Nullable MaturedMeasure matured) {
        return new Outcome("", kind, new Shopper(null, null), scope, "", time, bundleIds, bought, arms, null, matured);
    }
}
