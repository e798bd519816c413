package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.experiment.Covariates;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.uplift.ObservedEntry;
import dev.kombo.math.StableHash;
import dev.kombo.settings.SettingValues;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class BehaviorTest {
    private static final long NOW = 1_700_000_000_000L;
    private static final long DAY = 86_400_000L;

    private final Behavior behavior = new Behavior(ProfileLimits.of(SettingValues.defaults()));

    private static long hash(String itemId) {
        return StableHash.of(Entity.ofItem(itemId));
    }

    @Test
    void shouldMoveUnitsFromTheCartToWhatIsOwnedWhenBought() {
        behavior.record(Events.item(EventType.ADD_TO_CART, "a", 3, 1000, NOW));
        behavior.record(Events.item(EventType.REMOVE_FROM_CART, "a", 1, 1000, NOW + 1));
        behavior.record(Events.item(EventType.PURCHASE, "a", 1, 1000, NOW + 2));

        assertThat(behavior.cart().lines()).extracting(Cart.Line::quantity).containsExactly(1);
        assertThat(behavior.purchases().count(hash("a"))).isEqualTo(1);
        assertThat(behavior.purchases().lastTime(hash("a"))).isEqualTo(NOW + 2);
        assertThat(behavior.count(EventType.ADD_TO_CART)).isEqualTo(1);
        assertThat(Stream.of(EventType.values()).mapToInt(behavior::count).sum())
                .isEqualTo(3);
    }

    @Test
    void shouldTakeBackWhatWasBoughtWhenReturned() {
        behavior.record(Events.item(EventType.PURCHASE, "a", 2, 1000, NOW));
        behavior.record(Events.item(EventType.RETURN, "a", 1, 1000, NOW + DAY));

        assertThat(behavior.purchases().count(hash("a"))).isZero();
        assertThat(behavior.spend()).containsEntry("GBP", 1000L);
    }

    @Test
    void shouldHaveTheMembersWhenABundleIsBoughtWhole() {
        List<BundleMember> members = List.of(new BundleMember("a", 2), new BundleMember("c", 1));
        behavior.record(Events.item(EventType.ADD_TO_CART, "a", 3, 1000, NOW));
        behavior.record(Events.bundle(EventType.PURCHASE, "b", NOW + 1), members);
        assertThat(behavior.purchases().lastTime(StableHash.of(Entity.ofItem("a"))))
                .isEqualTo(NOW + 1);
        assertThat(behavior.cart().lines())
                .singleElement()
                .satisfies(line -> assertThat(line.quantity()).isEqualTo(1));

        behavior.record(Events.bundle(EventType.RETURN, "b", NOW + 2), members);
        assertThat(behavior.purchases().size()).isZero();
    }

    @Test
    void shouldRememberABundleWhenItIsBoughtAndForgetItWhenReturned() {
        long bundle = StableHash.of(Entity.ofBundle("b"));
        behavior.record(Events.bundle(EventType.PURCHASE, "b", NOW));
        assertThat(behavior.purchases().lastTime(bundle)).isEqualTo(NOW);
        assertThat(behavior.spend()).containsEntry("GBP", 1500L);

        behavior.record(Events.bundle(EventType.RETURN, "b", NOW + 1));
        assertThat(behavior.purchases().count(bundle)).isZero();
    }

    @Test
    void shouldKeepTheMeanOfLogPricesWhenItemsAreBought() {
        behavior.record(Events.item(EventType.PURCHASE, "a", 1, 100, NOW));
        behavior.record(Events.item(EventType.PURCHASE, "b", 1, 10_000, NOW));
        behavior.record(Events.item(EventType.PURCHASE, "free", 1, 0, NOW));
        behavior.record(Events.item(EventType.PURCHASE, "unpriced", 1, ShopperEvent.NO_PRICE, NOW));

        assertThat(behavior.logPriceCount()).isEqualTo(2);
        assertThat(behavior.logPriceMean()).isCloseTo(Math.log(1000), within(1e-9));
    }

    @Test
    void shouldNotRewindRecencyWhenAnEventIsLate() {
        behavior.record(Events.item(EventType.VIEW, "a", NOW));
        behavior.interacted(hash("a"), EventType.VIEW, "tea", NOW);
        float before = behavior.categories().strongestFirst().get(0).weight();
        behavior.record(Events.item(EventType.VIEW, "b", NOW - 60 * DAY));

        assertThat(behavior.lastSeen()).isEqualTo(NOW);
        assertThat(behavior.firstSeen()).isEqualTo(NOW - 60 * DAY);
        assertThat(behavior.categories().strongestFirst().get(0).weight()).isEqualTo(before);
    }

    @Test
    void shouldLetInterestsDecayWhenTimePasses() {
        behavior.record(Events.item(EventType.VIEW, "a", NOW));
        behavior.interacted(hash("a"), EventType.PURCHASE, "tea", NOW);
        behavior.record(Events.item(EventType.VIEW, "b", NOW + 30 * DAY));

        assertThat(behavior.categories().strongestFirst().get(0).weight()).isCloseTo(0.5f, within(1e-5f));
    }

    @Test
    void shouldKnowARepeatedEventWhenItWasRecorded() {
        ShopperEvent event = Events.item(EventType.VIEW, "a", NOW);
        assertThat(behavior.knownEvents().contains(event)).isFalse();
        behavior.record(event);
        assertThat(behavior.knownEvents().contains(event)).isTrue();
    }

    @Test
    void shouldTellTheFirstEventOfADayOnlyWhenTheDayIsNew() {
        assertThat(behavior.firstOnDay(NOW)).isTrue();
        assertThat(behavior.firstOnDay(NOW + 1)).isFalse();
        assertThat(behavior.firstOnDay(NOW + DAY)).isTrue();
        assertThat(behavior.firstOnDay(NOW)).isFalse();
    }

    @Test
    void shouldStateWhatIsKnownWhenAShopperIsAssigned() {
        assertThat(behavior.covariates(NOW)).isEqualTo(Covariates.BLANK);

        behavior.record(Events.item(EventType.VIEW, "a", 1, 1000, NOW - 40 * DAY));
        behavior.record(Events.item(EventType.PURCHASE, "a", 1, 1000, NOW - 35 * DAY));
        behavior.record(Events.item(EventType.ADD_TO_CART, "a", 2, 1000, NOW - 6 * DAY));
        behavior.record(Events.item(EventType.PURCHASE, "a", 2, 1000, NOW - 6 * DAY));
        behavior.record(Events.item(EventType.PURCHASE, "c", 1, 500, NOW - 4 * DAY));
        behavior.record(Events.item(EventType.PURCHASE, "d", 1, 700, NOW));
        assertThat(behavior.covariates(NOW)).isEqualTo(new Covariates(4200, 4, 1, 1, 40, 2, 4));
    }

    @Test
    void shouldStoreWhatWasKnownOfEachObservedShopper() {
        ProfileLimits limits = ProfileLimits.of(SettingValues.defaults());
        Enrollment enrollment = new Enrollment("spring", "a", 1, NOW);
        Covariates known = new Covariates(4200, 4, 1, 1, 40, 2, 4);
        History.Parts parts = new History.Parts(limits);
        parts.observations().enter(enrollment, Map.of("GBP", 5L), null);
        parts.observations().enter(enrollment, Map.of(), known);

        History.Parts read = new History.Parts(limits).fields(new FlatReader(stored(parts)));
        assertThat(read.observations().entries())
                .extracting(ObservedEntry::known)
                .containsExactly(null, known);
        assertThat(stored(read)).isEqualTo(stored(parts));
    }

    private static byte[] stored(History.Parts parts) {
        FlatWriter out = new FlatWriter();
        parts.fields(out);
        return out.toBytes();
    }
}
