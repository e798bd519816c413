package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.BundleOrigin;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.shop.data.DataSets;
import dev.kombo.shop.data.OnlineRetailTruth;
import dev.kombo.shop.kafka.EmbeddedKafka;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import dev.kombo.shop.kafka.KafkaClients;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.TimeUnit;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replay of a real file, killed in the middle and continued; then its topics read by plain consumers. */
@Timeout(1500)
class RealReplayIT {
    private static final String FILE = "online-retail/online_retail_to_2011-09-30.csv.gz";
    private static final int FEWEST_ORDERS = 6;
    private static final int MOST_OFFERS_A_DAY = 10;
    private static final long DAY = 86_400_000L;

    @TempDir
    private Path temporary;

    @Test
    void shouldAccountForEachRowOfARealFileWhenKilledInTheMiddleAndContinued() throws Exception {
        Path file = DataSets.require(FILE);
        killInTheMiddle(file);

        Path summary = temporary.resolve("summary.json");
        CommandConsole console = new CommandConsole();
        List<String> arguments = new ArrayList<>(arguments(file));
        arguments.addAll(List.of("--continue", "--summary", summary.toString()));
        assertThat(console.run(arguments.toArray(new String[0])))
                .as(console.err.toString())
                .isZero();

        JsonNode account = new ObjectMapper().readTree(summary.toFile());
        SortedMap<String, Long> truth = OnlineRetailTruth.kinds(file);
        assertThat(account.path("rows").asLong()).isEqualTo(370_931);
        assertThat(account.path("accepted").asLong()).isEqualTo(truth.remove("PURCHASE") + truth.remove("RETURN"));
        Map<String, Long> rejected = new HashMap<>();
        account.path("rejected")
                .properties()
                .forEach(reason ->
                        rejected.put(reason.getKey(), reason.getValue().asLong()));
        assertThat(rejected).isEqualTo(truth);
        readBack(OnlineRetailTruth.invoices(file));
    }

    private List<String> arguments(Path file) {
        String data = temporary.resolve("data").toString();
        return List.of(
                "replay",
                "--embedded",
                "--format",
                "online-retail",
                "--file",
                file.toString(),
                "--data",
                data,
                "--live");
    }

    private void killInTheMiddle(Path file) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.kombo.cli.KomboMain"));
        command.addAll(arguments(file));
        Path output = temporary.resolve("killed.out");
        Process killed = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        Awaitility.await()
                .atMost(Duration.ofMinutes(5))
                .pollInterval(Duration.ofMillis(500))
                .until(() -> !killed.isAlive() || progressed(output));
        assertThat(killed.isAlive()).as("the replay, see killed.out").isTrue();
        killed.destroyForcibly();
        assertThat(killed.waitFor(20, TimeUnit.SECONDS)).isTrue();
    }

    /** The third line of progress: some rows are published and some are processed. */
    private static boolean progressed(Path output) throws IOException {
        return Files.readAllLines(output).stream()
                        .filter(line -> line.matches("replay .* [1-9][\\d,]* rows.*"))
                        .count()
                >= 3;
    }

    private void readBack(Map<String, Set<String>> invoices) throws Exception {
        Path data = temporary.resolve("data");
        try (EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(data.resolve("registry"), 0);
                EmbeddedKafka kafka = EmbeddedKafka.start(data.resolve("broker"));
                KafkaClients clients = new KafkaClients(KomboConfig.of(Map.of(
                        ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers(),
                        ServiceSettings.REGISTRY_URL.name(), registry.url().toString())))) {
            Topics topics = new Topics("", 4);
            Map<String, Bundle> catalogue = new HashMap<>();
            Set<String> everSuggested = new HashSet<>();
            for (ConsumerRecord<String, Bundle> record :
                    read(clients, topics.name(Topic.BUNDLE_CATALOG), Bundle.class)) {
                everSuggested.add(record.key());
                if (record.value() != null) {
                    catalogue.put(record.key(), record.value());
                }
            }
            assertThat(catalogue).hasSizeGreaterThan(100);
            requireBoughtTogether(catalogue, invoices);
            List<BundleOffer> offers = read(clients, topics.name(Topic.BUNDLE_OFFER), BundleOffer.class).stream()
                    .map(ConsumerRecord::value)
                    .toList();
            assertThat(offers).hasSizeGreaterThan(100);
            requireSound(offers, everSuggested);
            requireFrequencyCap(offers);
        }
    }

    /** The support of a mined bundle, counted from the file. */
    private static void requireBoughtTogether(Map<String, Bundle> catalogue, Map<String, Set<String>> invoices) {
        Map<String, Set<String>> invoicesOf = new HashMap<>();
        invoices.forEach((invoice, items) -> items.forEach(item ->
                invoicesOf.computeIfAbsent(item, unused -> new HashSet<>()).add(invoice)));
        for (Bundle bundle : catalogue.values()) {
            assertThat(bundle.getOrigin()).isEqualTo(BundleOrigin.MINED);
            Set<String> together = null;
            for (BundleMember member : bundle.getMembers()) {
                Set<String> of = invoicesOf.getOrDefault(member.getItemId(), Set.of());
                if (together == null) {
                    together = new HashSet<>(of);
                } else {
                    together.retainAll(of);
                }
            }
            assertThat(together).as(bundle.toString()).hasSizeGreaterThanOrEqualTo(FEWEST_ORDERS);
        }
    }

    private static void requireSound(List<BundleOffer> offers, Set<String> everSuggested) {
        Set<String> ids = new HashSet<>();
        for (BundleOffer offer : offers) {
            assertThat(ids.add(offer.getOfferId())).as("one offer an id").isTrue();
            assertThat(offer.getArm()).isNotEqualTo("holdout");
            assertThat(offer.getBundles()).isNotEmpty();
            for (int i = 0; i < offer.getBundles().size(); i++) {
                OfferedBundle bundle = offer.getBundles().get(i);
                assertThat(bundle.getRank()).isEqualTo(i + 1);
                assertThat(bundle.getReasons()).isNotEmpty();
                assertThat(bundle.getPriceMinor()).isPositive().isLessThanOrEqualTo(bundle.getListPriceMinor());
                assertThat(bundle.getSavingMinor()).isEqualTo(bundle.getListPriceMinor() - bundle.getPriceMinor());
                assertThat(bundle.getCurrency()).isEqualTo("GBP");
                assertThat(bundle.getMembers()).hasSizeGreaterThanOrEqualTo(2);
                assertThat(everSuggested).contains(bundle.getBundleId());
            }
        }
    }

    /** Offers of one shopper come in the order of their events; late ones are none in this file. */
    private static void requireFrequencyCap(List<BundleOffer> offers) {
        Map<String, List<Long>> times = new HashMap<>();
        for (BundleOffer offer : offers) {
            String shopper = offer.getUserId() != null ? "u:" + offer.getUserId() : "s:" + offer.getSessionId();
            for (OfferedBundle bundle : offer.getBundles()) {
                List<Long> earlier = times.computeIfAbsent(shopper + bundle.getBundleId(), unused -> new ArrayList<>());
                earlier.add(offer.getOfferedAt());
                long within = earlier.stream()
                        .filter(time -> Math.abs(offer.getOfferedAt() - time) < DAY)
                        .count();
                assertThat(within).as(shopper).isLessThanOrEqualTo(MOST_OFFERS_A_DAY);
            }
        }
    }

    /**
     * With tombstones: a mined bundle that lost its support is taken back after it was offered, and
     * compaction may leave nothing else of it.
     */
    private static <T extends SpecificRecord> List<ConsumerRecord<String, T>> read(
            KafkaClients clients, String topic, Class<T> type) {
        List<ConsumerRecord<String, T>> records = new ArrayList<>();
        try (Consumer<String, T> consumer = clients.consumer(type)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        return records;
    }
}
