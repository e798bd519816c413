package dev.kombo.profile;

import dev.kombo.attribution.OfferLedger;
import dev.kombo.codec.Fields;
import dev.kombo.math.StableHash;
import dev.kombo.settings.Millis;
import java.util.Arrays;

/**
 * The latest sessions that a user was seen with, limited to {@value #CAPACITY}; the one not seen for longest is
 * replaced. They decide when to request a session's state: when the session is new, and when the user was not seen with
 * it for {@value #PAUSE_MILLIS} ms, in which it may have continued without the user. So a user requests each session at
 * most once per minute. Not thread-safe: only the thread of the user's task uses it.
 */
public final class SessionLinks {
    static final int CAPACITY = 8;
    static final long PAUSE_MILLIS = Millis.MINUTE;

    private static final int ENTRY_BYTES = 3 * Long.BYTES;
    private static final long ANSWERED = Long.MIN_VALUE;

    private final long[] hashes = new long[CAPACITY];
    private final long[] seenAt = new long[CAPACITY];
    private final long[] askedAt = new long[CAPACITY];
    private int size;

    void fields(Fields f) {
        size = f.size(size, ENTRY_BYTES);
        for (int i = 0; i < size; i++) {
            hashes[i] = f.fixed(hashes[i]);
            seenAt[i] = f.fixed(seenAt[i]);
            askedAt[i] = f.fixed(askedAt[i]);
        }
    }

    /**
     * Records that the user was seen with a session.
     *
     * @param time epoch milliseconds
     * @return whether the session's state is to be requested
     */
    public boolean link(String sessionId, long time) {
        long hash = StableHash.of(sessionId);
        int index = indexOf(hash);
        boolean known = index >= 0;
        if (known && time - seenAt[index] < PAUSE_MILLIS) {
            seenAt[index] = Math.max(seenAt[index], time);
            return false;
        }
        if (!known) {
            index = size < CAPACITY ? size++ : longestNotSeen();
        }
        hashes[index] = hash;
        seenAt[index] = time;
        askedAt[index] = time;
        return true;
    }

    /** Records that the session's state has arrived. */
    public void answered(String sessionId) {
        int index = indexOf(StableHash.of(sessionId));
        if (index >= 0) {
            askedAt[index] = ANSWERED;
        }
    }

    /** Whether a requested session may still answer: sessions without state never do. */
    public boolean awaits(long time) {
        for (int i = 0; i < size; i++) {
            if (askedAt[i] != ANSWERED && time - askedAt[i] < OfferLedger.PATIENCE_MILLIS) {
                return true;
            }
        }
        return false;
    }

    /** Hashes of the sessions' ids. */
    public long[] hashes() {
        return Arrays.copyOf(hashes, size);
    }

    private int longestNotSeen() {
        int longest = 0;
        for (int i = 1; i < size; i++) {
            longest = seenAt[i] < seenAt[longest] ? i : longest;
        }
        return longest;
    }

    private int indexOf(long hash) {
        for (int i = 0; i < size; i++) {
            if (hashes[i] == hash) {
                return i;
            }
        }
        return -1;
    }
}
