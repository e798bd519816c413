package dev.kombo.shop.kafka;

import dev.kombo.console.CommandException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/** Settings of a KRaft node that is both controller and broker, by itself unless overrides name its quorum. */
final class BrokerSettings {

    private static final String NODE_ID = "node.id";
    private static final String QUORUM = "controller.quorum.voters";
    static final String HOST = "127.0.0.1";
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    private static final Map<String, String> DEFAULTS = Map.ofEntries(
            // One node: every internal topic has one replica, and few partitions, as each costs files and start-up
            // time.
            Map.entry("default.replication.factor", "1"),
            Map.entry("min.insync.replicas", "1"),
            Map.entry("offsets.topic.replication.factor", "1"),
            Map.entry("offsets.topic.num.partitions", "4"),
            Map.entry("transaction.state.log.replication.factor", "1"),
            Map.entry("transaction.state.log.min.isr", "1"),
            Map.entry("transaction.state.log.num.partitions", "4"),
            Map.entry("share.coordinator.state.topic.replication.factor", "1"),
            Map.entry("share.coordinator.state.topic.min.isr", "1"),
            Map.entry("share.coordinator.state.topic.num.partitions", "1"),
            // Nobody else joins: do not wait for more members, and soon forget a killed predecessor.
            Map.entry("group.initial.rebalance.delay.ms", "0"),
            Map.entry("group.streams.initial.rebalance.delay.ms", "0"),
            Map.entry("broker.session.timeout.ms", "2000"),
            Map.entry("broker.heartbeat.interval.ms", "400"),
            // The first records after a commit wait until all partitions know of it. The broker looks again after this
            // time, 20 ms by default, which would be most of the time from an event to its offer.
            Map.entry("add.partitions.to.txn.retry.backoff.ms", "1"),
            // Topics are created explicitly, with their partitions.
            Map.entry("auto.create.topics.enable", "false"),
            // Replayed events carry time stamps of years ago, which retention by time would delete within minutes, so
            // it
            // is off unless a topic sets it; and a folder that was unused for a month still has the committed offsets.
            Map.entry("log.retention.ms", "-1"),
            Map.entry("offsets.retention.minutes", "5256000"),
            // For a laptop: the cleaner's default map alone takes 128 MiB of heap; 16 MiB hold 600,000 keys per pass.
            Map.entry("log.cleaner.dedupe.buffer.size", "16777216"),
            Map.entry("log.segment.bytes", "134217728"),
            Map.entry("log.index.size.max.bytes", "1048576"),
            Map.entry("num.network.threads", "2"),
            Map.entry("num.io.threads", "4"));

    private BrokerSettings() {}

    static int nodeId(Map<String, String> overrides) {
        return Integer.parseInt(overrides.getOrDefault(NODE_ID, "1"));
    }

    /** Returns the controller's address: as in its quorum, or any. */
    private static String controller(int nodeId, int brokerPort, Map<String, String> overrides) {
        // Without others only this node talks to the controller, so its port may change each time.
        String alone = nodeId + "@" + HOST + ":" + Ports.findFree(brokerPort);
        return Arrays.stream(overrides.getOrDefault(QUORUM, alone).split(","))
                .filter(voter -> voter.startsWith(nodeId + "@"))
                .findFirst()
                .orElseThrow();
    }

    /**
     * @param overrides take precedence over the defaults; node.id and controller.quorum.voters make the node one of
     *     several, and the rest of its identity is fixed here
     */
    static Properties of(Path logDirectory, int brokerPort, Map<String, String> overrides) {
        String client = "PLAINTEXT://" + HOST + ":" + brokerPort;
        String voter = controller(nodeId(overrides), brokerPort, overrides);
        Properties settings = new Properties();
        settings.setProperty(QUORUM, voter);
        settings.setProperty("advertised.listeners", client);
        settings.putAll(DEFAULTS);
        settings.putAll(overrides);
        settings.setProperty("process.roles", "broker,controller");
        settings.setProperty(NODE_ID, Integer.toString(nodeId(overrides)));
        settings.setProperty("controller.listener.names", CONTROLLER_LISTENER);
        settings.setProperty(
                "listeners", client + "," + CONTROLLER_LISTENER + "://" + voter.substring(voter.indexOf('@') + 1));
        settings.setProperty(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
        settings.setProperty("inter.broker.listener.name", "PLAINTEXT");
        settings.setProperty("log.dirs", logDirectory.toString());
        return settings;
    }

    /** Finds ports of 127.0.0.1 that a server can listen on. */
    static final class Ports {

        /** Below the range (32768 on Linux) that systems use for outgoing connections. */
        private static final int FIRST = 20_000;

        private static final int LAST = 29_999;
        /** Ports tried before a search fails. */
        private static final int ATTEMPTS = 200;

        private static final byte[] HOST = {127, 0, 0, 1};

        private Ports() {}

        /** Whether nobody listens on the port now; somebody else may take it a moment later. */
        static boolean isFree(int port) {
            try (ServerSocket socket = new ServerSocket()) {
                socket.setReuseAddress(true);
                socket.bind(new InetSocketAddress(InetAddress.getByAddress(HOST), port));
                return true;
            } catch (IOException taken) {
                return false;
            }
        }

        /**
         * Finds a free port other than the given one. It does not ask the system (port 0): the port is kept for years,
         * and one from the system's own range would sometimes be taken by an outgoing connection.
         */
        static int findFree(int except) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                int port = ThreadLocalRandom.current().nextInt(FIRST, LAST + 1);
                if (port != except && isFree(port)) {
                    return port;
                }
            }
            throw CommandException.failure(
                    "Found no free port of " + BrokerSettings.HOST + " from " + FIRST + " to " + LAST);
        }
    }
}
