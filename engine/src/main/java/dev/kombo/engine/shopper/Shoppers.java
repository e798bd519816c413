package dev.kombo.engine.shopper;

import dev.kombo.attribution.OpenOffer;
import dev.kombo.codec.FlatReader;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.task.CompositeKey;
import dev.kombo.engine.task.Table;
import dev.kombo.profile.History;
import dev.kombo.profile.ShopperState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes the shoppers of one partition, each with its timer. Not thread-safe.
 */
final class Shoppers {
    /** A new offer as stored. */
    private record OpenedOffer(String key, byte[] content) {}

    private final Table<String, byte[]> profiles;
    private final Table<String, byte[]> histories;
    private final Table<String, byte[]> offers;
    private final ShopperReader reader;
    private final ShopperTimers timers;
    private final ShopperVisits visits;
    private final ErasedUsers erased;
    private final MergedSessions merged;
    private final byte[] nothing;

    /**
     * @param eventsKeptMillis how long the topic of events keeps them
     */
    Shoppers(ShopperTables tables, EngineSettings settings, long eventsKeptMillis) {
        this.profiles = tables.profiles();
        this.histories = tables.histories();
        this.offers = tables.offers();
        this.timers = new ShopperTimers(tables.schedule());
        this.visits = new ShopperVisits(tables.schedule());
        this.erased = new ErasedUsers(tables.gone(), timers, eventsKeptMillis);
        this.merged = new MergedSessions(tables.gone(), timers, erased);
        this.reader = new ShopperReader(settings);
        this.nothing = reader.history(new History.Parts(settings.profile()));
    }

    /** Reads and writes the bytes of a shopper's state. */
    ShopperReader reader() {
        return reader;
    }

    /** Whether something is known of a shopper, be it readable or not. */
    boolean isStored(String key) {
        return profiles.get(key) != null;
    }

    /** Returns the shopper, or null if nothing is known. */
    @Nullable
    ShopperState find(String key) {
        byte[] stored = profiles.get(key);
        return stored == null ? null : decode(key, stored);
    }

    /**
     * Returns the shopper, or null if the visit has nothing to do. A shopper with nothing left to do is no longer
     * visited.
     */
    @Nullable
    ShopperState find(ShopperVisits.Visit visit, long now) {
        byte[] stored = profiles.get(visit.shopperKey());
        long due = stored == null ? 0 : ShopperState.visitDue(new FlatReader(stored));
        if (due > now && due != Long.MAX_VALUE) {
            return null;
        }
        ShopperState shopper = stored == null ? null : decode(visit.shopperKey(), stored);
        if (shopper == null || shopper.visitSlot() != visit.slot()) {
            visits.remove(visit.slot(), visit.shopperKey());
            return null;
        }
        return shopper;
    }

    private ShopperState decode(String key, byte[] stored) {
        return reader.read(key, stored, histories::get, offers::get);
    }

    /**
     * Writes the changed parts of a shopper and schedules the maintenance.
     *
     * @param deadlines computes when it is due
     * @param now time of the event, epoch milliseconds
     */
    void save(String key, ShopperState shopper, MaintenanceDeadlines deadlines, long now) {
        int slot = shopper.visitSlot();
        long visitDue = deadlines.visit(key, shopper);
        boolean joins = slot == ShopperState.NO_VISITS && visitDue != Long.MAX_VALUE;
        shopper.visits(joins ? ShopperVisits.slot(visitDue) : slot, visitDue);
        long timer = shopper.timerAt();
        long nextDue = deadlines.soon(key, shopper, now);
        boolean late = ShopperTimers.late(shopper, nextDue);
        if (late) {
            shopper.timerAt(nextDue);
        }
        // Serialized first, as it may fail: a shopper who cannot be written leaves nothing behind.
        byte[] profile = reader.profile(shopper);
        List<OpenedOffer> opened = opened(key, shopper.ledger().offers());
        saveHistory(key, shopper);
        for (OpenOffer offer : shopper.ledger().closed()) {
            if (offer.isStored()) {
                offers.delete(ShopperReader.offerKey(key, offer.offerId()));
            }
        }
        for (int i = 0; i < opened.size(); i++) {
            offers.put(opened.get(i).key(), opened.get(i).content());
        }
        profiles.put(key, profile);
        if (late) {
            timers.move(key, timer, nextDue);
        }
        if (joins) {
            visits.add(shopper.visitSlot(), key);
        }
    }

    private List<OpenedOffer> opened(String key, List<OpenOffer> open) {
        List<OpenedOffer> opened = new ArrayList<>(1);
        for (int i = 0; i < open.size(); i++) {
            OpenOffer offer = open.get(i);
            if (!offer.isStored()) {
                opened.add(new OpenedOffer(ShopperReader.offerKey(key, offer.offerId()), reader.offer(offer)));
            }
        }
        return opened;
    }

    private void saveHistory(String key, ShopperState shopper) {
        History known = shopper.behavior().history();
        if (known.mayHaveChanged()) {
            byte[] history = reader.history(known.parts());
            byte[] before = known.isNew() ? null : histories.get(key);
            if (!Arrays.equals(history, before == null ? nothing : before)) {
                histories.put(key, history);
            }
        }
    }

    /** Returns the next shopper keys, in order. */
    List<String> keys(String from, int most) {
        List<String> keys = new ArrayList<>(most);
        profiles.range(from, null, most, (key, profile) -> keys.add(key));
        return keys;
    }

    /**
     * Deletes the shopper, with timer and visits.
     *
     * @param shopper its state as far as known, or null
     */
    void forget(String key, @Nullable ShopperState shopper) {
        if (shopper != null && shopper.timerAt() != 0) {
            timers.remove(new ShopperTimers.Due(shopper.timerAt(), key));
        }
        if (shopper != null && shopper.visitSlot() != ShopperState.NO_VISITS) {
            visits.remove(shopper.visitSlot(), key);
        }
        String prefix = ShopperReader.offerKey(key, "");
        List<String> open = new ArrayList<>();
        offers.range(prefix, CompositeKey.after(prefix), Integer.MAX_VALUE, (offer, content) -> open.add(offer));
        // A shopper's id may begin with another's id and contain the separator; an offer's id does not.
        open.removeIf(offer -> offer.lastIndexOf(CompositeKey.SEPARATOR) >= prefix.length());
        open.forEach(offers::delete);
        histories.delete(key);
        profiles.delete(key);
    }

    /** When users were erased. */
    ErasedUsers erased() {
        return erased;
    }

    MergedSessions merged() {
        return merged;
    }

    /** Deletes the marker of an erased user or a merged session whose timer went off; false if it is another timer. */
    boolean markerEnded(ShopperTimers.Due timer) {
        return erased.ended(timer) || merged.ended(timer);
    }

    ShopperVisits visits() {
        return visits;
    }

    ShopperTimers timers() {
        return timers;
    }
}
