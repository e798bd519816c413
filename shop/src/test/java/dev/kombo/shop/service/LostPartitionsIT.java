package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.profile.ShopperKey;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.source.InstanceView;
import dev.kombo.query.source.QuerySources;
import dev.kombo.query.source.StreamsHealth;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.TestCluster;
import dev.kombo.topology.task.StoreNames;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.awaitility.Awaitility;
import org.eclipse.jetty.http.HttpStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;

/**
 * The group takes its partitions from an instance, as from one that hangs for longer than its session. Until its thread
 * has closed the stores and asked for partitions again, which takes minutes on a starved machine, Kafka Streams says
 * that it is RUNNING.
 */
class LostPartitionsIT {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final String GROUP = "kombo-lost";
    /** Enough for each of four partitions to have one. */
    private static final int USERS = 20;

    @TempDir
    Path folder;

    /** Closes the profiles of one partition, and those of the others only when it may. */
    public static final class SlowToClose implements RocksDBConfigSetter {
        private static final CountDownLatch MAY_CLOSE = new CountDownLatch(1);
        private static final AtomicInteger PROFILES_CLOSED = new AtomicInteger();

        @Override
        public void setConfig(String storeName, Options options, Map<String, Object> configs) {}

        @Override
        public void close(String storeName, Options options) {
            // A store that is about to be closed can still be read.
            if (storeName.equals(StoreNames.USER_PROFILE) && PROFILES_CLOSED.getAndIncrement() > 0) {
                try {
                    MAY_CLOSE.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    @Test
    void shouldNotBeReadyWhileItsStoresAreClosed() throws Exception {
        KomboConfig config = KomboConfig.of(TestCluster.shared()
                .settings(
                        GROUP,
                        folder,
                        "kombo.streams." + StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG,
                        SlowToClose.class.getName()));
        try (TestClients clients = new TestClients(config);
                KomboService service = new KomboService(config)) {
            clients.createTopics(config);
            service.start();
            service.awaitRunning(PATIENCE);
            for (int user = 0; user < USERS; user++) {
                clients.send(view("first-" + user, user));
            }
            clients.flush();
            StreamsHealth health = new StreamsHealth(
                    service, 0, new QuerySources.MachineClock(System::currentTimeMillis, System::nanoTime));
            Awaitility.await().atMost(PATIENCE).until(() -> readable(service) == USERS && health.obstacle() == null);
            // What readiness is told by, besides the stores.
            assertThat(service.streams().metrics().keySet())
                    .extracting(MetricName::name)
                    .contains("last-poll-seconds-ago", "active-restoring-tasks");
            takePartitions();
            Awaitility.await().atMost(PATIENCE).until(() -> readable(service) < USERS);
            assertThat(service.streams().state()).isEqualTo(KafkaStreams.State.RUNNING);
            Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> health.obstacle() != null);
            assertThat(health.obstacle())
                    .startsWith("the instance is RUNNING and is waiting for the group " + GROUP
                            + " to assign partitions again")
                    .contains("user-profile of partition ");
            InstanceView view = health.describe();
            assertThat(view.ready()).isFalse();
            assertThat(view.obstacle()).isEqualTo(health.obstacle());
            assertThat(service.metrics().scrape()).contains("kombo_running 0.0");
            for (int user = 0; user < USERS; user++) {
                clients.send(view("second-" + user, user));
            }
            clients.flush();
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(health.lag().orElse(0)).isGreaterThanOrEqualTo(USERS));
            SlowToClose.MAY_CLOSE.countDown();
            Awaitility.await().atMost(PATIENCE).until(() -> health.obstacle() == null);
            assertThat(readable(service)).isEqualTo(USERS);
            assertThat(service.metrics().scrape()).contains("kombo_running 1.0");
            // Not even the markers of its own transactions, with which topics end.
            Awaitility.await()
                    .atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(health.lag()).hasValue(0));
        } finally {
            SlowToClose.MAY_CLOSE.countDown();
        }
    }

    private static BehaviorEvent view(String id, int user) {
        return BehaviorEvent.newBuilder()
                .setEventId(id)
                .setUserId("user-" + user)
                .setType(EventType.VIEW)
                .setItemId("item-1")
                .setEventTime(System.currentTimeMillis())
                .build();
    }

    /** Number of users who can be read. */
    private static int readable(KomboService service) {
        int readable = 0;
        for (int user = 0; user < USERS; user++) {
            try {
                readable += TestClients.shopper(service, ShopperKey.ofUser("user-" + user)) == null ? 0 : 1;
            } catch (ApiException e) {
                assertThat(e.status()).isEqualTo(HttpStatus.SERVICE_UNAVAILABLE_503);
            }
        }
        return readable;
    }

    private static void takePartitions() throws Exception {
        try (Admin admin =
                Admin.create(Map.of("bootstrap.servers", TestCluster.shared().bootstrapServers()))) {
            admin.removeMembersFromConsumerGroup(GROUP, new RemoveMembersFromConsumerGroupOptions())
                    .all()
                    .get();
        }
    }
}
