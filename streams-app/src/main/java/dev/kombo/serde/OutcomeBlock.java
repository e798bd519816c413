package dev.kombo.serde;

import dev.kombo.tracking.Amount;
import dev.kombo.tracking.Assignment;
import dev.kombo.tracking.Outcome;
import dev.kombo.tracking.OutcomeKind;
import dev.kombo.tracking.Shopper;
import dev.kombo.tracking.Slot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Outcomes one after the other, each reduced to what accounts count of it: what happened, when, in which arm, to which
 * bundles, for how much. A block is only added to; it begins with the version of its layout. What is as in the outcome
 * before is not repeated. Touched by one thread.
 */
public final class OutcomeBlock {
    /** First byte of the layout; to be raised whenever it changes. */
    private static final int LAYOUT = 1;

    private static final Shopper NOBODY = new Shopper(null, null);
    private static final OutcomeKind[] KINDS = OutcomeKind.values();

    private final FlatWriter writer = new FlatWriter();
    private Slot before;
    /** The block with one more outcome. */
    public byte[] added(byte[] block, Outcome outcome) {
        Slot slot = outcome.slot();
        Amount amount = outcome.amount();
        writer.clear();
        if (block.length == 0) {
            writer.put(LAYOUT);
        }
        writer.put(outcome.kind().ordinal());
        writer.number(outcome.eventTime());
        boolean same = block.length > 0 && same(slot, before);
        writer.flag(same);
        if (!same) {
            writer.text(outcome.experiment());
            writer.text(outcome.arm());
            writer.text(slot.placement());
        }
        before = slot;
        writer.text(slot.bundleId());
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
        byte[] added = writer.toBytes();
        byte[] longer = Arrays.copyOf(block, block.length + added.length);
        System.arraycopy(added, 0, longer, block.length, added.length);
        return longer;
    }

    private static boolean same(Slot one, Slot other) {
        return one.assignment().experiment().equals(other.assignment().experiment())
                && one.assignment().arm().equals(other.assignment().arm())
                && Objects.equals(one.placement(), other.placement());
    }

    /**
     * The outcomes of a block.
     *
     * @throws IllegalArgumentException if a later version wrote it in a layout that this one does not know
     */
    public static List<Outcome> outcomes(byte[] block) {
        List<Outcome> outcomes = new ArrayList<>();
        FlatReader reader = new FlatReader(block);
        int layout = reader.get();
        if (layout != LAYOUT) {
            throw new IllegalArgumentException("outcomes of layout " + layout + ", " + LAYOUT + " is known");
        }
        Slot before = null;
        while (reader.hasMore()) {
            Outcome next = next(reader, before);
            before = next.slot();
            outcomes.add(next);
        }
        return outcomes;
    }

    private static Outcome next(FlatReader reader, Slot before) {
        OutcomeKind kind = KINDS[reader.get()];
        long time = reader.number();
        boolean same = reader.flag();
        Assignment assignment = same ? before.assignment() : new Assignment(reader.text(), reader.text(), 0);
        String placement = same ? before.placement() : reader.text();
        Slot slot = new Slot(assignment, null, placement, reader.text(), 0, 0);
        int bundles = reader.count();
        List<String> bundleIds = new ArrayList<>(bundles);
        for (int i = 0; i < bundles; i++) {
            bundleIds.add(reader.text());
        }
        int quantity = reader.count();
        Amount amount = new Amount(reader.number(), reader.number(), reader.text());
        Outcome.Bought bought = new Outcome.Bought(null, quantity, amount, reader.flag(), reader.flag());
        return new Outcome("", kind, NOBODY, slot, "", time, bundleIds, bought, List.of(), null);
    }
}
