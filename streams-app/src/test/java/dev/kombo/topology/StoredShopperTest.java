package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.engine.OfferSettings;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.Cart;
import dev.kombo.profile.History;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperState;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.UserProfile;
import dev.kombo.serde.ProfileLayout;
import dev.kombo.serde.ProfileMapper;
import dev.kombo.settings.SettingValues;
import dev.kombo.tracking.AttributionSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is stored of a shopper: apart what changes apart, read only where it is needed, whichever version wrote it. */
class StoredShopperTest {
    private static final String KEY = "u:user";

    @TempDir
    Path stateDir;

    private final ProfileLimits limits = ProfileLimits.of(SettingValues.defaults());
    private final AttributionSettings attribution = AttributionSettings.of(SettingValues.defaults());
    private final ProfileLayout layout = new ProfileLayout(limits, attribution);
    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = new EngineDriver(stateDir, Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
        engine.item("a", 1000);
        engine.item("b", 2000);
        engine.bundle("ab", 2700, "a", "b");
    }

    @AfterEach
    void close() {
        engine.close();
    }

    @Test
    void shouldSplitAProfileOfTheFirstVersionWhenItIsTouchedAndKnowAllOfIt() {
        BundleOffer offer = offeredAndBought();
        UserProfile before = engine.profile(KEY);
        engine.send(seen(offer));
        UserProfile expected = engine.profile(KEY);
        engine.close();

        open();
        byte[] whole = engine.value(UserProfile.class).serializer().serialize("any", before);
        engine.<byte[]>store(StoreNames.USER_PROFILE).put(KEY, whole);
        assertThat(engine.profile(KEY)).isEqualTo(before);
        engine.send(seen(offer));
        assertThat(engine.profile(KEY)).isEqualTo(expected);
        assertThat(engine.<byte[]>store(StoreNames.USER_PROFILE).get(KEY)).hasSizeLessThan(whole.length);
        assertThat(engine.contents(StoreNames.USER_OFFER)).hasSize(1);
        assertThat(engine.contents(StoreNames.USER_HISTORY)).hasSize(1);
    }

    @Test
    void shouldReadHistoryAndOffersOnlyWhenAskedForThem() {
        offeredAndBought();
        byte[] stored = engine.<byte[]>store(StoreNames.USER_PROFILE).get(KEY);
        AtomicInteger reads = new AtomicInteger();
        ProfileMapper mapper = new ProfileMapper(limits, attribution);
        ShopperState shopper = layout.read(
                KEY,
                stored,
                () -> {
                    reads.incrementAndGet();
                    return mapper.history(
                            engine.<UserProfile>store(StoreNames.USER_HISTORY).get(KEY));
                },
                offer -> {
                    throw new AssertionError("nobody asked for the offer " + offer);
                });
        assertThat(shopper.behavior().knownEvents().contains("another")).isFalse();
        assertThat(shopper.ledger().nextDue()).isNotEqualTo(Long.MAX_VALUE);
        assertThat(shopper.observationsDue()).isNotEqualTo(Long.MAX_VALUE);
        assertThat(layout.write(shopper)).isEqualTo(stored);
        assertThat(reads).hasValue(0);

        assertThat(shopper.behavior().knownEvents().contains("buy")).isTrue();
        assertThat(shopper.behavior().purchases().size()).isEqualTo(1);
        assertThat(reads).hasValue(1);
        assertThat(shopper.behavior().history().mayHaveChanged()).isFalse();
        assertThat(layout.write(shopper)).isEqualTo(stored);
    }

    @Test
    void shouldReadTheFirstLayoutWithoutItsFactorsAndReplays() {
        byte[] first = HexFormat.of()
                .parseHex(
                        "01904ed00f06001a00000000000000000000000000000000000000000000000000043fc00000c0000000000000000002"
                                + "067465613e4ccccd02026104a846000400000000000000070114d00f00000000000000080203cf0f00000000feffffff"
                                + "ffffffffff0100feffffffffffffffff01ffffffffffffffffff01");
        Behavior behavior = layout.read(KEY, first, () -> new History.Parts(limits), offer -> null)
                .behavior();
        assertThat(behavior.lastSeen()).isEqualTo(5000);
        assertThat(behavior.cart().lines()).containsExactly(new Cart.Line("a", 2, 4500));
        assertThat(behavior.recent().target(0)).isEqualTo(7);
        assertThat(behavior.recent().time(0)).isEqualTo(4000);
        assertThat(behavior.recent().target(1)).isEqualTo(8);
        assertThat(behavior.recent().time(1)).isEqualTo(5000);
    }

    @Test
    void shouldRefuseALayoutOfALaterVersion() {
        byte[] later = {3, 0, 0};
        assertThatThrownBy(() -> layout.read(KEY, later, () -> new History.Parts(limits), offer -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a profile of layout 3, 2 is known");
    }

    private BundleOffer offeredAndBought() {
        engine.send(EngineDriver.event("view", "user", EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a"));
        engine.send(EngineDriver.purchase("buy", "user", "b", 2000, Duration.ofSeconds(2))
                .setOrderId("o1"));
        return engine.offers().get(0);
    }

    private static BehaviorEvent.Builder seen(BundleOffer offer) {
        return EngineDriver.event("seen", "user", EventType.OFFER_IMPRESSION, Duration.ofSeconds(3))
                .setOfferId(offer.getOfferId());
    }
}
