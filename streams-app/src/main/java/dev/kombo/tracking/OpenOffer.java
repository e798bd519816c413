package dev.kombo.tracking;

import java.util.ArrayList;
import java.util.List;

/** An offer whose attribution window is open. Touched by one thread. */
public final class OpenOffer {
    private final String offerId;
    private final String placement;
    private final Assignment assignment;
    private final long offeredAt;
    private final long expiresAt;
    private final long closesAt;
    private final List<OfferedBundle> bundles;
    private long impressedAt;

    /**
     * An offer nobody has seen yet.
     *
     * @param placement where it is shown
     * @param offeredAt epoch milliseconds
     * @param expiresAt when the prices end, epoch milliseconds
     * @param closesAt when attribution ends, epoch milliseconds
     * @param bundles the slate by rank
     */
    public OpenOffer(
            String offerId,
            String placement,
            Assignment assignment,
            long offeredAt,
            long expiresAt,
            long closesAt,
            List<OfferedBundle> bundles) {
        this.offerId = offerId;
        this.placement = placement;
        this.assignment = assignment;
        this.offeredAt = offeredAt;
        this.expiresAt = expiresAt;
        this.closesAt = closesAt;
        this.bundles = bundles;
    }

    /** Puts back when it was first seen, from the store. */
    public void restore(long storedImpressedAt) {
        impressedAt = storedImpressedAt;
    }

    /** The offer. */
    public String offerId() {
        return offerId;
    }

    /** Where it is shown. */
    public String placement() {
        return placement;
    }

    /** Experiment and arm it belongs to. */
    public Assignment assignment() {
        return assignment;
    }

    /** When it was made, epoch milliseconds. */
    public long offeredAt() {
        return offeredAt;
    }

    /** When its prices end, epoch milliseconds. */
    public long expiresAt() {
        return expiresAt;
    }

    /** When attribution ends, epoch milliseconds. */
    public long closesAt() {
        return closesAt;
    }

    /** When it was first seen in epoch milliseconds, or 0. */
    public long impressedAt() {
        return impressedAt;
    }

    /** The slate by rank. */
    public List<OfferedBundle> bundles() {
        return bundles;
    }

    /** The position that holds a bundle, or null. */
    public OfferedBundle bundle(String bundleId) {
        for (int i = 0; i < bundles.size(); i++) {
            if (bundles.get(i).bundleId().equals(bundleId)) {
                return bundles.get(i);
            }
        }
        return null;
    }

    /** Records that it was seen; true for the first time. */
    boolean see(long time) {
        boolean first = impressedAt == 0;
        long seen = Math.max(1, time);
        impressedAt = first ? seen : Math.min(impressedAt, seen);
        return first;
    }

    /** Whether its attribution window holds {@code time}. */
    boolean covers(long time) {
        return offeredAt <= time && time < closesAt;
    }

    /** Whether it was seen by {@code time} and attributes what is bought then. */
    boolean attributes(long time) {
        return impressedAt != 0 && impressedAt <= time && covers(time);
    }

    /** Whether a purchase is of something that it offers. */
    boolean holds(Purchase purchase) {
        if (purchase.bundleId() != null) {
            return bundle(purchase.bundleId()) != null;
        }
        for (int i = 0; i < bundles.size(); i++) {
            if (bundles.get(i).contains(purchase.itemId())) {
                return true;
            }
        }
        return false;
    }

    List<String> bundleIds() {
        List<String> ids = new ArrayList<>(bundles.size());
        for (OfferedBundle bundle : bundles) {
            ids.add(bundle.bundleId());
        }
        return ids;
    }
}
