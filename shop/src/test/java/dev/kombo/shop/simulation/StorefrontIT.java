package dev.kombo.shop.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.CommandException;
import dev.kombo.console.TopicAdmin;
import dev.kombo.console.TopicReader;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.kafka.TestCluster;
import dev.kombo.shop.replay.RowSender;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorefrontIT {
    private static final ShopSettings SHOP = new ShopSettings(7, 10, 90, Duration.ofSeconds(1));

    @TempDir
    private Path folder;

    private static <T extends SpecificRecord> Map<String, T> latest(KafkaClients clients, String topic, Class<T> type) {
        Map<String, T> found = new TreeMap<>();
        try (TopicReader reader = clients.reader()) {
            reader.latest(topic, type, found::put);
        }
        return found;
    }

    @Test
    void shouldLeaveAloneWhatSomebodyChangedWhenOpenedAgain() {
        KomboConfig config = KomboConfig.of(TestCluster.shared().settings("storefront", folder));
        Topics topics = Topics.of(config);
        try (TopicAdmin admin = new TopicAdmin(config)) {
            admin.createMissing(topics.all());
        }
        try (KafkaClients clients = new KafkaClients(config)) {
            long firstDay = Storefront.open(SHOP, clients, 1_700_000_000_000L);
            Map<String, Item> items = latest(clients, topics.name(Topic.ITEM_CATALOG), Item.class);
            assertThat(items).hasSize(SimulatedCatalog.ITEMS);
            Item dearer = items.get("item-001");
            dearer.setPriceMinor(dearer.getPriceMinor() + 100);
            dearer.setUpdatedAt(1_700_000_500_000L);
            try (Producer<String, SpecificRecord> producer = clients.producer(Map.of())) {
                RowSender sender = new RowSender(producer, topics);
                sender.send(dearer);
                sender.send(topics.name(Topic.BUNDLE_CATALOG), "bundle-001", null);
                sender.send(topics.name(Topic.ITEM_CATALOG), "item-002", null);
                sender.flush();
            }

            assertThat(Storefront.open(SHOP, clients, 1_700_001_000_000L)).isEqualTo(firstDay);
            assertThat(latest(clients, topics.name(Topic.ITEM_CATALOG), Item.class))
                    .hasSize(SimulatedCatalog.ITEMS - 1)
                    .containsEntry("item-001", dearer);
            assertThat(latest(clients, topics.name(Topic.BUNDLE_CATALOG), Bundle.class))
                    .hasSize(SimulatedCatalog.BUNDLES - 1)
                    .doesNotContainKey("bundle-001");
            ShopSettings another = new ShopSettings(8, 10, 90, Duration.ofSeconds(1));
            assertThatThrownBy(() -> Storefront.open(another, clients, 1_700_001_000_000L))
                    .isInstanceOf(CommandException.class)
                    .hasMessageContaining("another shop");
        }
    }
}
