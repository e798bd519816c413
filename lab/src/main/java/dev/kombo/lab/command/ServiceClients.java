package dev.kombo.lab.command;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.lab.replay.ConsumerGroupDrain;
import dev.kombo.lab.replay.ReplayRunner;
import dev.kombo.lab.simulation.Connection;
import dev.kombo.tracking.StrategyPlan;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** How a simulated shop reaches the service of an installation. */
final class ServiceClients implements Connection, AutoCloseable {
    private final Topics topics;
    private final LabClients clients;
    private final Admin admin;
    private final Supplier<Map<TopicPartition, Long>> committed;
    private final Supplier<StrategyPlan> strategy;
    private final Runnable requireAlive;

    /**
     * Clients for an installation.
     *
     * @param strategy tells which one is active in the service, or null
     * @param requireAlive fails where the service gave up
     */
    private ServiceClients(KomboConfig config, Supplier<StrategyPlan> strategy, Runnable requireAlive) {
        this.topics = Topics.of(config);
        this.clients = new LabClients(config);
        this.admin = clients.admin();
        this.committed = ConsumerGroupDrain.committedBy(admin, config.get(ServiceSettings.APPLICATION_ID));
        this.strategy = strategy;
        this.requireAlive = requireAlive;
    }

    /** Those of a service in this process. */
    static ServiceClients of(EmbeddedRun run) {
        return new ServiceClients(run.config(), run::strategy, run::requireAlive);
    }

    /** Those of a service that runs elsewhere, or not yet: whether it lives shows by the offsets that it commits. */
    static ServiceClients of(KomboConfig config) {
        return new ServiceClients(config, () -> null, () -> {});
    }

    @Override
    public Topics topics() {
        return topics;
    }

    @Override
    public Producer<String, SpecificRecord> producer() {
        return clients.producer(ReplayRunner.PRODUCER_SETTINGS);
    }

    @Override
    public <T extends SpecificRecord> Consumer<String, T> committed(Class<T> type) {
        return clients.consumer(type);
    }

    @Override
    public Consumer<byte[], byte[]> uncommitted() {
        return clients.bytes(IsolationLevel.READ_UNCOMMITTED);
    }

    @Override
    public Map<TopicPartition, Long> committedOffsets() {
        return committed.get();
    }

    @Override
    public StrategyPlan strategy() {
        return strategy.get();
    }

    @Override
    public void requireAlive() {
        requireAlive.run();
    }

    @Override
    public void close() {
        try (clients) {
            admin.close();
        }
    }
}
