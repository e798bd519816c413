package dev.kombo.attribution.account;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Shopper;
import dev.kombo.codec.Fields;
import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.experiment.MaturedMeasure;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Encodes a sequence of outcomes in bytes, each reduced to what the accounts of experiments need: what happened, when,
 * in which arm, to which bundles, for how much, and the measures that arms are compared by. Values equal to those of
 * the outcome before are not repeated.
 */
public final class OutcomeBlock {
    /** Version since which a block holds the measures that arms are compared by; before, those were counted at once. */
    private static final int COMPARED = 2;

    /**
     * Version since which a block holds the rule that decides an experiment, what was known of a shopper at assignment,
     * and what the bundles of an offer are expected to cost; times are distances from that of the outcome before.
     * Version 0.2.0 wrote the one before.
     */
    private static final int LAYOUT = 3;

    private static final OutcomeKind[] KINDS = OutcomeKind.values();
    private static final Shopper NOBODY = new Shopper(null, null);
    private static final Outcome BLANK = new Outcome(
            "",
            KINDS[0],
            NOBODY,
            new Outcome.Scope(Assignment.BLANK, null, null, null, 0),
            "",
            0,
            List.of(),
            Outcome.Bought.NOTHING,
            List.of(),
            null,
            null);

    private Outcome.@Nullable Scope before;
    private List<Arm> arms = List.of();
    private @Nullable DecisionRule rule;
    private long timeBefore;

    private OutcomeBlock() {}

    /** Returns a block of outcomes. */
    public static byte[] of(List<Outcome> outcomes) {
        FlatWriter out = new FlatWriter();
        OutcomeBlock written = new OutcomeBlock();
        written.begin(out);
        for (int i = 0; i < outcomes.size(); i++) {
            written.fields(out, outcomes.get(i));
        }
        return out.toBytes();
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
        while (in.hasMore()) {
            outcomes.add(read.fields(in, BLANK));
        }
        return outcomes;
    }

    private void begin(Fields f) {
        f.version("a block of outcomes", LAYOUT, 1, COMPARED);
        before = null;
        arms = List.of();
        rule = null;
        timeBefore = 0;
    }

    private Outcome fields(Fields f, Outcome outcome) {
        OutcomeKind kind = f.constant(outcome.kind(), KINDS);
        long time = f.since(LAYOUT) ? f.after(outcome.eventTime(), timeBefore) : f.number(outcome.eventTime());
        timeBefore = time;
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
        boolean first = f.flag(outcome.bought().first());
        List<Double> expectedMinor = outcome.bought().expectedMinor();
        if (kind == OutcomeKind.OFFERED && f.since(LAYOUT)) {
            expectedMinor = f.each(expectedMinor, 0.0, (minor, fields) -> fields.real(minor));
        }
        Outcome.Bought bought = new Outcome.Bought(null, quantity, amount, viewThrough, first, expectedMinor);
        boolean enters = kind == OutcomeKind.ENTERED && f.since(COMPARED);
        if (enters) {
            plan(f, outcome);
        }
        MaturedMeasure matured = outcome.matured();
        if (kind == OutcomeKind.MATURED && f.since(COMPARED)) {
            matured = (matured == null ? MaturedMeasure.BLANK : matured).fields(f, LAYOUT);
        }
        List<Arm> planned = enters ? arms : List.of();
        return new Outcome(
                "", kind, NOBODY, before, "", time, bundleIds, bought, planned, enters ? rule : null, matured);
    }

    /** The arms that a shopper could have been assigned to, and the rule that compares them. */
    private void plan(Fields f, Outcome outcome) {
        if (f.flag(outcome.plannedArms().equals(arms) && Objects.equals(outcome.rule(), rule))) {
            return;
        }
        arms = f.each(outcome.plannedArms(), Arm.BLANK, Arm::planned);
        rule = f.since(LAYOUT) ? f.optional(outcome.rule(), DecisionRule.STANDARD, DecisionRule::fields) : null;
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
}
