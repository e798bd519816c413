package dev.kombo.lab.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Properties;

/** The settings of a single KRaft node that is controller and broker in one. */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String HOST = "127.0.0.1";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** One node: every internal topic has one replica, and few partitions, as each costs files and start-up time. */
    private static final Map<String, String> SINGLE_NODE = Map.ofEntries(
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"));

    /** Nobody else joins: do not wait for more members, and forget a killed predecessor soon. */
    private static final Map<String, String> QUICK_START = Map.of(
            "group.initial.rebalance.delay.ms", "0",
            "group.streams.initial.rebalance.delay.ms", "0",
            "broker.session.timeout.ms", "2000",
            "broker.heartbeat.interval.ms", "400");

    /**
     * Topics are made on purpose, with their partitions, or not at all. Replayed events carry the time stamps of years ago,
     * which retention by time would delete within minutes, so it is off unless a topic says otherwise; and a folder that was
     * left alone for a month still knows how far its groups had read.
     */
    private static final Map<String, String> DATA = Map.of(
            "auto.create.topics.enable", "false",
            "log.retention.ms", "-1",
            "offsets.retention.minutes", "5256000");

    /** A laptop: the cleaner's default map alone takes 128 MiB of heap; 16 MiB hold 600,000 keys a pass. */
    private static final Map<String, String> SMALL = Map.of(
            "log.cleaner.dedupe.buffer.size", "16777216",
            "log.segment.bytes", "134217728",
            "log.index.size.max.bytes", "1048576",
            "num.network.threads", "2",
            "num.io.threads", "4");

    private BrokerSettings() {}

    static Properties of(Path logDirectory, int brokerPort, int controllerPort, Map<String, String> overrides) {
        String client = "PLAINTEXT://" + HOST + ":" + brokerPort;
        Properties settings = new Properties();
        settings.setProperty("advertised.listeners", client);
        settings.putAll(SINGLE_NODE);
        settings.putAll(QUICK_START);
        settings.putAll(DATA);
        settings.putAll(SMALL);
        settings.putAll(overrides);
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty("node.id", Integer.toString(NODE_ID));
        settings.setProperty("controller.quorum.voters", NODE_ID + "@" + HOST + ":" + controllerPort);
        settings.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        settings.setProperty("listeners", client + "," + CONTROLLER_LISTENER + "://" + HOST + ":" + controllerPort);
        settings.setProperty(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
        settings.setProperty("log.dirs", logDirectory.toString());
        return settings;
    }
}
