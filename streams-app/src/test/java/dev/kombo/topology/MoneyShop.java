package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.ConvertedBundle;
import dev.kombo.attribution.LedgerState;
import dev.kombo.attribution.LedgerState.BoughtLine;
import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Purchase;
import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.EventOutputs.Login;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.math.StableHash;
import dev.kombo.price.PriceRule;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.RuleSettings;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/** A shop drawn from a seed whose every event is held against {@link MoneyBooks}. */
final class MoneyShop {
    private static final long START = 1_767_600_000_000L;
    private static final long WINDOW = 1_800_000;
    private static final String[] ITEMS = {"a", "b", "c", "d", "e"};
    private static final String[] BUNDLES = {"ab", "bc", "cde", "ad", "ae"};

    /** What an event is about. */
    private record Subject(String itemId, String bundleId, String offerId, String orderId) {}

    /** What is paid for it. */
    private record Line(int quantity, long unitPriceMinor, String currency) {}

    private final Random random;
    private final InProcessEngine engine;
    final MoneyBooks books = new MoneyBooks();
    private final List<ShopperEvent> sent = new ArrayList<>();
    private final List<String> offerIds = new ArrayList<>();
    private final Map<String, Set<String>> known = new HashMap<>();
    final Map<OutcomeKind, Integer> met = new EnumMap<>(OutcomeKind.class);
    private long clock = START;
    private int events;
    private final List<ShopperEvent> boughtLater = new ArrayList<>();
    int duplicates;
    int moved;
    int backBefore;
    int backTooMany;
    int backInOtherCurrency;
    int history;
    int completed;

    MoneyShop(long seed) {
        random = new Random(seed);
        KomboConfig config = KomboConfig.of(Map.of(
                ServiceSettings.REGISTRY_URL.name(), "mock://money",
                OfferSettings.TRIGGERS.name(), "VIEW",
                OfferSettings.INTERVAL.name(), "0",
                OfferSettings.SIZE.name(), "3",
                RuleSettings.FREQUENCY_CAP.name(), "1000",
                RuleSettings.COOL_DOWN.name(), "0",
                ShopperSettings.ROBOT_RATE.name(), "1000000",
                TrainingSettings.SAMPLING_RATE.name(), "0",
                IndexSettings.FACTORS.name(), "4",
                AttributionSettings.WINDOW.name(), Long.toString(WINDOW)));
        EngineSettings settings = new EngineSettings(config);
        LiveModels models = new LiveModels(settings, settings.get(ServiceSettings.TOPIC_PARTITIONS));
        stock(models);
        // Wide enough that nothing gives way: what is lost by bounds is another test's.
        engine = new InProcessEngine(
                settings,
                models,
                new ProfileLimits(10, 10_000, Long.MAX_VALUE / 2, 10_000, Long.MAX_VALUE / 2, 50, 50, false, Set.of()),
                new AttributionSettings(WINDOW, 1000, 10_000, 10_000, 10_000));
    }

    private static void stock(LiveModels models) {
        for (String item : ITEMS) {
            models.writableCatalog().putItem(new Item(item, item, "all", 500, "GBP", Item.UNKNOWN, Item.UNLIMITED));
        }
        for (String bundle : BUNDLES) {
            List<BundleMember> members = new ArrayList<>();
            for (int i = 0; i < bundle.length(); i++) {
                members.add(new BundleMember(bundle.substring(i, i + 1), bundle.equals("bc") && i == 1 ? 2 : 1));
            }
            models.writableCatalog().putBundle(bundle(bundle, members));
        }
    }

    /** Two may be completed. */
    private static Bundle bundle(String id, List<BundleMember> members) {
        return new Bundle(
                id,
                id,
                members,
                900,
                1000,
                id.equals("ae") ? "EUR" : "GBP",
                Item.UNKNOWN,
                Item.UNLIMITED,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Set.of(),
                Bundle.Origin.CURATED,
                START,
                Bundle.PriceLimits.NONE,
                Item.UNKNOWN,
                PriceRule.NONE,
                List.of(),
                new Bundle.SaleTerms(id.contains("c"), Set.of()));
    }

    /** Sends one event and holds all that came of it against the books. */
    void send(ShopperEvent event) {
        handle(event);
        String key = event.shopperKey();
        Map<String, List<ConvertedBundle>> conversions = new HashMap<>();
        engine.shoppers.forEach(
                (name, state) -> conversions.put(name, state.ledger().state().conversions()));
        books.check(conversions);
        books.checkNothingIsLeftOut(
                key, engine.shopper(key).ledger().offers(), conversions.getOrDefault(key, List.of()));
    }

    /** Brings everything back; what the ledger did not keep is taken from other orders by now. */
    void giveEverythingBack() {
        for (MoneyBooks.Bought bought : books.purchases()) {
            if (bought.left() > 0) {
                handle(back(bought, bought.left()));
            }
        }
    }

    private void handle(ShopperEvent event) {
        String key = event.shopperKey();
        ShopperState shopper = engine.shopper(key);
        boolean fresh = known.computeIfAbsent(key, unused -> new HashSet<>()).add(event.eventId());
        if (fresh) {
            books.book(event, countedIn(event, shopper));
            history += event.history() ? 1 : 0;
        } else {
            duplicates++;
        }
        assertThat(engine.handle(event)).isEqualTo(fresh);
        for (OpenOffer offer : engine.offers) {
            books.offered(key, offer);
            offerIds.add(offer.offerId());
            for (OfferedBundle bundle : offer.bundles()) {
                completed += bundle.members().size() < bundle.bundleId().length() ? 1 : 0;
            }
        }
        for (Login login : engine.moved) {
            String session = ShopperKey.ofSession(login.sessionId());
            books.moved(session, key);
            known.get(key).addAll(known.getOrDefault(session, Set.of()));
            known.remove(session);
            moved++;
        }
        for (Outcome outcome : engine.outcomes) {
            met.merge(outcome.kind(), 1, Integer::sum);
        }
        books.record(engine.outcomes);
    }

    /** The experiment whose arm counts what the event is about: as far as is known, it was bought in the experiment. */
    private static String countedIn(ShopperEvent event, ShopperState shopper) {
        if (shopper.enrollment() == null || event.history() || event.entity() == null) {
            return null;
        }
        long boughtAt = event.time();
        if (event.type() == EventType.RETURN) {
            long known = shopper.behavior().purchases().lastTime(StableHash.of(event.entity()));
            boughtAt = known == Long.MIN_VALUE ? boughtAt : known;
        }
        return boughtAt < shopper.enrollment().enteredAt()
                ? null
                : shopper.enrollment().experiment();
    }

    /** Draws an event and sends it; times are shuffled, and one in ten has been sent before. */
    void play() {
        clock += random.nextInt(40_000);
        if (!sent.isEmpty() && random.nextInt(10) == 0) {
            repeat(sent.get(random.nextInt(sent.size())));
            return;
        }
        ShopperEvent event = next();
        if (event != null) {
            sent.add(event);
            send(event);
        }
    }

    private ShopperEvent next() {
        if (!boughtLater.isEmpty() && random.nextInt(4) == 0) {
            return boughtLater.remove(boughtLater.size() - 1);
        }
        if (random.nextInt(8) == 0) {
            return backBeforeBought();
        }
        return random.nextInt(8) == 0 ? back() : draw();
    }

    /** A return of something that is bought later, where nothing like it is there to be taken instead. */
    private ShopperEvent backBeforeBought() {
        ShopperEvent purchase = draw();
        MoneyBooks.Bought bought = new MoneyBooks.Bought(purchase, "", 0);
        if (purchase.type() != EventType.PURCHASE || !takesFromNoOther(bought, 1)) {
            return purchase;
        }
        boughtLater.add(purchase);
        backBefore++;
        return back(bought, 1);
    }

    /** Sends an event again; that of a session that was handed over since, in the user's name. */
    private void repeat(ShopperEvent event) {
        for (String key : List.copyOf(known.keySet())) {
            if (known.get(key).contains(event.eventId())) {
                send(ShopperKey.isSession(key) ? event : ofUser(event, ShopperKey.idOf(key)));
            }
        }
    }

    private static ShopperEvent ofUser(ShopperEvent event, String userId) {
        return new ShopperEvent(
                event.eventId(),
                userId,
                event.sessionId(),
                event.type(),
                event.itemId(),
                event.bundleId(),
                event.offerId(),
                event.orderId(),
                event.quantity(),
                event.unitPriceMinor(),
                event.currency(),
                event.rating(),
                event.placement(),
                event.time(),
                event.attributes(),
                event.history(),
                ShopperEvent.NOT_STATED);
    }

    private ShopperEvent draw() {
        EventType type = type();
        boolean bought = type == EventType.PURCHASE;
        boolean bundle = type == EventType.OFFER_CLICK || (bought && random.nextInt(4) == 0);
        boolean item = !bundle && (bought || type == EventType.VIEW);
        boolean offer = type.offerFeedback() || random.nextInt(5) == 0;
        Subject subject = new Subject(
                item ? ITEMS[random.nextInt(ITEMS.length)] : null,
                bundle ? BUNDLES[random.nextInt(BUNDLES.length)] : null,
                offer ? offerId() : null,
                bought ? "order-" + events : null);
        int price = random.nextInt(8);
        Line line = bought && price > 0
                ? new Line(1 + random.nextInt(3), unitPrice(), price == 1 ? "EUR" : "GBP")
                : new Line(1 + random.nextInt(3), ShopperEvent.NO_PRICE, null);
        String user = random.nextInt(3) == 0 ? null : "user-" + random.nextInt(2);
        String session = user == null || random.nextInt(3) == 0 ? "visit-" + random.nextInt(3) : null;
        return event(type, user, session, subject, line);
    }

    /** The least and the most that is accepted, too. */
    private long unitPrice() {
        return random.nextInt(12) == 0 ? EventRules.UNIT_PRICE_MAX.defaultValue() : random.nextInt(1_000);
    }

    private EventType type() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> EventType.VIEW;
            case 2, 3 -> EventType.OFFER_IMPRESSION;
            case 4 -> EventType.OFFER_CLICK;
            case 5 -> EventType.OFFER_DISMISSAL;
            default -> EventType.PURCHASE;
        };
    }

    private String offerId() {
        int count = offerIds.size();
        return count == 0 || random.nextInt(20) == 0
                ? "nobody's"
                : offerIds.get(count - 1 - random.nextInt(Math.min(8, count)));
    }

    /** A return of something bought that is not back yet, by whoever has it; null where there is none. */
    private ShopperEvent back() {
        List<MoneyBooks.Bought> purchases = books.purchases();
        purchases.removeIf(bought -> bought.left() == 0);
        if (purchases.isEmpty()) {
            return null;
        }
        MoneyBooks.Bought bought = purchases.get(random.nextInt(purchases.size()));
        int quantity = 1 + random.nextInt(bought.left()) + (random.nextInt(2) == 0 ? random.nextInt(3) : 0);
        if (!takesFromNoOther(bought, quantity)) {
            return null;
        }
        backTooMany += quantity > bought.left() ? 1 : 0;
        return back(bought, quantity);
    }

    private ShopperEvent back(MoneyBooks.Bought bought, int quantity) {
        ShopperEvent purchase = bought.event;
        String id = ShopperKey.idOf(bought.owner);
        boolean session = ShopperKey.isSession(bought.owner);
        String currency = purchase.currency();
        if (purchase.priced() && random.nextInt(6) == 0) {
            currency = currency.equals("GBP") ? "EUR" : "GBP";
            backInOtherCurrency++;
        }
        return event(
                EventType.RETURN,
                session ? null : id,
                session ? id : null,
                new Subject(purchase.itemId(), purchase.bundleId(), null, purchase.orderId()),
                new Line(quantity, purchase.unitPriceMinor(), currency));
    }

    /**
     * What the ledger did not keep is taken from other orders, on purpose. The books follow orders, so a return must
     * find its own, or nothing like it.
     */
    private boolean takesFromNoOther(MoneyBooks.Bought bought, int quantity) {
        ShopperEvent purchase = bought.event;
        LedgerState state = engine.shopper(bought.owner).ledger().state();
        boolean keeps = engine.shopper(bought.owner).ledger().nextDue() > clock;
        int own = 0;
        int others = 0;
        List<BoughtLine> credited = new ArrayList<>();
        for (ConvertedBundle conversion : state.conversions()) {
            if (purchase.itemId() != null) {
                credited.addAll(conversion.lines());
            } else if (conversion.scope().bundleId().equals(purchase.bundleId())) {
                boolean ofOrder = conversion.lines().get(0).orderId().equals(purchase.orderId());
                own += ofOrder ? conversion.quantity() : 0;
                others += ofOrder ? 0 : 1;
            }
        }
        for (BoughtLine line : credited) {
            boolean ofOrder = line.orderId().equals(purchase.orderId());
            own += ofOrder ? line.quantity() : 0;
            others += !ofOrder && line.itemId().equals(purchase.itemId()) ? 1 : 0;
        }
        for (BoughtLine line : state.bought()) {
            boolean ofOrder = line.orderId().equals(purchase.orderId());
            own += ofOrder && keeps ? line.quantity() : 0;
            others += !ofOrder && line.itemId().equals(purchase.itemId()) ? 1 : 0;
        }
        for (Purchase kept : state.bundles()) {
            boolean ofOrder = kept.orderId().equals(purchase.orderId());
            own += ofOrder && keeps ? kept.quantity() : 0;
            others += ofOrder ? 0 : 1;
        }
        return own >= quantity || others == 0;
    }

    private ShopperEvent event(EventType type, String user, String session, Subject subject, Line line) {
        return new ShopperEvent(
                "e" + events++,
                user,
                session,
                type,
                subject.itemId(),
                subject.bundleId(),
                subject.offerId(),
                subject.orderId(),
                line.quantity(),
                line.unitPriceMinor(),
                line.currency(),
                Double.NaN,
                null,
                clock - (random.nextInt(4) == 0 ? random.nextInt(120_000) : 0),
                Map.of(),
                type == EventType.PURCHASE && random.nextInt(20) == 0,
                ShopperEvent.NOT_STATED);
    }
}
