package dev.kombo.profile;

import dev.kombo.attribution.LedgerState;
import dev.kombo.experiment.uplift.ShopperObservations;
import dev.kombo.experiment.uplift.ShopperObservations.MaturedWindow;
import java.util.List;
import java.util.function.Supplier;

/**
 * A shopper's purchase history. Most events do not need it, so it is stored apart and read on first use; a {@link
 * Summary} answers the common questions without it. Not thread-safe; used only by the stream thread that owns the
 * shopper's partition.
 */
public final class History {
    private static final TimedCounts NOTHING = new TimedCounts(1);

    /**
     * The whole history.
     *
     * @param purchases items and bundles bought, by their hash as entities
     * @param holdings items held, by their hash as entities
     * @param paidEventIds ids of purchases and returns
     * @param revenue money of the latest days
     * @param observations experiments in which the shopper is observed
     * @param credit ledger state apart from the open offers, which are ignored here
     */
    public record Parts(
            TimedCounts purchases,
            Holdings holdings,
            RecentEventIds paidEventIds,
            RecentRevenue revenue,
            ShopperObservations observations,
            LedgerState credit) {
        /** Creates an empty history. */
        public Parts(ProfileLimits limits) {
            this(
                    new TimedCounts(limits.purchasedItems()),
                    new Holdings(limits),
                    new RecentEventIds(limits.paidEventIds(), limits.paidEventIdAge()),
                    new RecentRevenue(),
                    new ShopperObservations(),
                    LedgerState.empty());
        }
    }

    /**
     * What is known of a stored history without reading it.
     *
     * @param purchases whether any purchase or holding is stored
     * @param observationsDue when the next window of an experiment ends, epoch milliseconds; {@link Long#MAX_VALUE}:
     *     none
     * @param paidEventIds the lowest 16 bits of the hash of each id of a purchase or return
     */
    public record Summary(boolean purchases, long observationsDue, short[] paidEventIds) {}

    private final Supplier<Parts> reader;
    private final Summary stored;
    private Parts parts;
    private boolean open;
    /** Creates the history of a shopper who has bought nothing. */
    public History(ProfileLimits limits) {
        this(new Parts(limits));
    }

    /** Creates a history that is already read. */
    public History(Parts parts) {
        this(null, null);
        this.parts = parts;
        this.open = true;
    }

    /** Creates a history that is still in the store. */
    public History(Summary stored, Supplier<Parts> reader) {
        this.stored = stored;
        this.reader = reader;
    }

    /** The whole history, to be changed. */
    public Parts parts() {
        open = true;
        return read();
    }

    private Parts read() {
        if (parts == null) {
            parts = reader.get();
            parts.observations().toldBefore(stored.observationsDue());
        }
        return parts;
    }

    /**
     * Reports the measures that have matured by now, once. The summary records that they were reported, so the history
     * itself need not be written.
     */
    List<MaturedWindow> mature(long now) {
        return observationsDue() > now ? List.of() : read().observations().mature(now);
    }

    /** Whether it may differ from the stored one. */
    public boolean mayHaveChanged() {
        return open;
    }
    /** Its summary. */
    public Summary summary() {
        if (parts == null) {
            return stored;
        }
        short[] paidEventIds = new short[parts.paidEventIds().size()];
        for (int i = 0; i < paidEventIds.length; i++) {
            paidEventIds[i] = (short) parts.paidEventIds().hash(i);
        }
        return new Summary(
                parts.purchases().size() > 0 || parts.holdings().size() > 0, observationsDue(), paidEventIds);
    }

    /** Items and bundles bought; read only. */
    TimedCounts purchases() {
        return parts == null && !stored.purchases() ? NOTHING : read().purchases();
    }

    /** Items held; read only, null where none is known. */
    Holdings holdings() {
        return parts == null && !stored.purchases() ? null : read().holdings();
    }

    /** When the next window of an experiment ends, epoch milliseconds; {@link Long#MAX_VALUE}: none is open. */
    long observationsDue() {
        return parts == null ? stored.observationsDue() : parts.observations().nextDue();
    }

    /** Whether a purchase or return with this id hash is known. */
    boolean knowsPaidEvent(long hash) {
        if (parts == null) {
            boolean maybe = false;
            for (short bits : stored.paidEventIds()) {
                maybe |= bits == (short) hash;
            }
            if (!maybe) {
                return false;
            }
        }
        return read().paidEventIds().contains(hash);
    }
}
