package dev.kombo.engine.shopper;

import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.engine.task.Table;
import dev.kombo.math.StableHash;
import dev.kombo.profile.ShopperKey;
import dev.kombo.settings.Millis;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Remembers for a day which user a session was merged into. The session's task may read the merge before it has
 * read all that the session did until then, in another topic: those events belong to the user. Sessions are stored
 * as a hash, in the store of erased users under keys of their own. Not thread-safe.
 */
final class MergedSessions {
    /** Prefix of a marker, also in place of a shopper key in timers. */
    private static final String PREFIX = "merged:";

    private final Table<String, byte[]> table;
    private final ShopperTimers timers;
    private final ErasedUsers erased;

    MergedSessions(Table<String, byte[]> table, ShopperTimers timers, ErasedUsers erased) {
        this.table = table;
        this.timers = timers;
        this.erased = erased;
    }

    /** Records that a session was merged into a user at a time, epoch milliseconds; the latest merge counts. */
    void add(String sessionId, String userId, long time) {
        String marker = marker(StableHash.of(sessionId));
        byte[] earlier = table.get(marker);
        if (earlier != null && new FlatReader(earlier).fixed(0L) >= time) {
            return;
        }
        FlatWriter written = new FlatWriter();
        written.fixed(time);
        written.fixed(StableHash.of(ShopperKey.ofSession(sessionId)));
        written.text(userId);
        table.put(marker, written.toBytes());
        if (earlier == null) {
            timers.move(marker, 0, time + Millis.DAY);
        }
    }

    /** Returns the user who owns what a session did at a time, or null if the session was not merged after it. */
    @Nullable
    String owner(String sessionId, long eventTime) {
        byte[] marker = table.get(marker(StableHash.of(sessionId)));
        FlatReader stored = marker == null ? null : new FlatReader(marker);
        if (stored == null || eventTime > stored.fixed(0L)) {
            return null;
        }
        stored.fixed(0L);
        return stored.text("");
    }

    /** Forgets the merge of an erased session, what it did until then is ignored; its timer then finds nothing. */
    void erase(long sessionHash, long asked) {
        String marker = marker(sessionHash);
        byte[] merged = table.get(marker);
        if (merged != null) {
            FlatReader stored = new FlatReader(merged);
            stored.fixed(0L);
            erased.add(stored.fixed(0L), asked);
            table.delete(marker);
        }
    }

    boolean ended(ShopperTimers.Due timer) {
        String marker = timer.shopperKey();
        if (!marker.startsWith(PREFIX)) {
            return false;
        }
        byte[] merged = table.get(marker);
        long due = merged == null ? 0 : new FlatReader(merged).fixed(0L) + Millis.DAY;
        if (due > timer.due()) {
            timers.move(marker, timer.due(), due);
            return true;
        }
        if (merged != null) {
            table.delete(marker);
        }
        timers.remove(timer);
        return true;
    }

    /** Key of the row that remembers the merge of a session. */
    static String marker(long sessionHash) {
        return PREFIX + HexFormat.of().toHexDigits(sessionHash);
    }
}
