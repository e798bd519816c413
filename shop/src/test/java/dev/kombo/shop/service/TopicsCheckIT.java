package dev.kombo.shop.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.cli.KomboCommandLine;
import dev.kombo.config.ServiceSettings;
import dev.kombo.instance.CommandContext;
import dev.kombo.shop.kafka.ChildProcessKafka;
import dev.kombo.shop.kafka.EmbeddedKafka;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** What {@code kombo topics check} says of the settings of real brokers. */
class TopicsCheckIT {
    private static final int BROKERS = 3;

    @TempDir
    Path folder;

    /** An exit code and what was printed. */
    private record Answer(int code, String text) {}

    @Test
    void shouldNotFailForWhatASingleBrokerCannotHave() throws Exception {
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, Map.of("unclean.leader.election.enable", "true"))) {
            String servers = kafka.bootstrapServers();
            topics(servers, 1, "create");
            Answer latest = topics(servers, 1, "check");
            assertThat(latest.code()).isZero();
            assertThat(latest.text())
                    .containsOnlyOnce("Topics have one replica: ")
                    .doesNotContain("unclean", "transaction.version", "min.insync.replicas is", "Not known");
            downgrade(servers);
            Answer old = topics(servers, 1, "check");
            assertThat(old.code()).isZero();
            assertThat(old.text()).contains("- transaction.version is 1: ", "--bootstrap-server " + servers);
        }
    }

    private static void downgrade(String servers) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
            admin.updateFeatures(
                            Map.of(
                                    "transaction.version",
                                    new FeatureUpdate((short) 1, FeatureUpdate.UpgradeType.SAFE_DOWNGRADE)),
                            new UpdateFeaturesOptions())
                    .all()
                    .get();
        }
    }

    @Test
    void shouldSayWhatThePrincipalMayNotAsk() throws Exception {
        Map<String, String> guarded = Map.of(
                "authorizer.class.name",
                "org.apache.kafka.metadata.authorizer.StandardAuthorizer",
                "allow.everyone.if.no.acl.found",
                "true");
        try (EmbeddedKafka kafka = EmbeddedKafka.start(folder, guarded)) {
            String servers = kafka.bootstrapServers();
            topics(servers, 1, "create");
            try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers))) {
                ResourcePattern cluster =
                        new ResourcePattern(ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL);
                admin.createAcls(List.of(
                                rule(cluster, AclOperation.ALL, AclPermissionType.ALLOW),
                                rule(cluster, AclOperation.DESCRIBE_CONFIGS, AclPermissionType.DENY)))
                        .all()
                        .get();
            }
            Answer answer = topics(servers, 1, "check");
            assertThat(answer.code()).isZero();
            assertThat(answer.text())
                    .containsOnlyOnce("- Not known: the settings of the brokers: the brokers do not allow it")
                    .contains("- Topics have one replica: ");
        }
    }

    private static AclBinding rule(ResourcePattern resource, AclOperation operation, AclPermissionType permission) {
        return new AclBinding(resource, new AccessControlEntry("User:ANONYMOUS", "*", operation, permission));
    }

    @Test
    @Tag("slow")
    void shouldFailWhereTheLossOfOneOfThreeBrokersLosesRecords() throws Exception {
        Map<String, String> unsafe = Map.of(
                "default.replication.factor", "3",
                "offsets.topic.replication.factor", "1",
                "transaction.state.log.replication.factor", "3",
                "unclean.leader.election.enable", "true");
        List<ChildProcessKafka> brokers = start(unsafe);
        try {
            String servers = brokers.get(0).bootstrapServers();
            topics(servers, -1, "create");
            Answer answer = topics(servers, -1, "check");
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.text())
                    .contains("- min.insync.replicas is 1 for active-strategy, behavior-event, ")
                    .contains("- unclean.leader.election.enable is true for active-strategy, ")
                    .contains("- __consumer_offsets has one replica (offsets.topic.replication.factor)")
                    .contains("- min.insync.replicas of __transaction_state is 1 (transaction.state.log.min.isr)")
                    .doesNotContain("Topics have one replica", "transaction.version", "Not known");
        } finally {
            for (ChildProcessKafka broker : brokers) {
                broker.kill();
            }
        }
    }

    /** Starts three brokers, each a controller; all at once, as none is ready before most of them are. */
    private List<ChildProcessKafka> start(Map<String, String> settings) throws Exception {
        List<Integer> ports = new ArrayList<>();
        for (int i = 0; i < BROKERS; i++) {
            try (ServerSocket free = new ServerSocket(0)) {
                ports.add(free.getLocalPort());
            }
        }
        String voters = IntStream.range(0, BROKERS)
                .mapToObj(broker -> (broker + 1) + "@127.0.0.1:" + ports.get(broker))
                .collect(Collectors.joining(","));
        List<CompletableFuture<ChildProcessKafka>> starting = new ArrayList<>();
        for (int broker = 1; broker <= BROKERS; broker++) {
            Map<String, String> own = new HashMap<>(settings);
            own.put("controller.quorum.voters", voters);
            own.put("node.id", Integer.toString(broker));
            Path data = folder.resolve("broker-" + broker);
            starting.add(CompletableFuture.supplyAsync(() -> ChildProcessKafka.start(data, own)));
        }
        List<ChildProcessKafka> brokers = new ArrayList<>();
        for (CompletableFuture<ChildProcessKafka> broker : starting) {
            brokers.add(broker.get());
        }
        return brokers;
    }

    private static Answer topics(String servers, int replicas, String command) {
        CommandLine line = KomboCommandLine.create(CommandContext.standard(Map.of(), Optional.empty()), List.of());
        StringWriter out = new StringWriter();
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(out, true));
        int code = line.execute(
                "topics",
                command,
                "-D",
                ServiceSettings.BOOTSTRAP_SERVERS.name() + "=" + servers,
                "-D",
                ServiceSettings.TOPIC_REPLICATION.name() + "=" + replicas);
        return new Answer(code, out.toString());
    }
}
