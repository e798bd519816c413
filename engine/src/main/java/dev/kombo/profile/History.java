package dev.kombo.profile;

import dev.kombo.attribution.LedgerState;
import dev.kombo.codec.Fields;
import dev.kombo.experiment.uplift.ShopperObservations;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A shopper's purchase history. Most events do not need it, so it is stored apart and read on first use; a {@link
 * Summary} answers the common questions without it. Not thread-safe: only the thread of the shopper's task uses it.
 */
public final class History {
    private static final TimedCounts NOTHING = new TimedCounts(1);

    /** Version of the layout. Version 0.2.0 wrote 1, or 2 where something is held. */
    private static final int LAYOUT = LedgerState.HISTORY_LAYOUT;

    private static final int WITH_HOLDINGS = 2;

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

        /** The fields, and those read. */
        public Parts fields(Fields f) {
            f.version("a history", LAYOUT, 1, WITH_HOLDINGS);
            purchases.fields(f);
            paidEventIds.fields(f);
            revenue.fields(f);
            observations.fields(f);
            LedgerState ledger = credit.fields(f);
            if (f.since(WITH_HOLDINGS)) {
                holdings.fields(f);
            }
            return new Parts(purchases, holdings, paidEventIds, revenue, observations, ledger);
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
    private record Summary(boolean purchases, long observationsDue, short[] paidEventIds) {
        static final Summary BLANK = new Summary(false, Long.MAX_VALUE, new short[0]);

        Summary fields(Fields f) {
            return new Summary(f.flag(purchases), f.number(observationsDue), f.shorts(paidEventIds));
        }
    }

    private final Supplier<Parts> reader;
    private final boolean fresh;
    private Summary stored = Summary.BLANK;
    private @Nullable Parts parts;
    private boolean open;

    /** Creates the history of a shopper who has bought nothing. */
    public History(ProfileLimits limits) {
        Parts made = new Parts(limits);
        this.reader = () -> made;
        this.fresh = true;
        this.parts = made;
        this.open = true;
    }

    /** Creates a history whose {@link #summary} is read next, and the rest when it is first needed. */
    public History(Supplier<Parts> reader) {
        this.reader = reader;
        this.fresh = false;
    }

    /** What is known without reading the rest. */
    void summary(Fields f) {
        stored = summary().fields(f);
    }

    /** The whole history, to be changed. */
    public Parts parts() {
        open = true;
        return read();
    }

    private Parts read() {
        Parts known = parts;
        if (known == null) {
            known = reader.get();
            known.observations().reportedBefore(stored.observationsDue());
            parts = known;
        }
        return known;
    }

    /**
     * Reports the measures that have matured by now, once. The summary records that they were reported, so the history
     * itself need not be written.
     */
    List<ShopperObservations.MaturedWindow> mature(long now) {
        return observationsDue() > now ? List.of() : read().observations().mature(now);
    }

    /** Whether it may differ from the stored one. */
    public boolean mayHaveChanged() {
        return open;
    }

    /** Whether the shopper was unknown, so that nothing of it is stored. */
    public boolean isNew() {
        return fresh;
    }

    private Summary summary() {
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
    @Nullable
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
