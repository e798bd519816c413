package dev.kombo.serde;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.Cart;
import dev.kombo.profile.CategoryAffinities;
import dev.kombo.profile.EventType;
import dev.kombo.profile.History;
import dev.kombo.profile.OpenOrder;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.RateWatch;
import dev.kombo.profile.RecentEventIds;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.profile.TimedCounts;
import dev.kombo.schema.CartLine;
import dev.kombo.schema.CategoryAffinity;
import dev.kombo.schema.UserProfile;
import dev.kombo.tracking.AttributionSettings;
import dev.kombo.tracking.Enrollment;
import dev.kombo.tracking.OfferLedger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What is kept of a shopper: store to domain and back. */
public final class ProfileMapper {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();
    private final ProfileLimits limits;
    private final AttributionSettings attribution;

    /** A mapper that bounds what it reads by the given limits. */
    public ProfileMapper(ProfileLimits limits, AttributionSettings attribution) {
        this.limits = limits;
        this.attribution = attribution;
    }

    /** A shopper of whom nothing is known yet. */
    public ShopperState create(String shopperKey) {
        return state(shopperKey, new Behavior(limits), null, 0);
    }

    /** The stored shopper in domain terms. */
    public ShopperState toDomain(String shopperKey, UserProfile profile) {
        dev.kombo.schema.Enrollment stored = profile.getEnrollment();
        Enrollment enrollment = stored == null
                ? null
                : new Enrollment(
                        stored.getExperiment(), stored.getArm(), stored.getStrategyVersion(), stored.getEnteredAt());
        ShopperState state = state(shopperKey, behavior(profile), enrollment, profile.getTimerAt());
        state.sessions().restore(view(profile.getSessions()));
        return state;
    }

    private ShopperState state(String shopperKey, Behavior behavior, Enrollment enrollment, long timerAt) {
        OfferLedger ledger = new OfferLedger(
                attribution,
                ShopperKey.shopper(shopperKey),
                behavior.history().parts().credit());
        return new ShopperState(behavior, ledger, enrollment, timerAt);
    }

    /** What purchases left of a shopper: that part of a profile, or nothing for null. */
    public History.Parts history(UserProfile profile) {
        if (profile == null) {
            return new History.Parts(limits);
        }
        return new History.Parts(
                TimedCounts.read(view(profile.getPurchases()), limits.purchasedItems()),
                RecentEventIds.read(view(profile.getPaidEvents()), limits.paidEventIds(), limits.paidEventIdAge()),
                ObservationMapper.revenue(profile),
                ObservationMapper.observations(profile),
                LedgerMapper.toDomain(profile));
    }

    private Behavior behavior(UserProfile profile) {
        Behavior behavior = new Behavior(
                RecentInteractions.read(view(profile.getRecent()), limits.recentInteractions()),
                RecentEventIds.read(view(profile.getSeenEvents()), limits.recentEventIds(), limits.eventIdAge()),
                new History(history(profile)),
                TimedCounts.read(view(profile.getExposures()), limits.exposedBundles()),
                cart(profile.getCart()),
                categories(profile.getCategories()),
                new RateWatch(profile.getRateMinute(), profile.getRateCount(), profile.getRobotUntil()));
        List<Integer> counts = profile.getEventCounts();
        for (int i = 0; i < counts.size() && i < EventType.count(); i++) {
            behavior.restoreCount(EventType.of(i), counts.get(i));
        }
        behavior.restoreTimes(profile.getFirstSeen(), profile.getLastSeen(), profile.getActiveDay());
        behavior.restorePrices(profile.getLogPriceMean(), profile.getLogPriceCount());
        behavior.segments(Set.copyOf(profile.getSegments()));
        behavior.spend().putAll(profile.getSpend());
        behavior.lastOfferAt().putAll(profile.getLastOfferAt());
        dev.kombo.schema.OpenOrder order = profile.getOrder();
        if (order != null) {
            behavior.order(
                    new OpenOrder(order.getOrderId(), order.getLastLineAt(), order.getLineCount(), order.getItems()));
        }
        return behavior;
    }

    private static Cart cart(List<CartLine> stored) {
        List<Cart.Line> lines = new ArrayList<>(stored.size());
        for (CartLine line : stored) {
            lines.add(new Cart.Line(line.getItemId(), line.getQuantity(), line.getAddedAt()));
        }
        return new Cart(lines);
    }

    private static CategoryAffinities categories(List<CategoryAffinity> stored) {
        List<CategoryAffinities.Affinity> affinities = new ArrayList<>(stored.size());
        for (CategoryAffinity affinity : stored) {
            affinities.add(new CategoryAffinities.Affinity(affinity.getCategory(), affinity.getWeight()));
        }
        return new CategoryAffinities(affinities);
    }

    /** What purchases left of a shopper: a profile that holds nothing else. */
    public static UserProfile toAvro(History.Parts history) {
        UserProfile profile = new UserProfile();
        profile.setVector(NOTHING);
        profile.setEventCounts(List.of());
        profile.setSpend(Map.of());
        profile.setCategories(List.of());
        profile.setRecent(NOTHING);
        profile.setSeenEvents(NOTHING);
        profile.setExposures(NOTHING);
        profile.setSegments(List.of());
        profile.setCart(List.of());
        profile.setOffers(List.of());
        profile.setLastOfferAt(Map.of());
        profile.setSessions(NOTHING);
        profile.setPurchases(history.purchases().write());
        profile.setPaidEvents(history.paid().write());
        LedgerMapper.toAvro(history.credit(), profile);
        ObservationMapper.toAvro(history, profile);
        return profile;
    }

    /** All that is known of the shopper. */
    public UserProfile toAvro(ShopperState state) {
        Behavior behavior = state.behavior();
        UserProfile profile = toAvro(behavior.history().parts());
        profile.setFirstSeen(behavior.firstSeen());
        profile.setLastSeen(behavior.lastSeen());
        List<Integer> counts = new ArrayList<>(EventType.count());
        for (int i = 0; i < EventType.count(); i++) {
            counts.add(behavior.count(EventType.of(i)));
        }
        profile.setEventCounts(counts);
        profile.setSpend(behavior.spend());
        profile.setLogPriceMean(behavior.logPriceMean());
        profile.setLogPriceCount(behavior.logPriceCount());
        List<CategoryAffinity> categories = new ArrayList<>();
        behavior.categories()
                .strongestFirst()
                .forEach(affinity -> categories.add(new CategoryAffinity(affinity.category(), affinity.weight())));
        profile.setCategories(categories);
        profile.setRecent(behavior.recent().write());
        profile.setSeenEvents(behavior.knownEvents().others().write());
        profile.setSessions(state.sessions().write());
        profile.setExposures(behavior.exposures().write());
        profile.setSegments(List.copyOf(behavior.segments()));
        List<CartLine> cart = new ArrayList<>();
        behavior.cart().lines().forEach(line -> cart.add(new CartLine(line.itemId(), line.quantity(), line.addedAt())));
        profile.setCart(cart);
        OpenOrder order = behavior.order();
        profile.setOrder(
                order == null
                        ? null
                        : new dev.kombo.schema.OpenOrder(
                                order.orderId(), order.lastLineAt(), order.lineCount(), List.copyOf(order.items())));
        profile.setOffers(LedgerMapper.offers(state.ledger().offers()));
        Enrollment enrollment = state.enrollment();
        profile.setEnrollment(
                enrollment == null
                        ? null
                        : new dev.kombo.schema.Enrollment(
                                enrollment.experiment(),
                                enrollment.arm(),
                                enrollment.strategyVersion(),
                                enrollment.enteredAt()));
        profile.setLastOfferAt(behavior.lastOfferAt());
        profile.setActiveDay(behavior.activeDay());
        profile.setRateMinute(behavior.rate().minute());
        profile.setRateCount(behavior.rate().count());
        profile.setRobotUntil(behavior.rate().robotUntil());
        profile.setTimerAt(state.timerAt());
        return profile;
    }

    /** A view of a stored blob that leaves its position alone. */
    private static ByteBuffer view(ByteBuffer bytes) {
        return bytes.duplicate();
    }
}
