package dev.kombo.attribution;

import dev.kombo.codec.Fields;
import dev.kombo.experiment.Enrollment.Assignment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An offer whose attribution window is open: its content, which never changes and is read on first use, and the
 * shopper's feedback on it. Not thread-safe.
 */
public final class OpenOffer {
    /**
     * The content of an offer.
     *
     * @param placement where it is shown
     * @param assignment experiment and arm it belongs to
     * @param expiresAt when the prices end, epoch milliseconds
     * @param bundles the slate by rank
     */
    public record Content(String placement, Assignment assignment, long expiresAt, List<OfferedBundle> bundles) {
        /**
         * Version of the layout, in which bundles have prices of members, slots, and what is stated as saved. Version
         * 0.2.0 wrote 1.
         */
        static final int LAYOUT = 2;

        private static final Content BLANK = new Content("", Assignment.BLANK, 0, List.of());

        /** Reads a content. */
        public static Content read(Fields f) {
            return BLANK.fields(f);
        }

        public Content fields(Fields f) {
            f.version("an offer", LAYOUT, 1, 1);
            return new Content(
                    f.text(placement),
                    assignment.fields(f),
                    f.number(expiresAt),
                    f.each(bundles, OfferedBundle.BLANK, OfferedBundle::fields));
        }
    }

    /**
     * The feedback on one bundle.
     *
     * @param index of the bundle in the slate, from 0
     * @param clickedAt time of the latest click in epoch milliseconds, or 0
     */
    public record BundleFeedback(int index, long clickedAt, boolean dismissed, boolean converted) {
        private static final BundleFeedback BLANK = new BundleFeedback(0, 0, false, false);

        private BundleFeedback fields(Fields f) {
            return new BundleFeedback(f.number(index), f.number(clickedAt), f.flag(dismissed), f.flag(converted));
        }
    }

    /** Version of a profile's layout from which on offers tell by how much longer they are open than the one before. */
    private static final int SPANS_LAYOUT = 6;

    private final Function<String, Content> reader;
    private String offerId;
    private long offeredAt;
    private long closesAt;
    private boolean stored;
    /** Null until it is read. */
    private @Nullable Content content;
    /** Those from the store; unused once the content is read. */
    private List<BundleFeedback> feedback = List.of();

    private long impressedAt;

    /**
     * Creates an offer that was not seen yet.
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
        this.offeredAt = offeredAt;
        this.closesAt = closesAt;
        Content made = new Content(placement, assignment, expiresAt, bundles);
        content = made;
        reader = id -> made;
    }

    /**
     * Creates an offer that is stored, without its fields.
     *
     * @param reader reads the content by the offer's id
     */
    OpenOffer(Function<String, Content> reader) {
        this.reader = reader;
        this.offerId = "";
        this.stored = true;
    }

    /**
     * The fields apart from the content, which is stored elsewhere.
     *
     * @param next when the offer after it was made, or the latest event
     * @param span how long the offer before it is open, in milliseconds; 0: there is none
     */
    void fields(Fields f, long next, long span) {
        offerId = f.hex(offerId);
        offeredAt = f.before(offeredAt, next);
        closesAt = f.after(closesAt, f.since(SPANS_LAYOUT) ? offeredAt + span : offeredAt);
        impressedAt = f.flag(impressedAt != 0) ? f.after(impressedAt, offeredAt) : 0;
        feedback = f.each(feedback(), BundleFeedback.BLANK, BundleFeedback::fields);
    }

    /** Whether its content is stored already. */
    public boolean isStored() {
        return stored;
    }

    /** Marks the content as not stored, since the offer moves to another shopper. */
    public void move() {
        content();
        stored = false;
    }

    /** The offer's id. */
    public String offerId() {
        return offerId;
    }

    /** The content. */
    public Content content() {
        Content known = content;
        if (known == null) {
            known = reader.apply(offerId);
            for (BundleFeedback one : feedback) {
                known.bundles().get(one.index()).restore(one);
            }
            content = known;
        }
        return known;
    }

    /** The feedback, for the bundles that have any. */
    public List<BundleFeedback> feedback() {
        if (content == null) {
            return feedback;
        }
        List<BundleFeedback> current = new ArrayList<>(0);
        for (int i = 0; i < content.bundles().size(); i++) {
            OfferedBundle bundle = content.bundles().get(i);
            if (bundle.clickedAt() != 0 || bundle.dismissed() || bundle.converted()) {
                current.add(new BundleFeedback(i, bundle.clickedAt(), bundle.dismissed(), bundle.converted()));
            }
        }
        return current;
    }

    /** Where it is shown. */
    public String placement() {
        return content().placement();
    }

    /** Experiment and arm it belongs to. */
    public Assignment assignment() {
        return content().assignment();
    }

    /** When it was made, epoch milliseconds. */
    public long offeredAt() {
        return offeredAt;
    }

    /** When its prices end, epoch milliseconds. */
    public long expiresAt() {
        return content().expiresAt();
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
        return content().bundles();
    }

    /** The position that holds a bundle, or null. */
    public @Nullable OfferedBundle bundle(@Nullable String bundleId) {
        List<OfferedBundle> bundles = bundles();
        for (int i = 0; i < bundles.size(); i++) {
            if (bundles.get(i).bundleId().equals(bundleId)) {
                return bundles.get(i);
            }
        }
        return null;
    }

    /** Whether any bundle was clicked. */
    boolean clicked() {
        List<BundleFeedback> current = feedback();
        for (int i = 0; i < current.size(); i++) {
            if (current.get(i).clickedAt() > 0) {
                return true;
            }
        }
        return false;
    }

    /** Records an impression; true for the first one. */
    boolean see(long time) {
        boolean first = impressedAt == 0;
        long seen = Math.max(1, time);
        impressedAt = first ? seen : Math.min(impressedAt, seen);
        return first;
    }

    /** Whether its attribution window includes {@code time}. */
    boolean covers(long time) {
        return offeredAt <= time && time < closesAt;
    }

    /** Whether it was seen by {@code time} and its window includes it. */
    boolean attributes(long time) {
        return impressedAt != 0 && impressedAt <= time && covers(time);
    }

    /** Whether it holds the item or bundle that was bought. */
    boolean holds(Purchase purchase) {
        if (purchase.bundleId() != null) {
            return bundle(purchase.bundleId()) != null;
        }
        for (OfferedBundle bundle : bundles()) {
            if (bundle.contains(purchase.itemId())) {
                return true;
            }
        }
        return false;
    }

    /** Its bundles, by rank. */
    List<String> bundleIds() {
        List<String> ids = new ArrayList<>(bundles().size());
        for (OfferedBundle bundle : bundles()) {
            ids.add(bundle.bundleId());
        }
        return ids;
    }
}
