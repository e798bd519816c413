package dev.kombo.lab.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.lab.shop.OfferAnswers.Answer;
import dev.kombo.lab.shop.OfferAnswers.Kind;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferedBundle;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class OfferAnswersTest {
    private static final long NOW = 1_760_000_000_000L;
    /** Everything seen is clicked, everything clicked is bought. */
    private static final ShopSettings EAGER =
            new ShopSettings(7, 10, 10, 0, 1, new Acceptance(100, 100, 0, 0, 0, 0, 0));

    private final ShopCatalog catalog = ShopCatalog.generate(7, 0);
    private final OfferAnswers eager = new OfferAnswers(catalog, EAGER);
    private final Shopper shopper = Shopper.user(7, 0);
    private final Drafts drafts = new Drafts(shopper.userId(), null);

    private BundleOffer offer(int n) {
        return BundleOffer.newBuilder()
                .setOfferId("offer-" + n)
                .setUserId(shopper.userId())
                .setPlacement("cart")
                .setArm("treatment")
                .setExperiment("test")
                .setStrategyVersion(1)
                .setModelVersion(0)
                .setPolicy("scripted")
                .setTriggerEventId("event")
                .setTriggerType("VIEW")
                .setOfferedAt(NOW)
                .setExpiresAt(NOW + 1_000)
                .setBundles(List.of(
                        ScriptedService.offered(catalog.bundles().get(0), 1),
                        ScriptedService.offered(catalog.bundles().get(1), 2)))
                .build();
    }

    @Test
    void shouldSeeClickAndBuyInOrderWhenEverythingAppeals() {
        for (int n = 0; n < 40; n++) {
            List<Answer> answers = eager.answer(offer(n), shopper, new Diary(), drafts, NOW);

            assertThat(answers).extracting(Answer::kind).containsExactly(Kind.IMPRESSION, Kind.CLICK, Kind.CONVERSION);
            assertThat(answers).extracting(Answer::delayMillis).isSorted().allMatch(delay -> delay > 0);
            assertThat(answers.get(1).events().get(0).getBundleId()).isEqualTo("set-01");
            long paid = answers.get(2).events().stream()
                    .mapToLong(event -> event.getUnitPriceMinor() * event.getQuantity())
                    .sum();
            assertThat(answers.get(2).revenueMinor()).isEqualTo(paid);
        }
    }

    @Test
    void shouldBuyAtTheBundlesPriceOrAtTheItemsPricesWhenItBuys() {
        OfferedBundle bundle = offer(0).getBundles().get(0);
        List<List<BehaviorEvent>> whole = new ArrayList<>();
        List<List<BehaviorEvent>> byItem = new ArrayList<>();
        for (int n = 0; n < 100; n++) {
            List<BehaviorEvent> bought = eager.answer(offer(n), shopper, new Diary(), drafts, NOW)
                    .get(2)
                    .events();
            (bought.get(0).getBundleId() != null ? whole : byItem).add(bought);
        }

        assertThat(whole).hasSizeBetween(55, 95).allSatisfy(events -> {
            assertThat(events).hasSize(1);
            assertThat(events.get(0).getType()).isEqualTo(EventType.PURCHASE);
            assertThat(events.get(0).getUnitPriceMinor()).isEqualTo(bundle.getPriceMinor());
            assertThat(events.get(0).getOfferId()).startsWith("offer-");
            assertThat(events.get(0).getOrderId()).isNotNull();
        });
        assertThat(byItem).isNotEmpty().allSatisfy(events -> {
            assertThat(events).hasSize(bundle.getMembers().size());
            assertThat(events.stream()
                            .mapToLong(BehaviorEvent::getUnitPriceMinor)
                            .sum())
                    .isEqualTo(bundle.getListPriceMinor());
            assertThat(events)
                    .extracting(BehaviorEvent::getOrderId)
                    .containsOnly(events.get(0).getOrderId());
        });
    }

    @Test
    void shouldNotBuyABundleAgainWhenItIsOwned() {
        Diary diary = new Diary();
        diary.bought(new Diary.Line("order", null, "set-01", 100));

        List<Answer> answers = eager.answer(offer(1), shopper, diary, drafts, NOW);

        assertThat(answers.get(1).events().get(0).getBundleId()).isEqualTo("set-02");
    }

    @Test
    void shouldNotAnswerWhenTheOfferIsOverOrNeverSeen() {
        OfferAnswers blind = new OfferAnswers(catalog, new ShopSettings(7, 10, 10, 0, 0, EAGER.acceptance()));

        assertThat(eager.answer(offer(1), shopper, new Diary(), drafts, NOW + 1_000))
                .isEmpty();
        assertThat(blind.answer(offer(1), shopper, new Diary(), drafts, NOW)).isEmpty();
    }

    @Test
    void shouldTireWhenOffersFollowEachOtherAndRecoverAfterwards() {
        Diary diary = new Diary();
        for (int n = 0; n < 10; n++) {
            diary.sawOffer(NOW + n * 1_000L);
        }

        assertThat(diary.fatigue(NOW + 10_000)).isBetween(5.0, 10.0);
        assertThat(diary.fatigue(NOW + 600_000)).isLessThan(0.01);
    }

    @Test
    void shouldBuyMoreWhenOffersMeetTheTaste() {
        int liked = 0;
        int random = 0;
        for (int n = 0; n < 3_000; n++) {
            Shopper one = Shopper.user(7, n);
            List<Bundle> byAffinity = new ArrayList<>(catalog.bundles());
            byAffinity.sort(Comparator.comparingDouble(bundle -> -affinity(one, bundle)));
            liked += conversions(n, one, byAffinity.subList(0, 5));
            random += conversions(n, one, catalog.bundles().subList(n % 55, n % 55 + 5));
        }

        assertThat(random).isGreaterThan(30);
        assertThat(liked).isGreaterThan(2 * random);
    }

    private double affinity(Shopper of, Bundle bundle) {
        return new OfferAnswers(catalog, ShopSettings.defaults())
                .appeal(ScriptedService.offered(bundle, 1), of, 0)
                .affinity();
    }

    private int conversions(int n, Shopper to, List<Bundle> slate) {
        BundleOffer offer = offer(n);
        List<OfferedBundle> offered = new ArrayList<>();
        slate.forEach(bundle -> offered.add(ScriptedService.offered(bundle, offered.size() + 1)));
        offer.setBundles(offered);
        OfferAnswers answers = new OfferAnswers(catalog, ShopSettings.defaults());
        return (int) answers.answer(offer, to, new Diary(), drafts, NOW).stream()
                .filter(answer -> answer.kind() == Kind.CONVERSION)
                .count();
    }
}
