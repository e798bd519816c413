package dev.kombo.experiment.uplift;

import dev.kombo.codec.Fields;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.MaturedMeasure;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The experiments of a shopper whose measures have not all matured. A shopper who is assigned in the next experiment is
 * observed to the end in the previous one, in whatever arm of the next: its arms are drawn independently, so they mix
 * into all arms alike, whereas dropping those who came back would select shoppers by what the arm did to them. Not
 * thread-safe.
 */
public final class ShopperObservations {
    /**
     * Most experiments kept; the oldest is replaced. More than one is open only where experiments change within 60
     * days.
     */
    static final int CAPACITY = 8;

    /**
     * Version of the layout of a purchase history, which holds the observations: since then, entries keep what was
     * known of the shopper, and all measures.
     */
    public static final int HISTORY_LAYOUT = 3;

    private final List<ObservedEntry> entries = new ArrayList<>(1);

    public void fields(Fields f) {
        int stored = f.size(entries.size());
        for (int i = 0; i < stored; i++) {
            if (f.reading()) {
                entries.add(new ObservedEntry());
            }
            entries.get(i).fields(f);
        }
    }

    /** The entries, oldest first. */
    public List<ObservedEntry> entries() {
        return Collections.unmodifiableList(entries);
    }

    /**
     * Starts observing a newly assigned shopper.
     *
     * @param priorMinor revenue before assignment in minor units, by currency
     * @param known what the profile holds
     */
    public void enter(Enrollment enrollment, Map<String, Long> priorMinor, @Nullable Covariates known) {
        if (entries.size() == CAPACITY) {
            entries.remove(0);
        }
        ObservedEntry entry = new ObservedEntry(enrollment, known);
        priorMinor.forEach(entry::prior);
        entries.add(entry);
    }

    /**
     * Adds money to the experiments that the shopper had entered before buying.
     *
     * @param amountMinor negative for a return
     * @param boughtAt when it was bought, epoch milliseconds: for a return, earlier than {@code time}
     */
    public void paid(String currency, long amountMinor, long boughtAt, long time) {
        entries.forEach(entry -> entry.paid(currency, amountMinor, boughtAt, time));
    }

    /** Adds money less costs, where these are known; parameters as in {@link #paid}. */
    public void earned(String currency, long marginMinor, long boughtAt, long time) {
        entries.forEach(entry -> entry.earned(currency, marginMinor, boughtAt, time));
    }

    /** Records that something was returned, with or without a price. */
    public void returned(long boughtAt, long time) {
        entries.forEach(entry -> entry.returned(boughtAt, time));
    }

    /** Adds what the shopper saved on a bundle of an offer made in an experiment; negative for a return. */
    public void saved(String experiment, String currency, long savingMinor, long time) {
        entries.forEach(entry -> entry.saved(experiment, currency, savingMinor, time));
    }

    /** Records that the shopper dismissed an offer made in an experiment. */
    public void dismissed(String experiment, long time) {
        entries.forEach(entry -> entry.dismissed(experiment, time));
    }

    /** Records a purchased line. */
    public void bought(@Nullable String orderId, long time) {
        entries.forEach(entry -> entry.bought(orderId, time));
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
     * Records what was reported since the observations were stored.
     *
     * @param due when the next unreported window ends, epoch milliseconds
     */
    public void reportedBefore(long due) {
        entries.forEach(entry -> entry.reportedBefore(due));
        entries.removeIf(ObservedEntry::done);
    }

    /** Reports the measures that have matured by now, once; entries without further measures are dropped. */
    public List<MaturedWindow> mature(long now) {
        if (nextDue() > now) {
            return List.of();
        }
        List<MaturedWindow> matured = new ArrayList<>();
        for (ObservedEntry entry : entries) {
            entry.mature(now, matured);
        }
        entries.removeIf(ObservedEntry::done);
        return matured;
    }

    /**
     * A matured measure of a shopper, with the arm it counts for.
     *
     * @param enrollment the assignment
     * @param matured the value
     * @param time end of the window, epoch milliseconds: the same however late it is noticed
     */
    public record MaturedWindow(Enrollment enrollment, MaturedMeasure matured, long time) {}
}
