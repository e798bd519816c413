package dev.kombo.serde;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.Cart;
import dev.kombo.profile.CategoryAffinities;
import dev.kombo.profile.EventType;
import dev.kombo.profile.KnownEvents;
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
import dev.kombo.tracking.LedgerState;
import dev.kombo.tracking.OfferLedger;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What is kept of a shopper: store to domain and back. */
public final class ProfileMapper {
    private final ProfileLimits limits;
    private final AttributionSettings attribution;

    /** A mapper that bounds what it reads by the given limits. */
    public ProfileMapper(ProfileLimits limits, AttributionSettings attribution) {
        this.limits = limits;
        this.attribution = attribution;
    }

    /** A shopper of whom nothing is known yet. */
    public ShopperState create(String shopperKey) {
        return new ShopperState(
                new Behavior(limits),
                new OfferLedger(attribution, ShopperKey.shopper(shopperKey), LedgerState.empty()),
                null,
                0);
    }

    /** The stored shopper in domain terms. */
    public ShopperState toDomain(String shopperKey, UserProfile profile) {
        dev.kombo.schema.Enrollment stored = profile.getEnrollment();
        Enrollment enrollment = stored == null
                ? null
                : new Enrollment(
                        stored.getExperiment(), stored.getArm(), stored.getStrategyVersion(), stored.getEnteredAt());
        ShopperState state = new ShopperState(
                behavior(profile),
                new OfferLedger(attribution, ShopperKey.shopper(shopperKey), LedgerMapper.toDomain(profile)),
                enrollment,
                profile.getTimerAt());
        ObservationMapper.toDomain(profile, state);
        state.sessions().restore(view(profile.getSessions()));
        return state;
    }

    private Behavior behavior(UserProfile profile) {
        Behavior behavior = new Behavior(
                RecentInteractions.read(view(profile.getRecent()), limits.recentInteractions()),
                new KnownEvents(
                        RecentEventIds.read(
                                view(profile.getPaidEvents()), limits.paidEventIds(), limits.paidEventIdAge()),
                        RecentEventIds.read(
                                view(profile.getSeenEvents()), limits.recentEventIds(), limits.eventIdAge())),
                TimedCounts.read(view(profile.getPurchases()), limits.purchasedItems()),
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
        behavior.factors(Floats.fromBuffer(profile.getVector()));
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

    /** The shopper as stored. */
    public UserProfile toAvro(ShopperState state) {
        Behavior behavior = state.behavior();
        UserProfile profile = new UserProfile();
        profile.setVector(Floats.toBuffer(behavior.factors()));
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
        profile.setPaidEvents(behavior.knownEvents().paid().write());
        profile.setSessions(state.sessions().write());
        profile.setPurchases(behavior.purchases().write());
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
        LedgerMapper.toAvro(state.ledger().state(), profile);
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
        ObservationMapper.toAvro(state, profile);
        return profile;
    }

    /** A view of a stored blob that leaves its position alone. */
    private static ByteBuffer view(ByteBuffer bytes) {
        return bytes.duplicate();
    }
}
