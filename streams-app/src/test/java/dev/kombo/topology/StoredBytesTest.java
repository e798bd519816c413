package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.Feedback;
import dev.kombo.attribution.LedgerState;
import dev.kombo.attribution.LedgerState.BoughtLine;
import dev.kombo.attribution.OfferLedger;
import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.OfferedPrice;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Purchase;
import dev.kombo.attribution.Return;
import dev.kombo.attribution.Shopper;
import dev.kombo.attribution.account.OutcomeBlock;
import dev.kombo.codec.FlatReader;
import dev.kombo.engine.shopper.ShopperReader;
import dev.kombo.engine.task.CompositeKey;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.experiment.Measure;
import dev.kombo.experiment.uplift.ObservedEntry;
import dev.kombo.math.StableHash;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.Cart;
import dev.kombo.profile.CategoryAffinities;
import dev.kombo.profile.EventType;
import dev.kombo.profile.History;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.RecentRevenue;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;
import dev.kombo.settings.SettingValues;
import dev.kombo.slot.FilledSlot;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What version 0.2.0 has stored is read, and stored anew as if this version had made it. */
class StoredBytesTest {
    private static final long NOW = SampleShopper.NOW;
    private static final SettingValues DEFAULTS = SettingValues.defaults();
    private static final Path NEXT = Path.of("src/test/resources/dev/kombo/topology/stored-0.3.0.txt");
    private static final AttributionSettings ATTRIBUTION = AttributionSettings.of(DEFAULTS);

    private final Map<String, byte[]> released = released();
    private final ShopperReader reader = new ShopperReader(limits(false), ATTRIBUTION);

    private static ProfileLimits limits(boolean holdings) {
        return ProfileLimits.of(DEFAULTS.with(ProfileLimits.HOLDINGS, holdings));
    }

    private static Map<String, byte[]> released() {
        try (InputStream in = StoredBytesTest.class.getResourceAsStream("stored-0.2.0.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(" "))
                    .collect(Collectors.toMap(
                            parts -> parts[0], parts -> HexFormat.of().parseHex(parts[1])));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private ShopperState read() {
        return reader.read(
                SampleShopper.KEY,
                released.get("user-profile"),
                key -> released.get("user-history"),
                key -> released.get("user-offer/" + key.substring(key.lastIndexOf(CompositeKey.SEPARATOR) + 1)));
    }

    @Test
    void shouldStoreWhatItReadAsIfItHadMadeIt() {
        ShopperState made = SampleShopper.of(limits(false), ATTRIBUTION);
        ShopperState read = read();
        assertThat(reader.profile(read)).as("before anything else is read").isEqualTo(reader.profile(made));
        assertThat(history(read)).isEqualTo(history(made));
        assertThat(made.ledger().offers()).hasSize(3);
        assertThat(read.ledger().offers())
                .extracting(reader::offer)
                .containsExactlyElementsOf(
                        made.ledger().offers().stream().map(reader::offer).toList());
        assertThat(reader.pack(read)).isEqualTo(reader.pack(made));
        ShopperState moved = reader.unpack(SampleShopper.KEY, released.get("packed"));
        assertThat(reader.pack(moved)).isEqualTo(reader.pack(made));
        ShopperState unknown = reader.create(SampleShopper.KEY);
        ShopperState unknownBefore = reader.read(
                SampleShopper.KEY,
                released.get("user-profile-new"),
                key -> released.get("user-history-new"),
                key -> null);
        assertThat(reader.profile(unknownBefore)).isEqualTo(reader.profile(unknown));
        assertThat(history(unknownBefore)).isEqualTo(history(unknown));
    }

    private byte[] history(ShopperState shopper) {
        return reader.history(shopper.behavior().history().parts());
    }

    @Test
    void shouldReadWhatItStoredAndTheTimeOfTheNextVisit() {
        ShopperState made = SampleShopper.of(limits(false), ATTRIBUTION);
        Map<String, byte[]> offers =
                made.ledger().offers().stream().collect(Collectors.toMap(OpenOffer::offerId, reader::offer));
        byte[] profile = reader.profile(made);
        ShopperState read = reader.read(
                SampleShopper.KEY,
                profile,
                key -> history(made),
                key -> offers.get(key.substring(key.lastIndexOf(CompositeKey.SEPARATOR) + 1)));
        assertThat(reader.pack(read)).isEqualTo(reader.pack(made));
        for (byte[] stored : List.of(profile, released.get("user-profile"))) {
            assertThat(ShopperState.visitDue(new FlatReader(stored))).isEqualTo(NOW + 86_400_000);
        }
    }

    @Test
    void shouldReadTheProfile() {
        ShopperState shopper = read();
        assertThat(shopper.visitSlot()).isEqualTo(12_345);
        assertThat(shopper).extracting("visitDue").isEqualTo(NOW + 86_400_000);
        assertThat(shopper.timerAt()).isEqualTo(NOW + 3_600_000);
        assertThat(shopper.enrollment()).isEqualTo(SampleShopper.ENROLLMENT);
        assertThat(shopper.sessions().hashes()).containsExactly(StableHash.of("session-1"), StableHash.of("session-2"));
        assertThat(shopper.sessions().awaits(NOW)).as("session-2").isTrue();
        Behavior behavior = shopper.behavior();
        assertThat(behavior.firstSeen()).isEqualTo(NOW - 2 * 86_400_000);
        assertThat(behavior.lastSeen()).isEqualTo(NOW - 1_000);
        assertThat(behavior.firstOnDay(NOW)).as("active on the day").isFalse();
        assertThat(behavior.count(EventType.VIEW)).isEqualTo(1);
        assertThat(behavior.count(EventType.ADD_TO_CART)).isEqualTo(2);
        assertThat(behavior.count(EventType.PURCHASE)).isEqualTo(2);
        assertThat(Stream.of(EventType.values()).mapToInt(behavior::count).sum())
                .isEqualTo(6);
        assertThat(behavior.logPriceCount()).isEqualTo(2);
        assertThat(behavior.logPriceMean()).isEqualTo((Math.log(1_400) + Math.log(900)) / 2);
        assertThat(behavior.rate().robotUntil()).isEqualTo(NOW - 100_000 + 3_600_000);
        assertThat(behavior.segments()).containsExactly("vip");
        assertThat(behavior.spend()).isEqualTo(Map.of("EUR", 4_200L, "GBP", 0L));
        assertThat(behavior.lastOfferAt()).isEqualTo(Map.of("home", NOW - 80_000));
        assertThat(behavior.categories().strongestFirst())
                .extracting(CategoryAffinities.Affinity::category)
                .containsExactly("socks", "shoes");
        assertThat(behavior.cart().lines())
                .containsExactly(new Cart.Line("shoe", 2, NOW - 90_000), new Cart.Line("H\u00fctte", 1, NOW - 95_000));
        assertThat(behavior.order().orderId()).isEqualTo("order-1");
        assertThat(behavior.order().items()).containsExactly("sock", "lace");
        assertThat(behavior.order().lineCount()).isEqualTo(3);
        assertThat(behavior.order().lastLineAt()).isEqualTo(NOW - 49_000);
        assertThat(behavior.recent().size()).isEqualTo(3);
        assertThat(behavior.recent().entity(2)).isEqualTo(item("late"));
        assertThat(behavior.recent().type(1)).isEqualTo(EventType.PURCHASE);
        assertThat(behavior.recent().time(2)).isEqualTo(NOW - 60_000);
        assertThat(behavior.knownEvents().others().size()).isEqualTo(3);
        for (String known : List.of("view-1", "cart-1", "cart-2")) {
            assertThat(behavior.knownEvents().others().contains(known))
                    .as(known)
                    .isTrue();
        }
        assertThat(behavior.knownEvents().others().contains("buy-1")).isFalse();
        assertThat(behavior.knownEvents().contains(bought("buy-1"))).isTrue();
        assertThat(behavior.knownEvents().contains(bought("buy-9"))).isFalse();
        long set = StableHash.of(Entity.ofBundle("set"));
        assertThat(behavior.exposures().size()).isEqualTo(2);
        assertThat(behavior.exposures().count(set)).isEqualTo(2);
        assertThat(behavior.exposures().firstTime(set)).isEqualTo(NOW - 80_000);
        assertThat(behavior.exposures().lastTime(set)).isEqualTo(NOW - 70_000);
    }

    @Test
    void shouldReadTheHistory() {
        History.Parts history = read().behavior().history().parts();
        assertThat(history.purchases().size()).isEqualTo(1);
        assertThat(history.purchases().lastTime(item("sock"))).isEqualTo(NOW - 50_000);
        assertThat(history.holdings().size()).isZero();
        assertThat(history.paidEventIds().size()).isEqualTo(3);
        for (String known : List.of("buy-1", "buy-2", "back-1")) {
            assertThat(history.paidEventIds().contains(known)).as(known).isTrue();
        }
        assertThat(history.revenue().days())
                .extracting(RecentRevenue.Day::currency, RecentRevenue.Day::revenueMinor)
                .containsExactlyInAnyOrder(tuple("EUR", 4_200L), tuple("GBP", 900L), tuple("GBP", -900L));
        List<ObservedEntry> observed = history.observations().entries();
        assertThat(observed)
                .extracting(entry -> entry.enrollment().experiment())
                .containsExactly("spring", "summer");
        ObservedEntry summer = observed.get(1);
        assertThat(summer.enrollment()).isEqualTo(SampleShopper.ENROLLMENT);
        assertThat(summer.revenues()).containsOnlyKeys("EUR", "GBP");
        assertThat(summer.revenues().get("GBP").priorMinor()).isEqualTo(-300);
        assertThat(summer.revenues().get("EUR").revenueMinor(Measure.REVENUE_1D))
                .isEqualTo(4_200);
        assertThat(summer.revenues().get("EUR").revenueMinor(Measure.REVENUE_28D))
                .isEqualTo(4_200);
        assertThat(summer)
                .extracting("firstOrder", "firstOrderAt", "ordersAgain")
                .containsExactly(StableHash.of("order-1"), NOW - 50_000, true);
        LedgerState credit = history.credit();
        assertThat(credit.bought())
                .containsExactly(new BoughtLine("sock", 2, 1_400, "EUR", "order-1", NOW - 50_000, Amount.NONE));
        assertThat(credit.conversions())
                .extracting(conversion -> conversion.scope().bundleId(), conversion -> conversion.quantity())
                .containsExactly(tuple("pair", 1), tuple("hats", 1));
        assertThat(credit.conversions().get(0).scope())
                .isEqualTo(new Outcome.Scope(
                        SampleShopper.ENROLLMENT.assignment(), SampleShopper.OFFER, "home", "pair", 2));
        assertThat(credit.conversions().get(0).viewThrough()).isFalse();
        assertThat(credit.conversions().get(0).convertedAt()).isEqualTo(NOW - 49_000);
        assertThat(credit.conversions().get(0).amount().revenueMinor()).isEqualTo(1_800);
        assertThat(credit.conversions().get(0).lines())
                .extracting(
                        BoughtLine::itemId,
                        BoughtLine::quantity,
                        BoughtLine::orderId,
                        BoughtLine::boughtAt,
                        line -> line.credit().revenueMinor())
                .containsExactlyInAnyOrder(
                        tuple("sock", 1, "order-1", NOW - 50_000, 1_400L),
                        tuple("lace", 2, "order-1", NOW - 49_000, 400L));
        assertThat(credit.conversions().get(1)).extracting("returned").isEqualTo(true);
        assertThat(credit.waiting())
                .containsExactly(new LedgerState.PendingFeedback(
                        new Feedback(OutcomeKind.CLICK, "click-2", "00000000000000ff", "far", NOW - 20_000),
                        ATTRIBUTION.closesAt(NOW - 20_000)));
        assertThat(credit.bundles())
                .containsExactly(new Purchase(
                        "buy-5", null, "elsewhere", null, "order-3", 1, 5_000, "EUR", NOW - 46_000, Map.of()));
    }

    @Test
    void shouldReadHoldingsWhereTheyAreKept() {
        byte[] stored = released.get("user-history-with-holdings");
        History.Parts kept = new History.Parts(limits(true)).fields(new FlatReader(stored));
        assertThat(kept.holdings().size()).isEqualTo(2);
        assertThat(kept.holdings().holds(item("sock"))).isTrue();
        assertThat(kept.holdings().holds(item("hat"))).as("was returned").isFalse();
        History.Parts not = new History.Parts(limits(false)).fields(new FlatReader(stored));
        assertThat(not.holdings().size()).isZero();
        assertThat(reader.history(not)).isEqualTo(history(read()));
        assertThat(reader.history(kept)).isEqualTo(history(SampleShopper.of(limits(true), ATTRIBUTION)));
    }

    @Test
    void shouldReadOffersWithTheFeedbackOnThem() {
        List<OpenOffer> offers = read().ledger().offers();
        assertThat(offers)
                .extracting(OpenOffer::offerId)
                .containsExactly(SampleShopper.CLOSED_OFFER, SampleShopper.OFFER, SampleShopper.NAMED_OFFER);
        OpenOffer offer = offers.get(1);
        assertThat(offer.offeredAt()).isEqualTo(NOW - 80_000);
        assertThat(offer.closesAt()).isEqualTo(NOW - 80_000 + 604_800_000);
        assertThat(offer.expiresAt()).isEqualTo(NOW - 80_000 + 600_000);
        assertThat(offer.impressedAt()).isEqualTo(NOW - 79_000);
        assertThat(offers.get(2).impressedAt()).isZero();
        assertThat(offer.isStored()).isTrue();
        assertThat(offer.placement()).isEqualTo("home");
        assertThat(offer.assignment()).isEqualTo(SampleShopper.ENROLLMENT.assignment());
        OfferedBundle set = offer.bundles().get(0);
        assertThat(set.bundleId()).isEqualTo("set");
        assertThat(set.rank()).isEqualTo(1);
        assertThat(set.priceMinor()).isEqualTo(2_700);
        assertThat(set.savingMinor()).isEqualTo(300);
        assertThat(set.currency()).isEqualTo("EUR");
        assertThat(set.members()).containsExactly(new BundleMember("shoe", 1), new BundleMember("sock", 2));
        assertThat(set.features()).containsExactly(0.5f, -1.25f, 3f);
        assertThat(set.dismissed()).isTrue();
        OfferedBundle pair = offer.bundles().get(1);
        assertThat(pair.clickedAt()).isEqualTo(NOW - 78_000);
        assertThat(pair.dismissed()).isFalse();
        assertThat(pair.converted()).isTrue();
    }

    @Test
    void shouldKeepWhatMembersCostAndWhatIsToldToBeSaved() {
        List<BundleMember> members = List.of(new BundleMember("mug", 1), new BundleMember("spoon", 2));
        OpenOffer plain = offer(members, new long[0], new long[0], List.of());
        OpenOffer split = offer(members, new long[] {900, 0}, new long[] {0, 100}, List.of());
        OfferedBundle read = bundle(reader.offer(split));
        assertThat(read.price().memberPrices()).containsExactly(900, 0);
        assertThat(read.price().personal()).isTrue();
        assertThat(read.price().statedSavingMinor()).isEqualTo(40);
        assertThat(bundle(reader.offer(plain)).price().statedSavingMinor()).isEqualTo(100);

        History.Parts bought = buySet(split);
        History.Parts again = new History.Parts(limits(false)).fields(new FlatReader(reader.history(bought)));
        assertThat(creditedMinor(again)).containsExactly(900L, 0L);
        assertThat(reader.history(again)).isEqualTo(reader.history(bought));
        History.Parts unpriced = new History.Parts(limits(false)).fields(new FlatReader(reader.history(buySet(plain))));
        assertThat(creditedMinor(unpriced)).containsExactly(300L, 600L);
    }

    @Test
    void shouldKeepHowSlotsAreFilled() {
        List<BundleMember> members = List.of(new BundleMember("tea", 1), new BundleMember("cup", 2));
        FilledSlot slot = new FilledSlot(
                "drink from", List.of(members.get(1)), List.of(new FilledSlot.Alternative("glass", "cup", 850)));
        OpenOffer slotless = offer(members, new long[] {500, 400}, new long[] {50, 50}, List.of());
        assertThat(bundle(reader.offer(slotless)).slots()).isEmpty();
        OpenOffer slotted = offer(members, new long[] {500, 400}, new long[] {50, 50}, List.of(slot));
        assertThat(bundle(reader.offer(slotted)).slots()).containsExactly(slot);
        OpenOffer unpriced = offer(members, new long[0], new long[0], List.of(slot));
        assertThat(bundle(reader.offer(unpriced)).slots())
                .as("without prices of members")
                .containsExactly(slot);

        byte[] bought = reader.history(buySet(slotted));
        History.Parts again = new History.Parts(limits(false)).fields(new FlatReader(bought));
        assertThat(reader.history(again)).isEqualTo(bought);
        Return back = new Return("back", "glass", null, "order", 1, 0, null, NOW + 2);
        assertThat(new OfferLedger(ATTRIBUTION, new Shopper("ann", null), again.credit())
                        .returned(back)
                        .outcomes())
                .as("the share of one of two cups")
                .extracting(outcome -> outcome.bought().amount().revenueMinor())
                .containsExactly(-200L);
    }

    @Test
    void shouldKeepWhatWasKnownOfAnObservedShopper() {
        History.Parts parts = new History.Parts(limits(false));
        Covariates known = new Covariates(9_000, 2, 30, 4, 60, 1, 5);
        parts.observations().enter(SampleShopper.ENROLLMENT, Map.of("EUR", 1_250L), known);
        parts.observations().earned("EUR", 700, NOW, NOW);
        parts.observations().returned(NOW, NOW);
        parts.observations().dismissed(SampleShopper.ENROLLMENT.experiment(), NOW);
        byte[] stored = reader.history(parts);
        History.Parts again = new History.Parts(limits(false)).fields(new FlatReader(stored));
        ObservedEntry entry = again.observations().entries().get(0);
        assertThat(entry.known()).isEqualTo(known);
        assertThat(entry.revenues().get("EUR").revenueMinor(Measure.MARGIN_28D)).isEqualTo(700);
        assertThat(entry).extracting("returned", "dismissed").containsExactly(true, true);
        assertThat(reader.history(again)).isEqualTo(stored);
    }

    @Test
    void shouldKeepWhatWasSwappedInABundleThatIsNotCreditedYet() {
        History.Parts parts = new History.Parts(limits(false));
        byte[] none = reader.history(parts);
        Purchase whole = new Purchase("buy", null, "set", null, "order", 1, 900, "GBP", NOW, Map.of("cup", "mug"));
        parts.credit().bundles().add(whole);
        byte[] stored = reader.history(parts);
        assertThat(new History.Parts(limits(false))
                        .fields(new FlatReader(stored))
                        .credit()
                        .bundles())
                .containsExactly(whole);
        parts.credit().bundles().clear();
        assertThat(reader.history(parts)).isEqualTo(none);
    }

    /**
     * Once a version is released, its lines are never changed. Written anew by {@code -Dkombo.layouts.write=true}, for a
     * version that is not.
     */
    @Test
    void shouldStoreTheSameBytesAsAtTheLastCommit() throws IOException {
        ShopperState shopper = SampleShopper.of(limits(false), ATTRIBUTION);
        List<String> now = new ArrayList<>();
        now.add("# What version 0.3.0 stores of SampleShopper, of an offer with a slot, and of outcomes.");
        now.add(line("user-profile", reader.profile(shopper)));
        now.add(line("user-history", history(shopper)));
        now.add(line("user-history-with-holdings", history(SampleShopper.of(limits(true), ATTRIBUTION))));
        for (OpenOffer open : shopper.ledger().offers()) {
            now.add(line("user-offer/" + open.offerId(), reader.offer(open)));
        }
        List<BundleMember> members = List.of(new BundleMember("tea", 1), new BundleMember("cup", 2));
        FilledSlot slot = new FilledSlot(
                "drink from", List.of(members.get(1)), List.of(new FilledSlot.Alternative("glass", "cup", 850)));
        OpenOffer slotted = offer(members, new long[] {500, 400}, new long[] {50, 50}, List.of(slot));
        now.add(line("user-offer/with-a-slot", reader.offer(slotted)));
        now.add(line("packed", reader.pack(shopper)));
        now.add(line("report-pending", OutcomeBlock.of(outcomes())));
        if (Boolean.getBoolean("kombo.layouts.write")) {
            Files.write(NEXT, now);
        }
        assertThat(now).isEqualTo(Files.readAllLines(NEXT));
    }

    private static String line(String name, byte[] stored) {
        return name + " " + HexFormat.of().formatHex(stored);
    }

    private static OfferedBundle bundle(byte[] offer) {
        return OpenOffer.Content.read(new FlatReader(offer)).bundles().get(0);
    }

    private static OpenOffer offer(List<BundleMember> members, long[] prices, long[] savings, List<FilledSlot> slots) {
        boolean divided = prices.length > 0;
        OfferedPrice price = new OfferedPrice(
                900, 100, OfferedPrice.stated(900, 100, divided ? 940 : 2_000), "GBP", divided, prices, savings);
        return new OpenOffer(
                "00000000000000aa",
                "home",
                SampleShopper.ENROLLMENT.assignment(),
                NOW,
                NOW + 600_000,
                NOW + 604_800_000,
                List.of(new OfferedBundle("set", 1, price, members, slots, OfferedBundle.NO_FEATURES)));
    }

    private static History.Parts buySet(OpenOffer offer) {
        History.Parts parts = new History.Parts(limits(false));
        OfferLedger ledger = new OfferLedger(ATTRIBUTION, new Shopper("ann", null), parts.credit());
        ledger.offered(offer, "view");
        ledger.purchase(new Purchase("buy", null, "set", offer.offerId(), "order", 1, 900, "GBP", NOW + 1, Map.of()));
        return parts;
    }

    private static List<Long> creditedMinor(History.Parts parts) {
        return parts.credit().conversions().get(0).lines().stream()
                .map(line -> line.credit().revenueMinor())
                .toList();
    }

    @Test
    void shouldReadAndWriteOutcomesThatWaitForTheReport() {
        List<Outcome> told = outcomes();
        assertReads(told, OutcomeBlock.of(told));
        assertReads(told, released.get("report-pending"));
    }

    private static void assertReads(List<Outcome> told, byte[] block) {
        List<Outcome> read = OutcomeBlock.outcomes(block);
        assertThat(read).hasSameSizeAs(told);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i))
                    .usingRecursiveComparison()
                    .ignoringFields("outcomeId", "shopper", "eventId", "scope.offerId", "scope.rank", "bought.orderId")
                    .isEqualTo(told.get(i));
        }
    }

    @Test
    void shouldReadOutcomesOfBeforeTheirMeasuresWereKept() {
        assertThat(OutcomeBlock.outcomes(released.get("report-pending-before-comparisons")))
                .singleElement()
                .satisfies(outcome -> {
                    assertThat(outcome.kind()).isEqualTo(OutcomeKind.MATURED);
                    assertThat(outcome.experiment()).isEqualTo("salt");
                    assertThat(outcome.matured()).as("was counted at once").isNull();
                });
    }

    /** A click of 0.2.0 did not say whether it was the first on its offer. */
    private static Outcome asReleased(Outcome click) {
        return new Outcome(
                click.outcomeId(),
                click.kind(),
                click.shopper(),
                click.scope(),
                click.eventId(),
                click.eventTime(),
                click.bundleIds(),
                Outcome.Bought.NOTHING,
                click.plannedArms(),
                click.rule(),
                click.matured());
    }

    private static List<Outcome> outcomes() {
        Shopper ann = new Shopper("ann", null);
        Enrollment enrollment = SampleShopper.ENROLLMENT;
        List<Arm> arms =
                List.of(new Arm("control", Arm.Kind.HOLDOUT, 0.25), new Arm("treatment", Arm.Kind.TREATMENT, 0.75));
        List<Outcome> outcomes = new ArrayList<>();
        outcomes.add(Outcome.entered(ann, enrollment, arms, null, "view-0"));
        outcomes.add(Outcome.entered(ann, enrollment, List.of(), null, "view-0"));
        outcomes.add(Outcome.active(ann, enrollment, "view-0", NOW));
        SampleShopper.shop(new OfferLedger(ATTRIBUTION, ann, LedgerState.empty()))
                .forEach(outcome -> outcomes.add(outcome.kind() == OutcomeKind.CLICK ? asReleased(outcome) : outcome));
        outcomes.add(Outcome.purchased(
                ann,
                enrollment,
                new Purchase("buy-1", "sock", null, null, "order-1", 3, 1_400, "EUR", NOW - 50_000, Map.of())));
        outcomes.add(
                Outcome.refunded(ann, enrollment, new Return("back-1", "hat", null, null, 1, 900, "GBP", NOW - 1_000)));
        outcomes.add(Outcome.matured(
                ann,
                enrollment,
                new MaturedMeasure("revenue1d", List.of(new MaturedMeasure.Value("EUR", 950.5, -20)), null, List.of()),
                NOW));
        outcomes.add(Outcome.entered(new Shopper("bob", null), enrollment, arms, null, "view-9"));
        return outcomes;
    }

    private static ShopperEvent bought(String id) {
        return SampleShopper.event(id, EventType.PURCHASE, "sock", 1, ShopperEvent.NO_PRICE, null, NOW);
    }

    private static long item(String id) {
        return StableHash.of(Entity.ofItem(id));
    }
}
