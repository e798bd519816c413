package dev.kombo.attribution;

import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.FilledSlot;
import dev.kombo.codec.Fields;
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

    private static final long[] NO_AMOUNTS = {};

    /** Stands for the probability that version 0.2.0 stored, which could draw bundles at random. */
    static final double PROBABILITY = 1;

    /** The saving that is stated is the one that is given. */
    private static final long STATES_ALL = -1;

    static final OfferedBundle BLANK = new OfferedBundle("", 0, 0, 0, "", List.of(), NO_FEATURES);

    private final String bundleId;
    private final int rank;
    private final long priceMinor;
    private final long savingMinor;
    private final String currency;
    private final List<BundleMember> members;
    private final float[] features;
    private long[] memberPrices = NO_AMOUNTS;
    private long[] memberSavings = NO_AMOUNTS;
    private boolean personal;
    private List<FilledSlot> slots = List.of();
    /** Null until they are needed. */
    private @Nullable Places places;

    private long statedSaving = STATES_ALL;
    private long clickedAt;
    private boolean dismissed;
    private boolean converted;

    /**
     * Creates a position without feedback.
     *
     * @param priceMinor price of the whole in minor units
     * @param savingMinor what is saved compared with buying the members one by one, in minor units
     * @param currency ISO 4217 code
     * @param members the members when it was offered
     * @param features the conversion model's features; empty where they are not kept; not copied, never written
     */
    public OfferedBundle(
            String bundleId,
            int rank,
            long priceMinor,
            long savingMinor,
            String currency,
            List<BundleMember> members,
            float[] features) {
        this.bundleId = bundleId;
        this.rank = rank;
        this.priceMinor = priceMinor;
        this.savingMinor = savingMinor;
        this.currency = currency;
        this.members = members;
        this.features = features;
    }

    /** The fields that never change; the feedback is stored with the shopper, as {@link OpenOffer.BundleFeedback}. */
    OfferedBundle fields(Fields f) {
        String id = f.text(bundleId);
        int position = f.number(rank);
        if (!f.since(OpenOffer.Content.LAYOUT)) {
            f.real(PROBABILITY);
        }
        OfferedBundle bundle = new OfferedBundle(
                id,
                position,
                f.number(priceMinor),
                f.number(savingMinor),
                f.text(currency),
                f.each(members, BundleMember.BLANK, BundleMember::fields),
                f.reals(features));
        if (f.since(OpenOffer.Content.LAYOUT)) {
            bundle.memberPrices = f.numbers(memberPrices);
            bundle.memberSavings = f.numbers(memberSavings);
            bundle.personal = f.flag(personal);
            bundle.slots = f.each(slots, FilledSlot.BLANK, FilledSlot::fields);
            bundle.statedSaving = f.number(statedSaving);
        }
        return bundle;
    }

    /**
     * Sets what each member costs in the bundle, and returns the bundle.
     *
     * @param prices of all units of each member in minor units, in their order; empty where they are not known
     * @param savings what each costs less than by itself; empty where that is in proportion to its price
     */
    public OfferedBundle withMemberPrices(long[] prices, long[] savings) {
        memberPrices = prices;
        memberSavings = savings;
        return this;
    }

    /** Sets whether its price was chosen for the shopper, and returns the bundle. */
    public OfferedBundle withPersonalPrice(boolean chosen) {
        personal = chosen;
        return this;
    }

    /** Sets how its slots are filled, by some of its members, and returns the bundle. */
    public OfferedBundle withSlots(List<FilledSlot> filled) {
        slots = filled;
        return this;
    }

    /** How its slots are filled; empty without slots. */
    public List<FilledSlot> slots() {
        return slots;
    }

    /**
     * Sets the price that its saving may be stated against, and returns the bundle.
     *
     * @param mostMinor the highest one, in minor units
     */
    public OfferedBundle withPriorPrice(long mostMinor) {
        statedSaving = mostMinor < priceMinor + savingMinor ? Math.max(0, mostMinor - priceMinor) : STATES_ALL;
        return this;
    }

    /** What may be stated as saved, in minor units: {@link #savingMinor}, or less where the price was lower before. */
    public long statedSavingMinor() {
        return statedSaving == STATES_ALL ? savingMinor : statedSaving;
    }

    /** Whether its price was chosen for the shopper. */
    public boolean personalPrice() {
        return personal;
    }

    /** What each member costs in the bundle, all of its units, in minor units; empty where that is not known. */
    public long[] memberPrices() {
        return memberPrices;
    }

    /** What each member costs less than by itself, in minor units; empty where that is in proportion to its price. */
    long[] memberSavings() {
        return memberSavings;
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
        return priceMinor;
    }

    /** What is saved compared with buying the members one by one, in minor units. */
    public long savingMinor() {
        return savingMinor;
    }

    /** ISO 4217 code. */
    public String currency() {
        return currency;
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
