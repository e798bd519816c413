package dev.kombo.profile;

import dev.kombo.attribution.LedgerState;
import dev.kombo.experiment.uplift.Maturity;
import dev.kombo.experiment.uplift.ShopperObservations;
import java.util.List;
import java.util.function.Supplier;

/**
 * What purchases leave of a shopper. Most events need nothing of it, so it is kept apart and read when it is first asked
 * for; a {@link Summary} tells what it would say. Touched only by the stream thread that owns the shopper's partition.
 */
public final class History {
    private static final TimedCounts NOTHING = new TimedCounts(1);

    /**
     * All of it.
     *
     * @param purchases items and bundles bought, by hash of their target
     * @param holdings items held, by hash of their target
     * @param paid ids of purchases and returns
     * @param revenue money of the latest days
     * @param observations experiments that the shopper is observed in
     * @param credit what waits for offers or is credited to them; its open offers are of no account
     */
    public record Parts(
            TimedCounts purchases,
            Holdings holdings,
            RecentEventIds paid,
            RecentRevenue revenue,
            ShopperObservations observations,
            LedgerState credit) {
        /** Nothing yet. */
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
     * @param purchases whether anything bought or held is remembered
     * @param observationsDue when the next window of an experiment ends, epoch milliseconds; {@link Long#MAX_VALUE}: none
     * @param paid the lowest 16 bits of the hash of each id of a purchase or return
     */
    public record Summary(boolean purchases, long observationsDue, short[] paid) {}

    private final Supplier<Parts> reader;
    private final Summary stored;
    private Parts parts;
    private boolean open;
    /** A shopper who has bought nothing. */
    public History(ProfileLimits limits) {
        this(new Parts(limits));
    }

    /** A history that is read. */
    public History(Parts parts) {
        this(null, null);
        this.parts = parts;
        this.open = true;
    }

    /** A history in the store. */
    public History(Summary stored, Supplier<Parts> reader) {
        this.stored = stored;
        this.reader = reader;
    }

    /** All of it, to be changed. */
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
     * Windows of experiments that have ended by now and were not told yet; they are told by this. That they were is in the
     * summary, so the history is not written for it.
     */
    List<Maturity> mature(long now) {
        return observationsDue() > now ? List.of() : read().observations().mature(now);
    }

    /** Whether it may not be as stored. */
    public boolean mayHaveChanged() {
        return open;
    }
    /** What is known of it without reading it. */
    public Summary summary() {
        if (parts == null) {
            return stored;
        }
        short[] paid = new short[parts.paid().size()];
        for (int i = 0; i < paid.length; i++) {
            paid[i] = (short) parts.paid().hash(i);
        }
        return new Summary(parts.purchases().size() > 0 || parts.holdings().size() > 0, observationsDue(), paid);
    }

    /** Items and bundles bought, to be read only. */
    TimedCounts purchases() {
        return parts == null && !stored.purchases() ? NOTHING : read().purchases();
    }

    /** Items held, to be read only; null where none is known. */
    Holdings holdings() {
        return parts == null && !stored.purchases() ? null : read().holdings();
    }

    /** When the next window of an experiment ends, epoch milliseconds; {@link Long#MAX_VALUE}: none is open. */
    long observationsDue() {
        return parts == null ? stored.observationsDue() : parts.observations().nextDue();
    }

    /** Whether the id is that of a purchase or return that is known. */
    boolean paid(long hash) {
        if (parts == null) {
            boolean maybe = false;
            for (short bits : stored.paid()) {
                maybe |= bits == (short) hash;
            }
            if (!maybe) {
                return false;
            }
        }
        return read().paid().contains(hash);
    }
}
