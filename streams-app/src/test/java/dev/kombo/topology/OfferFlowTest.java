package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.BundleState;
import dev.kombo.config.Topic;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.ReportWindow;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** One event after the other, from the first view to a report that counts the sale. */
class OfferFlowTest {
    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;

    @BeforeEach
    void open() {
        engine = shop.open(Map.of(OfferSettings.SIZE.name(), "2"));
        engine.item("c", 500);
        engine.bundle("bc", 2250, "b", "c");
    }

    @Test
    void shouldOfferTrackAndReportABundleFromViewToPurchase() {
        String user = engine.userOf("treatment");
        engine.send(EngineDriver.event("e1", user, EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a")
                .build());
        List<BundleOffer> offers = engine.values(engine.topics.name(Topic.BUNDLE_OFFER), BundleOffer.class);
        assertThat(offers).hasSize(1);
        BundleOffer offer = offers.get(0);
        OfferedBundle top = offer.getBundles().get(0);
        assertThat(top.getBundleId()).isEqualTo("ab");
        assertThat(top.getPriceMinor()).isEqualTo(2700);
        assertThat(top.getSavingMinor()).isEqualTo(300);
        assertThat(top.getReasons()).isNotEmpty();

        engine.send(EngineDriver.event("e2", user, EventType.OFFER_IMPRESSION, Duration.ofSeconds(2))
                .setOfferId(offer.getOfferId())
                .build());
        engine.send(EngineDriver.event("e3", user, EventType.PURCHASE, Duration.ofSeconds(30))
                .setBundleId("ab")
                .setOfferId(offer.getOfferId())
                .setOrderId("o1")
                .setUnitPriceMinor(2700L)
                .setCurrency("GBP")
                .build());
        List<OfferOutcome> outcomes = engine.outcomes();
        assertThat(outcomes)
                .extracting(OfferOutcome::getKind)
                .contains(
                        OutcomeKind.ENTERED,
                        OutcomeKind.OFFERED,
                        OutcomeKind.IMPRESSION,
                        OutcomeKind.CONVERSION,
                        OutcomeKind.PURCHASED);

        engine.advance(Duration.ofSeconds(2));
        ConversionReport total =
                engine.values(engine.topics.name(Topic.CONVERSION_REPORT), ConversionReport.class).stream()
                        .filter(report -> report.getWindow() == ReportWindow.TOTAL)
                        .findFirst()
                        .orElseThrow();
        assertThat(total.getArms()).singleElement().satisfies(arm -> {
            assertThat(arm.getUsers()).isEqualTo(1);
            assertThat(arm.getConversions()).isEqualTo(1);
            assertThat(arm.getAmounts().get(0).getAttributedMinor()).isEqualTo(2700);
        });
    }

    @Test
    void shouldCountAnOfferOnceInTheClickThroughRateHoweverManyOfItsBundlesAreClicked() {
        engine.item("d", 900);
        engine.item("e", 900);
        engine.bundle("de", 1700, "d", "e");
        String user = engine.userOf("treatment");
        engine.send(EngineDriver.event("e1", user, EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a")
                .build());
        BundleOffer offer = engine.offers().get(0);
        assertThat(offer.getBundles()).hasSizeGreaterThan(1);
        for (OfferedBundle bundle : offer.getBundles()) {
            engine.send(
                    EngineDriver.event("click-" + bundle.getRank(), user, EventType.OFFER_CLICK, Duration.ofSeconds(2))
                            .setOfferId(offer.getOfferId())
                            .setBundleId(bundle.getBundleId())
                            .build());
        }

        assertThat(engine.outcomes(OutcomeKind.CLICK))
                .extracting(OfferOutcome::getFirstClick)
                .startsWith(true, false);
        engine.advance(Duration.ofSeconds(2));
        assertThat(engine.values(engine.topics.name(Topic.CONVERSION_REPORT), ConversionReport.class))
                .filteredOn(report -> report.getWindow() == ReportWindow.TOTAL)
                .last()
                .satisfies(report -> {
                    assertThat(report.getArms().get(0).getClicks())
                            .isEqualTo(offer.getBundles().size());
                    assertThat(report.getArms().get(0).getClickedOffers()).isEqualTo(1);
                    assertThat(report.getArms().get(0).getClickThroughRate()).isEqualTo(1);
                });
    }

    @Test
    void shouldNotFillRanksWithWhatIsOnlyDear() {
        assertThat(offeredWith(0)).containsExactly("ring-chain", "watch-strap", "ab");
        assertThat(offeredWith(0.5)).containsExactly("ring-chain", "ab");
    }

    /** What a view of a is answered with, beside two bundles that cost a hundred times as much. */
    private List<String> offeredWith(double oddsMin) {
        engine = shop.open(
                Map.of(OfferSettings.SIZE.name(), "3", RankingSettings.ODDS_MIN.name(), Double.toString(oddsMin)));
        for (String item : List.of("ring", "chain", "watch", "strap")) {
            engine.item(item, 100_000);
        }
        engine.bundle("ring-chain", 190_000, "ring", "chain");
        engine.bundle("watch-strap", 190_000, "watch", "strap");
        engine.send(EngineDriver.event("e1", engine.userOf("treatment"), EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a")
                .build());
        return engine.offers().get(0).getBundles().stream()
                .map(OfferedBundle::getBundleId)
                .toList();
    }

    @Test
    void shouldShowTheStateThatDecidesWhetherABundleIsOffered() {
        long now = EngineDriver.START.toEpochMilli();
        assertThat(BundleState.of(engine.models.catalog().bundle("ab"), now)).isEqualTo(BundleState.OFFERED);
        engine.item("a", 300);
        engine.item("b", 300);

        engine.send(EngineDriver.event("e1", engine.userOf("treatment"), EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a")
                .build());

        assertThat(BundleState.of(engine.models.catalog().bundle("ab"), now))
                .isEqualTo(BundleState.DEARER_THAN_MEMBERS);
        assertThat(engine.offers().stream()
                        .flatMap(offer -> offer.getBundles().stream())
                        .map(OfferedBundle::getBundleId))
                .doesNotContain("ab");
    }

    @Test
    void shouldNotOfferABundleFromTheMomentItIsStoppedButKeepWhatWasPromised() {
        String user = engine.userOf("treatment");
        engine.send(EngineDriver.event("e1", user, EventType.VIEW, Duration.ofMinutes(60))
                .setItemId("a")
                .build());
        BundleOffer offer = engine.offers().get(0);
        assertThat(offer.getBundles()).extracting(OfferedBundle::getBundleId).contains("ab");

        engine.bundle(Bundle.newBuilder(EngineDriver.bundleOf("ab", 2700, "a", "b"))
                .setStoppedAt(1L)
                .build());
        // An event that comes late is older than the stop.
        for (int minute : List.of(61, 1)) {
            String next = engine.userOf("treatment", minute);
            engine.send(EngineDriver.event("late" + minute, next, EventType.VIEW, Duration.ofMinutes(minute))
                    .setItemId("a")
                    .build());
            assertThat(engine.offers().get(0).getBundles())
                    .extracting(OfferedBundle::getBundleId)
                    .containsExactly("bc");
        }
        engine.send(EngineDriver.event("e2", user, EventType.OFFER_CLICK, Duration.ofMinutes(62))
                .setOfferId(offer.getOfferId())
                .setBundleId("ab")
                .build());
        engine.send(EngineDriver.event("e3", user, EventType.PURCHASE, Duration.ofMinutes(63))
                .setBundleId("ab")
                .setOfferId(offer.getOfferId())
                .setOrderId("o1")
                .setUnitPriceMinor(2700L)
                .setCurrency("GBP")
                .build());
        assertThat(engine.outcomes(OutcomeKind.CONVERSION)).hasSize(1);

        engine.offers();
        engine.bundle("ab", 2700, "a", "b");
        engine.send(EngineDriver.event("again", engine.userOf("treatment", 7), EventType.VIEW, Duration.ofMinutes(64))
                .setItemId("a")
                .build());
        assertThat(engine.offers().get(0).getBundles())
                .as("it goes on")
                .extracting(OfferedBundle::getBundleId)
                .contains("ab");
    }

    @Test
    void shouldChangeNothingWhenAnEventComesTwice() {
        BehaviorEvent event = EngineDriver.event(
                        "e1", engine.userOf("treatment"), EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a")
                .build();
        engine.send(event);
        byte[] before = engine.stored("u:" + event.getUserId());
        engine.values(engine.topics.name(Topic.BUNDLE_OFFER), BundleOffer.class);
        engine.send(event);
        assertThat(engine.stored("u:" + event.getUserId())).isEqualTo(before);
        assertThat(engine.values(engine.topics.name(Topic.BUNDLE_OFFER), BundleOffer.class))
                .isEmpty();
        assertThat(engine.counters.get(KomboMetric.EVENTS, "duplicate")).isEqualTo(1);
    }

    @Test
    void shouldOfferNothingToTheHoldoutButCountItsPurchases() {
        String user = engine.userOf("holdout");
        engine.send(EngineDriver.event("e1", user, EventType.VIEW, Duration.ofSeconds(1))
                .setItemId("a")
                .build());
        engine.send(EngineDriver.event("e2", user, EventType.PURCHASE, Duration.ofSeconds(9))
                .setItemId("a")
                .setUnitPriceMinor(1000L)
                .setCurrency("GBP")
                .build());
        assertThat(engine.values(engine.topics.name(Topic.BUNDLE_OFFER), BundleOffer.class))
                .isEmpty();
        assertThat(engine.outcomes())
                .extracting(OfferOutcome::getKind)
                .containsExactlyInAnyOrder(OutcomeKind.ENTERED, OutcomeKind.ACTIVE, OutcomeKind.PURCHASED);
    }
}
