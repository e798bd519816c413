package dev.kombo.topology.user;

import dev.kombo.attribution.OpenOffer;
import dev.kombo.catalog.StableHash;
import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.config.Topics;
import dev.kombo.profile.History;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.settings.Millis;
import dev.kombo.topology.common.AccountKeys;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Reads and writes the shoppers of one partition, each with its timer. Not thread-safe; used by the stream thread that
 * owns the partition.
 */
public final class ShopperStore {
    private final KeyValueStore<String, byte[]> profiles;
    private final KeyValueStore<String, byte[]> histories;
    private final KeyValueStore<String, byte[]> offers;
    private final ShopperReader reader;
    private final ShopperTimers timers;
    private final ShopperVisits visits;
    private final ErasedUsers erased;
    private final MergedSessions merged;
    private final byte[] nothing;

    ShopperStore(EngineContext engine, ProcessorContext<?, ?> context) {
        this.profiles = context.getStateStore(StoreNames.USER_PROFILE);
        this.histories = context.getStateStore(StoreNames.USER_HISTORY);
        this.offers = context.getStateStore(StoreNames.USER_OFFER);
        this.timers = new ShopperTimers(context.getStateStore(StoreNames.USER_TIMER));
        this.visits = new ShopperVisits(context.getStateStore(StoreNames.USER_TIMER));
        KeyValueStore<String, byte[]> gone = context.getStateStore(StoreNames.USER_ERASED);
        this.erased = new ErasedUsers(gone, timers);
        this.merged = new MergedSessions(gone, timers, erased);
        this.reader = new ShopperReader(engine.settings());
        this.nothing = reader.history(new History.Parts(engine.settings().profile()));
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
    public ShopperState find(String key) {
        byte[] stored = profiles.get(key);
        return stored == null ? null : decode(key, stored);
    }

    /**
     * Returns the shopper, or null if the visit has nothing to do. A shopper with nothing left to do is no longer
     * visited.
     */
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
        List<KeyValue<String, byte[]>> opened = opened(key, shopper.ledger().offers());
        saveHistory(key, shopper);
        for (OpenOffer offer : shopper.ledger().closed()) {
            if (offer.isStored()) {
                offers.delete(ShopperReader.offerKey(key, offer.offerId()));
            }
        }
        offers.putAll(opened);
        profiles.put(key, profile);
        if (late) {
            timers.move(key, timer, nextDue);
        }
        if (joins) {
            visits.add(shopper.visitSlot(), key);
        }
    }

    private List<KeyValue<String, byte[]>> opened(String key, List<OpenOffer> open) {
        List<KeyValue<String, byte[]>> opened = new ArrayList<>(1);
        for (int i = 0; i < open.size(); i++) {
            OpenOffer offer = open.get(i);
            if (!offer.isStored()) {
                opened.add(new KeyValue<>(ShopperReader.offerKey(key, offer.offerId()), reader.offer(offer)));
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
    public List<String> keys(String from, int most) {
        List<String> keys = new ArrayList<>(most);
        try (KeyValueIterator<String, byte[]> stored = profiles.range(from, null)) {
            while (keys.size() < most && stored.hasNext()) {
                keys.add(stored.next().key);
            }
        }
        return keys;
    }

    /**
     * Deletes the shopper, with timer and visits.
     *
     * @param shopper its state as far as known, or null
     */
    public void forget(String key, ShopperState shopper) {
        if (shopper != null && shopper.timerAt() != 0) {
            timers.remove(new ShopperTimers.Due(shopper.timerAt(), key));
        }
        if (shopper != null && shopper.visitSlot() != ShopperState.NO_VISITS) {
            visits.remove(shopper.visitSlot(), key);
        }
        String prefix = ShopperReader.offerKey(key, "");
        List<String> open = new ArrayList<>();
        try (KeyValueIterator<String, byte[]> stored = offers.range(prefix, AccountKeys.after(prefix))) {
            while (stored.hasNext()) {
                open.add(stored.next().key);
            }
        }
        // A shopper's id may begin with another's id and contain the separator; an offer's id does not.
        open.removeIf(offer -> offer.lastIndexOf(AccountKeys.SEPARATOR) >= prefix.length());
        open.forEach(offers::delete);
        histories.delete(key);
        profiles.delete(key);
    }

    public ErasedUsers erased() {
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

    /**
     * Remembers when users were erased: an earlier event that arrives later must not restore the profile, in whatever
     * order a task reads its topics. Users are stored as a hash, until events from before the erasure are past
     * retention; a timer removes the marker. Not thread-safe; used by the stream thread that owns the partition.
     */
    public static final class ErasedUsers {
        static final long NEVER = Long.MIN_VALUE;

        /** Prefix of a marker in place of a shopper key in timers; shopper keys begin with other letters. */
        private static final String PREFIX = "erased:";

        private final KeyValueStore<String, byte[]> store;
        private final ShopperTimers timers;

        public ErasedUsers(KeyValueStore<String, byte[]> store, ShopperTimers timers) {
            this.store = store;
            this.timers = timers;
        }

        /**
         * Records that a user was erased at a time, epoch milliseconds; a request older than the recorded one changes
         * nothing.
         */
        public void add(String shopperKey, long time) {
            add(StableHash.of(shopperKey), time);
        }

        private void add(long shopperKeyHash, long time) {
            String marker = marker(shopperKeyHash);
            byte[] earlier = store.get(marker);
            if (earlier == null || time(earlier) < time) {
                FlatWriter written = new FlatWriter();
                written.fixed(time);
                store.put(marker, written.toBytes());
                timers.move(PREFIX + marker, 0, time + Topics.EVENTS_KEPT_MILLIS);
            }
        }

        /**
         * Returns when a user was erased, epoch milliseconds, if that was not before a given time; otherwise
         * {@link #NEVER}.
         *
         * @param shopper the user's current state, or null. After an erasure only later events create state, so most
         *     events need no look-up.
         */
        long since(String shopperKey, ShopperState shopper, long time) {
            if (shopper != null && time >= shopper.behavior().lastSeen()) {
                return NEVER;
            }
            byte[] erased = store.get(marker(StableHash.of(shopperKey)));
            return erased != null && time <= time(erased) ? time(erased) : NEVER;
        }

        /** Whether a timer belongs to a marker; the marker is deleted unless the user was erased again. */
        private boolean ended(ShopperTimers.Due timer) {
            if (!timer.shopperKey().startsWith(PREFIX)) {
                return false;
            }
            String marker = timer.shopperKey().substring(PREFIX.length());
            byte[] erased = store.get(marker);
            if (erased != null && time(erased) + Topics.EVENTS_KEPT_MILLIS <= timer.due()) {
                store.delete(marker);
            }
            timers.remove(timer);
            return true;
        }

        private static String marker(long shopperKeyHash) {
            return HexFormat.of().toHexDigits(shopperKeyHash);
        }

        private static long time(byte[] marker) {
            return new FlatReader(marker).fixed(0L);
        }
    }

    /**
     * Remembers for a day which user a session was merged into. The session's task may read the merge before it has
     * read all that the session did until then, in another topic: those events belong to the user. Sessions are stored
     * as a hash, in the store of erased users under keys of their own. Not thread-safe; used by the stream thread that
     * owns the partition.
     */
    static final class MergedSessions {
        /** Prefix of a marker, also in place of a shopper key in timers. */
        private static final String PREFIX = "merged:";

        private final KeyValueStore<String, byte[]> store;
        private final ShopperTimers timers;
        private final ErasedUsers erased;

        MergedSessions(KeyValueStore<String, byte[]> store, ShopperTimers timers, ErasedUsers erased) {
            this.store = store;
            this.timers = timers;
            this.erased = erased;
        }

        /** Records that a session was merged into a user at a time, epoch milliseconds; the latest merge counts. */
        void add(String sessionId, String userId, long time) {
            String marker = marker(StableHash.of(sessionId));
            byte[] earlier = store.get(marker);
            if (earlier != null && new FlatReader(earlier).fixed(0L) >= time) {
                return;
            }
            FlatWriter written = new FlatWriter();
            written.fixed(time);
            written.fixed(StableHash.of(ShopperKey.ofSession(sessionId)));
            written.text(userId);
            store.put(marker, written.toBytes());
            if (earlier == null) {
                timers.move(marker, 0, time + Millis.DAY);
            }
        }

        /** Returns the user who owns what a session did at a time, or null if the session was not merged after it. */
        String owner(String sessionId, long eventTime) {
            byte[] marker = store.get(marker(StableHash.of(sessionId)));
            FlatReader stored = marker == null ? null : new FlatReader(marker);
            if (stored == null || eventTime > stored.fixed(0L)) {
                return null;
            }
            stored.fixed(0L);
            return stored.text(null);
        }

        /** Forgets the merge of an erased session, what it did until then is ignored; its timer then finds nothing. */
        void erase(long sessionHash, long asked) {
            String marker = marker(sessionHash);
            byte[] merged = store.get(marker);
            if (merged != null) {
                FlatReader stored = new FlatReader(merged);
                stored.fixed(0L);
                erased.add(stored.fixed(0L), asked);
                store.delete(marker);
            }
        }

        private boolean ended(ShopperTimers.Due timer) {
            String marker = timer.shopperKey();
            if (!marker.startsWith(PREFIX)) {
                return false;
            }
            byte[] merged = store.get(marker);
            long due = merged == null ? 0 : new FlatReader(merged).fixed(0L) + Millis.DAY;
            if (due > timer.due()) {
                timers.move(marker, timer.due(), due);
                return true;
            }
            if (merged != null) {
                store.delete(marker);
            }
            timers.remove(timer);
            return true;
        }

        private static String marker(long sessionHash) {
            return PREFIX + HexFormat.of().toHexDigits(sessionHash);
        }
    }
}
