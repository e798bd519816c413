package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.shopper.ShopperReader;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.serde.EventMapper;
import dev.kombo.settings.SettingValues;
import dev.kombo.topology.task.StoreNames;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What is stored of a shopper: apart what changes apart, read only where it is needed. */
class StoredShopperTest {
    private static final String KEY = "u:user";

    @RegisterExtension
    final Shop shop = new Shop();

    private final ProfileLimits limits = ProfileLimits.of(SettingValues.defaults());
    private final AttributionSettings attribution = AttributionSettings.of(SettingValues.defaults());
    private final ShopperReader reader = new ShopperReader(limits, attribution);
    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = shop.open(Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
    }

    @Test
    void shouldKeepApartWhatChangesApartAndKnowAllOfItWhenUnpacked() {
        engine.send(seen(offeredAndBought()));
        assertThat(engine.contents(StoreNames.USER_OFFER)).hasSize(1);
        assertThat(engine.contents(StoreNames.USER_HISTORY)).hasSize(1);
        byte[] all = engine.stored(KEY);
        ShopperState elsewhere = reader.unpack("u:other", all);
        assertThat(reader.pack(elsewhere)).isEqualTo(all);
        assertThat(elsewhere.ledger().offers()).singleElement().satisfies(offer -> {
            assertThat(offer.isStored()).as("stored for the other").isFalse();
            assertThat(offer.impressedAt()).isPositive();
        });
    }

    @Test
    void shouldReadHistoryAndOffersOnlyWhenAskedForThem() {
        offeredAndBought();
        byte[] stored = engine.<byte[]>store(StoreNames.USER_PROFILE).get(KEY);
        AtomicInteger reads = new AtomicInteger();
        ShopperState shopper = reader.read(
                KEY,
                stored,
                key -> {
                    reads.incrementAndGet();
                    return engine.<byte[]>store(StoreNames.USER_HISTORY).get(key);
                },
                offer -> {
                    throw new AssertionError("nobody asked for the offer " + offer);
                });
        assertThat(shopper.behavior().knownEvents().contains(purchase("another")))
                .isFalse();
        assertThat(shopper.ledger().nextDue()).isNotEqualTo(Long.MAX_VALUE);
        assertThat(shopper.observationsDue()).isNotEqualTo(Long.MAX_VALUE);
        assertThat(reader.profile(shopper)).isEqualTo(stored);
        assertThat(reads).hasValue(0);

        assertThat(shopper.behavior().knownEvents().contains(purchase("buy"))).isTrue();
        assertThat(shopper.behavior().purchases().size()).isEqualTo(1);
        assertThat(reads).hasValue(1);
        assertThat(shopper.behavior().history().mayHaveChanged()).isFalse();
        assertThat(reader.profile(shopper)).isEqualTo(stored);
    }

    @Test
    void shouldRefuseLayoutsOfLaterVersions() {
        byte[] later = {9, 0, 0};
        assertThatThrownBy(() -> reader.read(KEY, later, key -> null, offer -> null))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a profile has the layout 9, which this version of Kombo does not read");
        engine.send(seen(offeredAndBought()));
        ShopperState known =
                reader.read(KEY, engine.<byte[]>store(StoreNames.USER_PROFILE).get(KEY), key -> later, offer -> later);
        assertThatThrownBy(() -> known.behavior().history().parts())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a history has the layout 9, which this version of Kombo does not read");
        assertThatThrownBy(() -> known.ledger().offers().get(0).content())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("an offer has the layout 9, which this version of Kombo does not read");
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

    private static ShopperEvent purchase(String id) {
        return EventMapper.toDomain(EngineDriver.purchase(id, "user", "b", 2000, Duration.ofSeconds(2))
                .build());
    }
}
