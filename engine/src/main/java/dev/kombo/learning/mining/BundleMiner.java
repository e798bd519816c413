package dev.kombo.learning.mining;

import dev.kombo.catalog.Bundle;
import dev.kombo.entity.Item;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Proposes pairs, triples, and items with a choice of others, that are bought together more often than chance explains,
 * with a price.
 *
 * <p>A candidate needs enough support, lift, and a lower confidence bound on the lift (see {@link Lift}): among
 * thousands of pairs, a high lift of a few orders would mostly be chance. The best by support * ln(lift) are kept for
 * each item and size. Only the member with the smallest id proposes, so every bundle has one proposer; it proposes
 * again only when the support has doubled, which limits the number of suggestions.
 *
 * <p>Where several partners of an item are interchangeable, such as any of six mugs with a pot of tea, one bundle with
 * a slot is proposed instead of a pair with each of them, by the item that they are bought with; see
 * {@link InterchangeablePartners}.
 *
 * <p>Each item of a triple must belong to the other two: the two together and the third pass the same test as a pair.
 * So what everybody buys joins no set.
 *
 * <p>Counts of other items come from a replica that may lag. They are raised to at least the support, which keeps the
 * lift finite; an item with unknown purchases is left out until they are known.
 */
public final class BundleMiner {
    private final MiningSettings settings;

    public BundleMiner(MiningSettings settings) {
        this.settings = settings;
    }

    private record Candidate(List<String> members, SupportCount support, Lift lift) {
        double rank() {
            return support.orders() * Math.log(lift.value());
        }

        boolean due() {
            return BundleMiner.due(support);
        }
    }

    private static final int PAIR = 2;
    private static final Comparator<Candidate> BEST_FIRST = Comparator.comparingDouble(Candidate::rank)
            .reversed()
            .thenComparing(candidate -> String.join("\n", candidate.members()));

    private static boolean due(SupportCount support) {
        return support.suggestedOrders() == 0 || support.orders() >= 2L * support.suggestedOrders();
    }

    /** Partners of one item that are interchangeable, strongest first, with the pair of the item and each of them. */
    private record SlotPartners(MinedSlot slot, List<PartnerCount> partners) {
        boolean holds(Candidate pair) {
            return partners.stream().anyMatch(partner -> partner == pair.support());
        }

        /** Orders with the item and one of the partners. */
        long support() {
            return partners.stream().mapToLong(SupportCount::orders).sum() - slot.togetherOrders();
        }

        /** The lift of the item and the partners as if they were one; the support must be above 0. */
        Lift lift(long purchases, MiningView view) {
            long theirs = partners.stream()
                    .mapToLong(partner -> view.purchases(partner.itemId()))
                    .sum();
            return Lift.ofPair(support(), view.orders(), purchases, theirs);
        }
    }

    /**
     * Finds bundles to suggest now and records in the counts that they are suggested.
     *
     * @param item whose bundles are to be found
     * @param counts what is bought with the item; changed only in what was suggested
     * @param purchases closed orders that contain the item
     * @param slots whether interchangeable partners share a bundle with a slot; else each has a pair with the item
     * @param needless bundles that another one stands for: neither suggested nor recorded
     * @return none in most calls; pairs first, best first; a bundle with a slot last
     */
    public List<MinedBundle> mine(
            String item,
            NeighborCounts counts,
            long purchases,
            MiningView view,
            boolean slots,
            Predicate<List<String>> needless) {
        long orders = view.orders();
        List<MinedBundle> due = new ArrayList<>();
        List<Candidate> pairs = pairs(item, counts, purchases, orders, view, all -> true);
        SlotPartners place =
                slots && pairs.stream().anyMatch(Candidate::due) ? place(item, pairs, counts, purchases, view) : null;
        MinedBundle whole = place == null ? null : whole(place, item, purchases, view);
        // Where the bundle with a slot does not clear the test, its pairs stay.
        Predicate<Candidate> part = pair -> place != null && whole != null && place.holds(pair);
        propose(own(pairs, item, part.or(pair -> needless.test(pair.members()))), orders, view, due);
        propose(triples(item, counts, purchases, orders, view, needless.negate()), orders, view, due);
        if (place != null && whole != null && place.partners().stream().anyMatch(BundleMiner::due)) {
            due.add(whole);
            place.partners().forEach(SupportCount::recordSuggestion);
        }
        return due;
    }

    /** The pairs that an item proposes, without those that another bundle stands for. */
    private static List<Candidate> own(List<Candidate> pairs, String item, Predicate<Candidate> needless) {
        List<Candidate> own = new ArrayList<>(pairs);
        own.removeIf(pair -> !pair.members().get(0).equals(item) || needless.test(pair));
        return own;
    }

    /**
     * Whether the view has fewer orders of an item than are counted with one of its neighbours: then {@link #mine} may
     * have missed bundles and should be repeated once the view has caught up.
     */
    public boolean lags(NeighborCounts counts, long purchases, MiningView view) {
        long orders = view.orders();
        if (orders < purchases) {
            return true;
        }
        long minimum = settings.minimumSupport(orders);
        for (PartnerCount partner : counts.partners()) {
            if (partner.orders() >= minimum && view.purchases(partner.itemId()) < partner.orders()) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns a suggested bundle with the evidence of today; null where it no longer passes the test of a new one with
     * half of the support and half of the excess of the lift, so that bundles do not flicker. A bundle may have been
     * suggested by counts of other items that lagged.
     *
     * @param counts of the first of its members
     * @param recent whether it was suggested lately, when counts lagged: then it must pass the whole test
     */
    public @Nullable MinedBundle today(MinedBundle bundle, NeighborCounts counts, MiningView view, boolean recent) {
        BundleMiner lenient = recent ? this : new BundleMiner(settings.toKeep());
        long orders = view.orders();
        List<String> members = bundle.members();
        String item = members.get(0);
        long purchases = view.purchases(item);
        MinedSlot slot = bundle.slot();
        if (purchases == 0) {
            return null;
        }
        if (slot != null) {
            List<Candidate> left = lenient.pairs(
                    item,
                    counts,
                    purchases,
                    orders,
                    view,
                    pair -> slot.items().stream().anyMatch(pair::contains));
            SlotPartners place = place(item, left, counts, purchases, view);
            long support = place == null ? 0 : place.support();
            return place == null
                            || support <= 0
                            || 2 * place.partners().size() < slot.items().size()
                    ? null
                    : bundle.supported(support, orders, place.lift(purchases, view));
        }
        Predicate<List<String>> asked = members::equals;
        List<Candidate> found = members.size() == 2
                ? lenient.pairs(item, counts, purchases, orders, view, asked)
                : lenient.triples(item, counts, purchases, orders, view, asked);
        return found.isEmpty()
                ? null
                : bundle.supported(
                        found.get(0).support().orders(), orders, found.get(0).lift());
    }

    /**
     * Whether a bundle is the whole of a set rather than a chance extension of a part of it: at least every other order
     * with two of its members holds all of them. A pair is whole.
     *
     * @param counts of the first of its members
     */
    public boolean whole(MinedBundle bundle, NeighborCounts counts, MiningView view) {
        List<String> members = bundle.members();
        Map<String, Integer> pairs = pairOrders(counts);
        long most = members.size() <= PAIR ? 0 : view.orders(members.get(1), members.get(2));
        for (String partner : members.subList(1, members.size())) {
            most = Math.max(most, pairs.getOrDefault(partner, 0));
        }
        return members.size() <= PAIR || 2 * bundle.support() >= most;
    }

    /** The pairs of an item that clear the test, also those that the other item proposes. */
    private List<Candidate> pairs(
            String item,
            NeighborCounts counts,
            long purchases,
            long orders,
            MiningView view,
            Predicate<List<String>> asked) {
        long minimum = settings.minimumSupport(orders);
        List<Candidate> candidates = new ArrayList<>();
        for (PartnerCount partner : counts.partners()) {
            if (partner.orders() < minimum) {
                continue;
            }
            boolean first = item.compareTo(partner.itemId()) < 0;
            List<String> members = first ? List.of(item, partner.itemId()) : List.of(partner.itemId(), item);
            if (!asked.test(members)) {
                continue;
            }
            long partnerPurchases = view.purchases(partner.itemId());
            if (partnerPurchases > 0) {
                Lift lift = Lift.ofPair(partner.orders(), orders, purchases, partnerPurchases);
                add(candidates, new Candidate(members, partner, lift));
            }
        }
        return candidates;
    }

    private List<Candidate> triples(
            String item,
            NeighborCounts counts,
            long purchases,
            long orders,
            MiningView view,
            Predicate<List<String>> asked) {
        long minimum = settings.minimumSupport(orders);
        List<Candidate> candidates = new ArrayList<>();
        Map<String, Integer> pairOrders = null;
        for (PartnerPairCount triple : counts.triples()) {
            if (triple.orders() < minimum) {
                continue;
            }
            List<String> members = List.of(item, triple.first(), triple.second());
            if (!asked.test(members)) {
                continue;
            }
            if (pairOrders == null) {
                pairOrders = pairOrders(counts);
            }
            long first = view.purchases(triple.first());
            long second = view.purchases(triple.second());
            if (first > 0 && second > 0) {
                long[] pairs = {
                    Math.max(triple.orders(), pairOrders.getOrDefault(triple.first(), 0)),
                    Math.max(triple.orders(), pairOrders.getOrDefault(triple.second(), 0))
                };
                long[] singles = {purchases, first, second};
                Lift lift = Lift.ofTriple(triple.orders(), orders, singles, pairs);
                long partners = view.orders(triple.first(), triple.second());
                if (belong(triple.orders(), orders, pairs[0], second)
                        && belong(triple.orders(), orders, pairs[1], first)
                        && belong(triple.orders(), orders, partners, purchases)) {
                    add(candidates, new Candidate(members, triple, lift));
                }
            }
        }
        return candidates;
    }

    private static Map<String, Integer> pairOrders(NeighborCounts counts) {
        return counts.partners().stream().collect(Collectors.toMap(PartnerCount::itemId, PartnerCount::orders));
    }

    /** Whether two items that are bought together belong with a third. */
    private boolean belong(long support, long orders, long pair, long third) {
        return clears(Lift.ofPair(support, orders, pair, third));
    }

    private boolean clears(Lift lift) {
        return lift.value() >= settings.minimumLift() && lift.lower() >= settings.minimumLiftLower();
    }

    private void add(List<Candidate> candidates, Candidate candidate) {
        if (clears(candidate.lift())) {
            candidates.add(candidate);
        }
    }

    private void propose(List<Candidate> candidates, long orders, MiningView view, List<MinedBundle> due) {
        if (candidates.stream().noneMatch(Candidate::due)) {
            return;
        }
        candidates.sort(BEST_FIRST);
        for (Candidate candidate : candidates.subList(0, Math.min(settings.largestShare(), candidates.size()))) {
            long listPrice = candidate.due() ? listPrice(candidate.members(), view) : Item.UNKNOWN;
            long price = listPrice > 0 ? price(listPrice, candidate.members(), view) : Item.UNKNOWN;
            String currency = view.currency(candidate.members().get(0));
            if (currency != null && (price > 0 || (listPrice == 0 && Bundle.NO_CURRENCY.equals(currency)))) {
                due.add(new MinedBundle(
                        MinedBundle.idOf(candidate.members()),
                        candidate.members(),
                        candidate.support().orders(),
                        orders,
                        candidate.lift().value(),
                        candidate.lift().lower(),
                        Math.max(0, price),
                        listPrice,
                        currency,
                        null));
                candidate.support().recordSuggestion();
            }
        }
    }

    /** Where the partners of an item are interchangeable; null: nowhere. */
    private static @Nullable SlotPartners place(
            String item, List<Candidate> pairs, NeighborCounts counts, long purchases, MiningView view) {
        List<Candidate> priced =
                pairs.stream().filter(pair -> isPriced(pair.members(), view)).toList();
        if (priced.size() < InterchangeablePartners.LEAST) {
            return null;
        }
        InterchangeablePartners interchangeable = new InterchangeablePartners(item, counts, purchases, view);
        List<PartnerCount> partners = interchangeable.among(priced.stream()
                .sorted(BEST_FIRST)
                .map(pair -> (PartnerCount) pair.support())
                .toList());
        List<String> items = partners.stream().map(PartnerCount::itemId).toList();
        return items.isEmpty()
                ? null
                : new SlotPartners(
                        new MinedSlot(interchangeable.kind(partners), items, interchangeable.together(partners)),
                        partners);
    }

    /** The bundle of an item and one of its interchangeable partners; null where it does not clear the test. */
    private @Nullable MinedBundle whole(SlotPartners place, String item, long purchases, MiningView view) {
        long support = place.support();
        String currency = view.currency(item);
        Lift lift = support > 0 ? place.lift(purchases, view) : null;
        if (lift == null || currency == null || !clears(lift)) {
            return null;
        }
        List<String> strongest = List.of(item, place.slot().items().get(0));
        long listPrice = listPrice(strongest, view);
        return new MinedBundle(
                MinedBundle.idOfSlot(item),
                List.of(item),
                support,
                view.orders(),
                lift.value(),
                lift.lower(),
                Math.max(0, price(listPrice, strongest, view)),
                listPrice,
                currency,
                place.slot());
    }

    /** Whether a bundle of these members has a price, or is offered without one. */
    private static boolean isPriced(List<String> members, MiningView view) {
        long listPrice = listPrice(members, view);
        return listPrice > 0 || (listPrice == 0 && Bundle.NO_CURRENCY.equals(view.currency(members.get(0))));
    }

    /** Sum of the members' prices; unknown where one has none, they differ in currency, or the sum is out of range. */
    private static long listPrice(List<String> members, MiningView view) {
        String currency = view.currency(members.get(0));
        long sum = 0;
        for (String member : members) {
            long price = view.priceMinor(member);
            if (price < 0 || currency == null || !currency.equals(view.currency(member)) || sum + price < sum) {
                return Item.UNKNOWN;
            }
            sum += price;
        }
        return sum;
    }

    private long price(long listPrice, List<String> members, MiningView view) {
        long cheapest = Long.MAX_VALUE;
        long dearest = 0;
        for (String member : members) {
            cheapest = Math.min(cheapest, view.priceMinor(member));
            dearest = Math.max(dearest, view.priceMinor(member));
        }
        return settings.pricing().mined(listPrice, cheapest, dearest, Double.NaN);
    }

    /** What mining needs beside one item's own counts. The answers may lag, since they come from a replica. */
    public interface MiningView {
        /** All closed orders so far. */
        long orders();

        /** Closed orders that contain an item; 0 where it is not known. */
        long purchases(String itemId);

        /** Orders that contain two items, without those that an offer caused; 0 where that is not known. */
        long orders(String itemId, String otherId);

        /** Category of an item; null where it has none. */
        @Nullable
        String category(String itemId);

        /** The items that are bought most with an item; empty where that is not known. */
        List<String> partners(String itemId);

        /** Price of one unit in minor units; negative where it is not known. */
        long priceMinor(String itemId);

        /** ISO 4217 code of that price; null where there is none. */
        @Nullable
        String currency(String itemId);
    }
}
