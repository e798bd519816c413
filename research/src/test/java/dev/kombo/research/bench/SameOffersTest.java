package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.Topic;
import dev.kombo.engine.EngineSettings;
import dev.kombo.research.ServiceDriver;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.schema.OfferedBundle;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.TestInputTopic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The service makes the same offers, outcomes and reports of the same events as at the last commit: one thread, a fixed
 * seed, a hash per thousand events. A change of how something is stored or sent must not show here.
 */
class SameOffersTest {
    private static final Instant START = Instant.parse("2026-01-05T10:00:00Z");
    private static final long SEED = 7;
    private static final int EVENTS = 20_000;
    private static final int EVENTS_A_SECOND = 200;
    private static final int EVENTS_A_LINE = 1_000;
    private static final Path HASHES = Path.of("src/test/resources/dev/kombo/research/bench/same-offers.txt");
    private static final String COMMAND = "mvn -pl research -am test -Dtest=SameOffersTest"
            + " -Dsurefire.failIfNoSpecifiedTests=false -Dkombo.offers.write=true";

    private final List<String> lines = new ArrayList<>();
    private final Map<String, ConversionReport> reports = new TreeMap<>();
    private final MessageDigest hash = sha256();
    private int offers;
    private int outcomes;

    @TempDir
    Path state;

    @Test
    void shouldMakeTheSameOffersOutcomesAndReportsAsAtTheLastCommit() throws IOException {
        lines.add("# Written anew by: " + COMMAND);
        lines.add("# Seed " + SEED + ": events, offers, outcomes, reports, hash of all until then");
        try (ServiceDriver service = new ServiceDriver(
                state, ServiceDriver.MINES_EASILY, config -> new EngineSettings(config, SEED), START)) {
            play(service, new BenchShop(300, 300, 200, 0.2, SEED));
        }
        if (Boolean.getBoolean("kombo.offers.write")) {
            Files.write(HASHES, lines);
        }
        assertThat(lines)
                .as("An event is answered in another way than at the last commit. If that is meant, say why in the"
                        + " commit that writes the hashes anew: " + COMMAND)
                .isEqualTo(Files.readAllLines(HASHES));
    }

    private void play(ServiceDriver service, BenchShop shop) {
        service.catalog(shop.items(), shop.bundles());
        TestInputTopic<String, SpecificRecord> events = service.input(Topic.BEHAVIOR_EVENT);
        List<BenchShop.ReceivedOffer> received = List.of();
        for (int played = 0; played < EVENTS; ) {
            for (BehaviorEvent event : shop.batch(EVENTS_A_SECOND, received)) {
                events.pipeInput(event.getUserId(), event, event.getEventTime());
            }
            service.driver().advanceWallClockTime(Duration.ofSeconds(1));
            received = read(service);
            played += EVENTS_A_SECOND;
            if (played % EVENTS_A_LINE == 0) {
                lines.add(line(played));
            }
        }
    }

    private List<BenchShop.ReceivedOffer> read(ServiceDriver service) {
        List<BenchShop.ReceivedOffer> received = new ArrayList<>();
        for (BundleOffer offer : service.values(Topic.BUNDLE_OFFER, BundleOffer.class)) {
            add(offer.getOfferId());
            for (OfferedBundle bundle : offer.getBundles()) {
                add(bundle.getBundleId() + " " + bundle.getPriceMinor() + " " + bundle.getCurrency());
            }
            received.add(BenchShop.ReceivedOffer.of(offer));
            offers++;
        }
        for (OfferOutcomes found : service.values(Topic.OFFER_OUTCOME, OfferOutcomes.class)) {
            for (OfferOutcome outcome : found.getOutcomes()) {
                add(outcome.toString());
                outcomes++;
            }
        }
        service.records(Topic.CONVERSION_REPORT, ConversionReport.class).forEach(record -> {
            add(record.key + " " + record.value);
            reports.put(record.key, record.value);
        });
        return received;
    }

    private void add(String text) {
        hash.update(text.getBytes(StandardCharsets.UTF_8));
        hash.update((byte) '\n');
    }

    private String line(int played) {
        try {
            String digits = HexFormat.of().formatHex(((MessageDigest) hash.clone()).digest());
            return String.format(Locale.ROOT, "%d %d %d %d %s", played, offers, outcomes, reports.size(), digits);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
