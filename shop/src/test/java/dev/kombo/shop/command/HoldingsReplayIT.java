package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicReader;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.Item;
import dev.kombo.shop.data.EventRow;
import dev.kombo.shop.data.EventRows;
import dev.kombo.shop.data.HoldingsTable;
import dev.kombo.shop.data.LifeStages;
import dev.kombo.shop.kafka.EmbeddedKafka;
import dev.kombo.shop.kafka.EmbeddedSchemaRegistry;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.kafka.TopicTail;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A bank's holdings through Kafka: each opening asks for an offer, and no offer holds what is held. */
@Timeout(300)
class HoldingsReplayIT {
    @TempDir
    private Path temporary;

    @Test
    void shouldOfferNobodyWhatTheyHold() throws Exception {
        Path file = temporary.resolve("holdings.csv");
        LifeStages.write(file, 200, 7);
        Path data = temporary.resolve("data");
        CommandConsole console = new CommandConsole();

        int status = console.run(
                "replay",
                "--embedded",
                "--format",
                "holdings",
                "--file",
                file.toString(),
                "--data",
                data.toString(),
                "--live",
                "-D",
                "kombo.profile.holdings=true",
                "-D",
                "kombo.offer.interval.ms=0");

        assertThat(status).as(console.err.toString()).isZero();
        Map<String, Map<String, Long>> opened = opened(file);
        int offers = 0;
        int partners;
        Map<String, Long> products;
        int withMembersLeft = 0;
        try (EmbeddedSchemaRegistry registry = EmbeddedSchemaRegistry.start(data.resolve("registry"), 0);
                EmbeddedKafka kafka = EmbeddedKafka.start(data.resolve("broker"));
                KafkaClients clients = new KafkaClients(KomboConfig.of(Map.of(
                        ServiceSettings.BOOTSTRAP_SERVERS.name(), kafka.bootstrapServers(),
                        ServiceSettings.REGISTRY_URL.name(), registry.url().toString())));
                TopicTail<Item> items =
                        TopicTail.fromTheBeginning(clients, Item.class, new Topics("", 4).name(Topic.ITEM_CATALOG));
                Consumer<byte[], byte[]> updates = clients.bytes(IsolationLevel.READ_COMMITTED);
                Consumer<String, BundleOffer> consumer = clients.consumer(BundleOffer.class)) {
            products =
                    items.readToEnd().stream().collect(Collectors.groupingBy(Item::getItemId, Collectors.counting()));
            String sent = new Topics("", 4).name(Topic.ITEM_UPDATE);
            List<EntityUpdate.EntityOrder> orders = new ArrayList<>();
            TopicReader.readAll(
                    updates,
                    List.of(sent),
                    Duration.ofMinutes(2),
                    record -> clients.stored().updates().deserializer().deserialize(sent, record.value()).stream()
                            .map(input -> input.update().order())
                            .filter(Objects::nonNull)
                            .forEach(orders::add));
            partners =
                    orders.stream().mapToInt(order -> order.partners().size()).sum();
            String topic = new Topics("", 4).name(Topic.BUNDLE_OFFER);
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                for (var record : consumer.poll(Duration.ofMillis(200))) {
                    BundleOffer offer = record.value();
                    offers++;
                    Map<String, Long> openings = opened.get(offer.getUserId());
                    for (var bundle : offer.getBundles()) {
                        assertThat(bundle.getCurrency()).isEqualTo("XXX");
                        assertThat(bundle.getMembers())
                                .as(offer.toString())
                                .isNotEmpty()
                                .noneMatch(member -> openings.getOrDefault(member.getItemId(), Long.MAX_VALUE)
                                        <= offer.getOfferedAt());
                        withMembersLeft +=
                                openings.containsKey(bundle.getMembers().get(0).getItemId()) ? 1 : 0;
                    }
                }
            }
        }
        assertThat(offers).isGreaterThan(100);
        assertThat(withMembersLeft)
                .as("what a customer opened later was offered before")
                .isPositive();
        assertThat(products.values())
                .as("before the service starts, and with the file")
                .isNotEmpty()
                .containsOnly(2L);
        assertThat(partners)
                .as("each product counts with all others of its holder, also those of the first customers")
                .isEqualTo(opened.values().stream()
                        .mapToInt(held -> held.size() * (held.size() - 1))
                        .sum());
    }

    /** When each customer opened which product. */
    private static Map<String, Map<String, Long>> opened(Path file) throws IOException {
        Map<String, Map<String, Long>> opened = new HashMap<>();
        try (EventRows rows = new HoldingsTable().open(file)) {
            for (EventRow row = rows.next(); row != null; row = rows.next()) {
                BehaviorEvent event = ((EventRow.Accepted) row).event();
                opened.computeIfAbsent(event.getUserId(), none -> new HashMap<>())
                        .put(event.getItemId(), event.getEventTime());
            }
        }
        return opened;
    }
}
