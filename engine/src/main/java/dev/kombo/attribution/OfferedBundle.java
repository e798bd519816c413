package dev.kombo.attribution;

import dev.kombo.codec.Fields;
import dev.kombo.entity.BundleMember;
import dev.kombo.slot.FilledSlot;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One position of an open offer: the bundle and its terms when it was offered, and the shopper's feedback on it. Not
 * thread-safe.
 */
public final class OfferedBundle {
    /** Stands for features of the conversion model that are not kept. */
    public static final float[] NO_FEATURES = {};

    /** Stands for the probability that version 0.2.0 stored, which could draw bundles at random. */
    static final double PROBABILITY = 1;

    /** Stored where the saving that is stated is the one that is given. */
    private static final long STATES_ALL = -1;

    static final OfferedBundle BLANK = new OfferedBundle("", 0, OfferedPrice.BLANK, List.of(), List.of(), NO_FEATURES);

    private final String bundleId;
    private final int rank;
    private final OfferedPrice price;
    private final List<BundleMember> members;
    private final List<FilledSlot> slots;
    private final float[] features;
    /** Null until they are needed. */
    private @Nullable Places places;

    private long clickedAt;
    private boolean dismissed;
    private boolean converted;

    /**
     * Creates a position without feedback.
     *
     * @param rank position in the slate, 1 is the top
     * @param members the members when it was offered
     * @param slots how its slots are filled, by some of its members; empty without slots
     * @param features the conversion model's features; empty where they are not kept; not copied, never written
     */
    public OfferedBundle(
            String bundleId,
            int rank,
            OfferedPrice price,
            List<BundleMember> members,
            List<FilledSlot> slots,
            float[] features) {
        this.bundleId = bundleId;
        this.rank = rank;
        this.price = price;
        this.members = members;
        this.slots = slots;
        this.features = features;
    }

    /** The fields that never change; the feedback is stored with the shopper, as {@link OpenOffer.BundleFeedback}. */
    OfferedBundle fields(Fields f) {
        boolean divided = f.since(OpenOffer.Content.LAYOUT);
        String id = f.text(bundleId);
        int position = f.number(rank);
        if (!divided) {
            f.real(PROBABILITY);
        }
        long whole = f.number(price.priceMinor());
        long saving = f.number(price.savingMinor());
        OfferedPrice plain = new OfferedPrice(whole, saving, f.text(price.currency()));
        List<BundleMember> all = f.each(members, BundleMember.BLANK, BundleMember::fields);
        float[] known = divided ? f.roundedReals(features) : f.reals(features);
        if (!divided) {
            return new OfferedBundle(id, position, plain, all, List.of(), known);
        }
        long[] prices = f.numbers(price.memberPrices());
        long[] savings = f.numbers(price.memberSavings());
        boolean personal = f.flag(price.personal());
        List<FilledSlot> filled = f.each(slots, FilledSlot.BLANK, FilledSlot::fields);
        boolean statesAll = price.statedSavingMinor() == price.savingMinor();
        long stated = f.number(statesAll ? STATES_ALL : price.statedSavingMinor());
        return new OfferedBundle(
                id,
                position,
                new OfferedPrice(
                        whole,
                        saving,
                        stated == STATES_ALL ? saving : stated,
                        plain.currency(),
                        personal,
                        prices,
                        savings),
                all,
                filled,
                known);
    }

    /** What it costs. */
    public OfferedPrice price() {
        return price;
    }

    /** How its slots are filled; empty without slots. */
    public List<FilledSlot> slots() {
        return slots;
    }

    /** Sets the feedback. */
    void restore(OpenOffer.BundleFeedback feedback) {
        clickedAt = feedback.clickedAt();
        dismissed = feedback.dismissed();
        converted = feedback.converted();
    }

    /** The bundle. */
    public String bundleId() {
        return bundleId;
    }

    /** Rank in the slate. */
    public int rank() {
        return rank;
    }

    /** Price of the whole in minor units. */
    public long priceMinor() {
        return price.priceMinor();
    }

    /** What is saved compared with buying the members one by one, in minor units. */
    public long savingMinor() {
        return price.savingMinor();
    }

    /** ISO 4217 code. */
    public String currency() {
        return price.currency();
    }

    /** The members when it was offered. */
    public List<BundleMember> members() {
        return members;
    }

    /** The conversion model's features when it was offered; empty where they are not kept. */
    public float[] features() {
        return features;
    }

    /** Time of the latest click in epoch milliseconds, or 0. */
    public long clickedAt() {
        return clickedAt;
    }

    /** Whether it was dismissed. */
    public boolean dismissed() {
        return dismissed;
    }

    /** Whether it was bought whole. */
    public boolean converted() {
        return converted;
    }

    /** Whether an item is a member, or may take the place of one. */
    public boolean contains(@Nullable String itemId) {
        return placeOf(itemId) >= 0;
    }

    private int memberOf(@Nullable String itemId) {
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).itemId().equals(itemId)) {
                return i;
            }
        }
        return -1;
    }

    /**
     * Index of the member whose place an item takes, or -1; all items of a slot have the place of the first that fills
     * it.
     */
    private int placeOf(@Nullable String itemId) {
        if (slots.isEmpty() || itemId == null) {
            return memberOf(itemId);
        }
        return places().byItem().getOrDefault(itemId, -1);
    }

    private Places places() {
        Places known = places;
        if (known == null) {
            known = new Places(new HashMap<>(), new int[members.size()]);
            known.add(members, slots);
            places = known;
        }
        return known;
    }

    /**
     * The places of a bundle with slots.
     *
     * @param byItem the place of each item that has one
     * @param units of each in one bundle; 0 where a member has the place of another
     */
    private record Places(Map<String, Integer> byItem, int[] units) {
        private void add(List<BundleMember> members, List<FilledSlot> slots) {
            for (int m = 0; m < members.size(); m++) {
                byItem.putIfAbsent(members.get(m).itemId(), m);
            }
            for (FilledSlot slot : slots) {
                int place = placeOf(slot);
                slot.members().forEach(member -> byItem.put(member.itemId(), place));
            }
            for (FilledSlot slot : slots) {
                int place = placeOf(slot);
                slot.alternatives().forEach(other -> byItem.putIfAbsent(other.itemId(), place));
            }
            for (BundleMember member : members) {
                int place = byItem.getOrDefault(member.itemId(), -1);
                if (place >= 0) {
                    units[place] += member.quantity();
                }
            }
        }

        private int placeOf(FilledSlot slot) {
            return slot.members().isEmpty()
                    ? -1
                    : byItem.getOrDefault(slot.members().get(0).itemId(), -1);
        }
    }

    /** Whether an item has the place of a member. */
    boolean takes(int member, String itemId) {
        return slots.isEmpty() ? members.get(member).itemId().equals(itemId) : placeOf(itemId) == member;
    }

    /** Units that the place of a member has in one bundle; 0 where the member has that of another. */
    int unitsAt(int member) {
        return slots.isEmpty() ? members.get(member).quantity() : places().units()[member];
    }

    /**
     * Units of an item in one bundle, or of the member that it may replace; 0 where it is neither.
     *
     * @param swaps what took the place of members, by member; empty: not known
     */
    int unitsOf(@Nullable String itemId, Map<String, String> swaps) {
        if (!swaps.isEmpty()) {
            return BundleMember.swapped(members, swaps).stream()
                    .filter(taken -> taken.itemId().equals(itemId))
                    .mapToInt(BundleMember::quantity)
                    .sum();
        }
        int member = memberOf(itemId);
        for (int i = 0; i < slots.size() && member < 0; i++) {
            FilledSlot.Alternative other = slots.get(i).alternative(itemId);
            member = other == null ? member : memberOf(other.replaces());
        }
        return member < 0 ? 0 : members.get(member).quantity();
    }

    /** Whether any of its members is also among {@code others}. */
    boolean sharesOneOf(List<BundleMember> others) {
        for (int i = 0; i < others.size(); i++) {
            if (contains(others.get(i).itemId())) {
                return true;
            }
        }
        return false;
    }

    /** Number of units in one bundle. */
    int units() {
        int units = 0;
        for (int i = 0; i < members.size(); i++) {
            units += members.get(i).quantity();
        }
        return units;
    }

    /** Records a click; true for the first one. */
    boolean click(long time) {
        boolean first = clickedAt == 0;
        clickedAt = Math.max(clickedAt, Math.max(1, time));
        return first;
    }

    /** Records a dismissal; true for the first one. */
    boolean dismiss() {
        boolean first = !dismissed;
        dismissed = true;
        return first;
    }

    void convert() {
        converted = true;
    }
}
