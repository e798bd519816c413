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

/**
 * Outcomes one after the other, each reduced to what accounts count of it: what happened, when, in which arm, to which
 * bundles, for how much. A block is only added to, and each outcome says how it is laid out.
 */
public final class OutcomeBlock {
    private static final int LAYOUT = 1;
    private static final Shopper NOBODY = new Shopper(null, null);
    private static final OutcomeKind[] KINDS = OutcomeKind.values();

    private final FlatWriter writer = new FlatWriter();

    /** The block with one more outcome. */
    public byte[] added(byte[] block, Outcome outcome) {
        Slot slot = outcome.slot();
        Amount amount = outcome.amount();
        writer.clear();
        writer.put(LAYOUT);
        writer.put(outcome.kind().ordinal());
        writer.number(outcome.eventTime());
        writer.text(outcome.experiment());
        writer.text(outcome.arm());
        writer.text(slot.placement());
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

    /**
     * The outcomes of a block.
     *
     * @throws IllegalArgumentException if a later version wrote it in a layout that this one does not know
     */
    public static List<Outcome> outcomes(byte[] block) {
        List<Outcome> outcomes = new ArrayList<>();
        FlatReader reader = new FlatReader(block);
        while (reader.hasMore()) {
            outcomes.add(next(reader));
        }
        return outcomes;
    }

    private static Outcome next(FlatReader reader) {
        int layout = reader.get();
        if (layout != LAYOUT) {
            throw new IllegalArgumentException("an outcome of layout " + layout + ", " + LAYOUT + " is known");
        }
        OutcomeKind kind = KINDS[reader.get()];
        long time = reader.number();
        Assignment assignment = new Assignment(reader.text(), reader.text(), 0);
        Slot slot = new Slot(assignment, null, reader.text(), reader.text(), 0, 0);
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
