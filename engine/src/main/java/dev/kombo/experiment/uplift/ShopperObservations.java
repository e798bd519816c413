package dev.kombo.experiment.uplift;

import dev.kombo.experiment.Enrollment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * The experiments a shopper entered whose windows have not all ended. A shopper who enters the next experiment is
 * observed to the end in the one before, whatever arm the next gives: its arms are drawn anew, so they mix into all arms
 * alike, while to leave out who came back would choose shoppers by what the arm did to them. Touched by one thread.
 */
public final class ShopperObservations {
    /** Most experiments kept; the oldest gives way. More than one goes on only where salts change within 60 days. */
    static final int CAPACITY = 8;

    private final List<ObservedEntry> entries = new ArrayList<>(1);

    /** Puts a stored entry back. */
    public void restore(ObservedEntry entry) {
        entries.add(entry);
    }

    /** The entries, oldest first. */
    public List<ObservedEntry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /**
     * Starts to observe.
     *
     * @param priorMinor revenue before entry in minor units, by currency
     */
    public void enter(Enrollment enrollment, Map<String, Long> priorMinor) {
        if (entries.size() == CAPACITY) {
            entries.remove(0);
        }
        ObservedEntry entry = new ObservedEntry(enrollment, 0);
        priorMinor.forEach(entry::prior);
        entries.add(entry);
    }

    /** Adds money, negative for what goes back. */
    public void paid(String currency, long amountMinor, long time) {
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).paid(currency, amountMinor, time);
        }
    }

    /** A line was bought; {@code orderId} may be null. */
    public void bought(String orderId, long time) {
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).bought(orderId, time);
        }
    }

    /** When the next window ends, epoch milliseconds; {@link Long#MAX_VALUE}: none is open. */
    public long nextDue() {
        long due = Long.MAX_VALUE;
        for (int i = 0; i < entries.size(); i++) {
            due = Math.min(due, entries.get(i).nextDue());
        }
        return due;
    }

    /**
     * Takes note of what was told since the observations were stored.
     *
     * @param due when the next window ends that was not told, epoch milliseconds
     */
    public void toldBefore(long due) {
        for (int i = 0; i < entries.size(); i++) {
            entries.get(i).toldBefore(due);
        }
        entries.removeIf(ObservedEntry::done);
    }

    /** What has ended by now and was not told yet; it is told by this, and entries of which all was told are dropped. */
    public List<Maturity> mature(long now) {
        if (nextDue() > now) {
            return List.of();
        }
        List<Maturity> matured = new ArrayList<>();
        for (ObservedEntry entry : entries) {
            entry.mature(now, matured);
        }
        entries.removeIf(ObservedEntry::done);
        return matured;
    }
}
