package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.cli.ExactlyOnceText.Findings;
import dev.kombo.console.BrokerFacts;
import dev.kombo.console.BrokerFacts.TopicSafety;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExactlyOnceTextTest {
    private static final TopicSafety SAFE = new TopicSafety(3, 2, false);
    private static final String SERVERS = "broker-1:9092";

    private final Map<String, Set<String>> settings = new HashMap<>(Map.of(
            BrokerFacts.LEAST_REPLICAS, Set.of("2"),
            BrokerFacts.UNCLEAN_ELECTION, Set.of("false"),
            BrokerFacts.OFFSETS_REPLICAS, Set.of("3"),
            BrokerFacts.TRANSACTIONS_REPLICAS, Set.of("3"),
            BrokerFacts.TRANSACTIONS_LEAST_REPLICAS, Set.of("2")));
    private final Map<String, TopicSafety> topics = new HashMap<>(Map.of(
            "behavior-event",
            SAFE,
            "kombo-user-profile-changelog",
            SAFE,
            BrokerFacts.OFFSETS,
            SAFE,
            BrokerFacts.TRANSACTIONS,
            SAFE));

    private Findings findings(int level, String... open) {
        return ExactlyOnceText.of(new BrokerFacts(3, OptionalInt.of(level), settings, topics, List.of(open)), SERVERS);
    }

    @Test
    void shouldFindNothingWhereTwoOfThreeReplicasHaveEachRecord() {
        assertThat(findings(2)).isEqualTo(new Findings(List.of(), List.of()));
        assertThat(printed(findings(2))).startsWith("0").contains("no setting of topics or brokers is in its way");
    }

    @Test
    void shouldSayWhatAnOldTransactionVersionCounts() {
        assertThat(findings(1).faults())
                .singleElement()
                .asString()
                .startsWith("transaction.version is 1: ")
                .contains("counts twice")
                .endsWith("kafka-features.sh --bootstrap-server broker-1:9092 upgrade --feature transaction.version=2");
        assertThat(printed(findings(1))).startsWith("1").contains("\n- transaction.version is 1: ");
    }

    @Test
    void shouldNameTopicsWhoseRecordsOneBrokerAloneMayHave() {
        topics.put("behavior-event", new TopicSafety(3, 1, false));
        topics.put("kombo-user-profile-changelog", new TopicSafety(3, 1, false));
        topics.put("kombo-user-offer-changelog", new TopicSafety(3, 1, false));
        topics.put("kombo-user-timer-changelog", new TopicSafety(3, 1, false));
        topics.put(BrokerFacts.OFFSETS, new TopicSafety(3, 1, false));
        topics.put(BrokerFacts.TRANSACTIONS, new TopicSafety(3, 1, false));
        assertThat(findings(2).faults())
                .hasSize(3)
                .anyMatch(fault -> fault.startsWith("min.insync.replicas is 1 for ")
                        && fault.contains(" and one other: ")
                        && fault.contains("is lost"))
                .anyMatch(fault -> fault.startsWith("min.insync.replicas of __consumer_offsets is 1: ")
                        && fault.endsWith("counted twice."))
                .anyMatch(fault -> fault.startsWith("min.insync.replicas of __transaction_state is 1 "));
    }

    @Test
    void shouldNameTopicsWithOneReplicaBesideOthers() {
        topics.put("offer-outcome", new TopicSafety(1, 1, false));
        topics.put(BrokerFacts.OFFSETS, new TopicSafety(1, 1, false));
        topics.put(BrokerFacts.TRANSACTIONS, new TopicSafety(1, 1, false));
        assertThat(findings(2).faults())
                .hasSize(3)
                .anyMatch(fault -> fault.startsWith("There is one replica only of offer-outcome: "))
                .anyMatch(fault -> fault.startsWith("__consumer_offsets has one replica "))
                .anyMatch(fault -> fault.startsWith("__transaction_state has one replica "));
    }

    /** Before the first transaction there is no topic of transactions: then its settings count. */
    @Test
    void shouldAskTheBrokersForWhatTheyHaveNotCreatedYet() {
        topics.remove(BrokerFacts.OFFSETS);
        topics.remove(BrokerFacts.TRANSACTIONS);
        settings.put(BrokerFacts.OFFSETS_REPLICAS, Set.of("1"));
        settings.put(BrokerFacts.TRANSACTIONS_REPLICAS, Set.of("1"));
        settings.put(BrokerFacts.TRANSACTIONS_LEAST_REPLICAS, Set.of("1", "2"));
        assertThat(findings(2).faults())
                .hasSize(3)
                .anyMatch(fault -> fault.contains("(offsets.topic.replication.factor)"))
                .anyMatch(fault -> fault.contains("(transaction.state.log.replication.factor)"))
                .anyMatch(fault -> fault.contains("(transaction.state.log.min.isr)"));
    }

    @Test
    void shouldSayWhatAnUncleanElectionLoses() {
        topics.put("behavior-event", new TopicSafety(3, 2, true));
        settings.put(BrokerFacts.UNCLEAN_ELECTION, Set.of("false", "true"));
        assertThat(findings(2).faults())
                .singleElement()
                .asString()
                .startsWith("unclean.leader.election.enable is true for behavior-event: ")
                .contains("is lost, although it was committed");
        topics.put("behavior-event", SAFE);
        assertThat(findings(2).faults()).isEmpty();
        assertThat(findings(2).remarks())
                .singleElement()
                .asString()
                .startsWith("The brokers' unclean.leader.election.enable is true: ");
    }

    @Test
    void shouldSayOnceThatOneReplicaIsAllThereIs() {
        topics.replaceAll((name, safe) -> new TopicSafety(1, 1, true));
        Findings findings = findings(1);
        assertThat(findings.faults()).isEmpty();
        assertThat(findings.remarks())
                .hasSize(2)
                .anyMatch(remark -> remark.startsWith("transaction.version is 1: "))
                .anyMatch(remark -> remark.startsWith("Topics have one replica: "));
        assertThat(printed(findings)).startsWith("0");
    }

    @Test
    void shouldSayWhatCouldNotBeAsked() {
        Findings findings = ExactlyOnceText.of(
                new BrokerFacts(
                        3, OptionalInt.empty(), Map.of(), Map.of("behavior-event", SAFE), List.of("x: too old")),
                SERVERS);
        assertThat(findings).isEqualTo(new Findings(List.of(), List.of("Not known: x: too old.")));
    }

    private static String printed(Findings findings) {
        StringWriter out = new StringWriter();
        int code = TopicsCommand.print(new PrintWriter(out), findings);
        return code + out.toString();
    }
}
