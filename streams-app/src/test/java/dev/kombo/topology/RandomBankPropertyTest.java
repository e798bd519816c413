package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.Bundle;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.Strategy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

/** Nobody is offered what they hold, whatever a bank's customers do, through the production topology. */
class RandomBankPropertyTest {
    private static final Map<String, String> SETTINGS = Map.of(
            ProfileLimits.HOLDINGS.name(), "true",
            // A ring of two would forget what was bought before.
            ProfileLimits.PURCHASED_ITEMS.name(), "2",
            OfferSettings.TRIGGERS.name(), "VIEW,PURCHASE,OFFER_REQUEST",
            OfferSettings.INTERVAL.name(), "0",
            MiningSettings.SUPPORT_MIN.name(), "2",
            MiningSettings.LIFT_MIN.name(), "1",
            MiningSettings.LIFT_LOWER_MIN.name(), "0",
            MiningSettings.AUTO_APPROVE.name(), "true");

    private Path folder;

    @BeforeTry
    void makeFolder() throws IOException {
        folder = Files.createTempDirectory("random-bank");
    }

    @AfterTry
    void deleteFolder() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Property(tries = 15, seed = "1815", shrinking = ShrinkingMode.OFF)
    void nobodyIsOfferedWhatTheyHold(@ForAll @LongRange(min = 1, max = 1_000_000) long seed) {
        try (EngineDriver engine = new EngineDriver(folder, SETTINGS)) {
            RandomBank bank = new RandomBank(seed);
            bank.stock(engine);
            int offers = 0;
            int offersToHolders = 0;
            for (int i = 0; i < 300; i++) {
                BehaviorEvent event = bank.next(engine);
                engine.send(event);
                bank.book(engine, event);
                for (BundleOffer offer : engine.offers()) {
                    offers++;
                    offersToHolders += bank.held(offer).isEmpty() ? 0 : 1;
                    check(bank, offer);
                }
                bank.settle(engine, event);
                if (i % 25 == 0) {
                    engine.advance(Duration.ofSeconds(1));
                }
            }
            assertThat(engine.deadLetters()).isEmpty();
            assertThat(engine.rejections())
                    .extracting(rejection -> rejection.getReason())
                    .isEmpty();
            assertThat(offers).isGreaterThan(20);
            assertThat(offersToHolders).isGreaterThan(10);
        }
    }

    private static void check(RandomBank bank, BundleOffer offer) {
        List<String> held = bank.held(offer);
        for (OfferedBundle bundle : offer.getBundles()) {
            assertThat(bundle.getMembers())
                    .as(offer + " of one who holds " + held)
                    .extracting(member -> member.getItemId())
                    .noneMatch(held::contains);
            assertThat(bundle.getCurrency()).isEqualTo(Bundle.NO_CURRENCY);
            assertThat(bundle.getPriceMinor()).isZero();
        }
    }

    /** So the property can fail. */
    @Property(tries = 3, seed = "1816", shrinking = ShrinkingMode.OFF)
    void somebodyIsOfferedWhatTheyHoldWhereHoldingsAreNotKept(@ForAll @LongRange(min = 1, max = 1_000) long seed) {
        try (EngineDriver engine = new EngineDriver(
                folder, Map.of(OfferSettings.TRIGGERS.name(), "OFFER_REQUEST", "kombo.rule.cool.down.ms", "0"))) {
            engine.publish(Strategy.newBuilder()
                    .setVersion(1)
                    .setSalt("everyone")
                    .setArms(List.of(StrategyArms.of("treatment", ArmKind.TREATMENT, 1.0)))
                    .build());
            RandomBank bank = new RandomBank(seed);
            bank.stock(engine);
            int wrong = 0;
            for (int i = 0; i < 200; i++) {
                BehaviorEvent event = bank.next(engine);
                engine.send(event);
                bank.book(engine, event);
                for (BundleOffer offer : engine.offers()) {
                    List<String> held = bank.held(offer);
                    wrong += offer.getBundles().stream()
                                    .flatMap(bundle -> bundle.getMembers().stream())
                                    .anyMatch(member -> held.contains(member.getItemId()))
                            ? 1
                            : 0;
                }
                bank.settle(engine, event);
            }
            assertThat(wrong).isPositive();
        }
    }
}
