package dev.kombo.cli;

import dev.kombo.console.BrokerFacts;
import dev.kombo.console.BrokerFacts.TopicSafety;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Says in sentences what the brokers' settings mean for exactly once: what of Kombo's records could be lost, or counted
 * twice. What a single broker cannot have is no fault, and is said once.
 */
final class ExactlyOnceText {
    /** The first level of transaction.version at which each transaction has an epoch of its own. */
    private static final int SEPARATE_TRANSACTIONS = 2;

    private static final int NAMED_TOPICS = 3;

    private final BrokerFacts facts;
    private final String servers;
    private final List<String> faults = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private ExactlyOnceText(BrokerFacts facts, String servers) {
        this.facts = facts;
        this.servers = servers;
    }

    /**
     * Sentences for an operator.
     *
     * @param faults settings by which the loss of one broker of several loses records, or counts them twice
     * @param remarks what is to be known besides
     */
    record Findings(List<String> faults, List<String> remarks) {}

    /** @param servers addresses of the brokers, for the commands that are proposed */
    static Findings of(BrokerFacts facts, String servers) {
        ExactlyOnceText text = new ExactlyOnceText(facts, servers);
        text.transactions();
        if (text.oneReplica()) {
            text.remarks.add(
                    "Topics have one replica: a broker that is killed and started again loses nothing, but with"
                            + " its disk all is lost. Three brokers, with kombo.topic.replication.factor = 3, keep all if one"
                            + " of them is lost.");
        } else {
            text.replicas();
            text.leastReplicas();
            text.uncleanElections();
        }
        facts.open().forEach(open -> text.remarks.add("Not known: " + open + "."));
        return new Findings(List.copyOf(text.faults), List.copyOf(text.remarks));
    }

    private boolean oneReplica() {
        List<TopicSafety> own = facts.topics().entrySet().stream()
                .filter(topic -> !ofBrokers(topic.getKey()))
                .map(Map.Entry::getValue)
                .toList();
        return own.isEmpty() ? facts.brokers() == 1 : own.stream().allMatch(topic -> topic.replicas() == 1);
    }

    private static boolean ofBrokers(String topic) {
        return topic.equals(BrokerFacts.OFFSETS) || topic.equals(BrokerFacts.TRANSACTIONS);
    }

    private void transactions() {
        if (facts.transactionVersion().isEmpty()) {
            return;
        }
        int level = facts.transactionVersion().getAsInt();
        if (level < SEPARATE_TRANSACTIONS) {
            (oneReplica() ? remarks : faults)
                    .add(
                            "%s is %d: a record that reaches a broker after the end of its transaction may fall into the next"
                                            .formatted(BrokerFacts.TRANSACTION_VERSION, level)
                                    + " one, and then counts twice, or keep a transaction open, and then readers of committed records wait"
                                    + " for ever. With brokers of version 4.0 or later: kafka-features.sh --bootstrap-server "
                                    + servers
                                    + " upgrade --feature " + BrokerFacts.TRANSACTION_VERSION + "="
                                    + SEPARATE_TRANSACTIONS);
        }
    }

    /** Topics with fewer replicas than others; those of brokers lose what holds all others together. */
    private void replicas() {
        String single = topics(topic -> topic.replicas() == 1, false);
        if (!single.isEmpty()) {
            faults.add("There is one replica only of " + single + ": with its broker's disk its records are lost.");
        }
        if (few(BrokerFacts.OFFSETS, BrokerFacts.OFFSETS_REPLICAS)) {
            faults.add(BrokerFacts.OFFSETS + " has one replica (" + BrokerFacts.OFFSETS_REPLICAS + "): if its broker's"
                    + " disk is lost, Kombo begins at the oldest event that is kept, and counts events again.");
        }
        if (few(BrokerFacts.TRANSACTIONS, BrokerFacts.TRANSACTIONS_REPLICAS)) {
            faults.add(BrokerFacts.TRANSACTIONS + " has one replica (" + BrokerFacts.TRANSACTIONS_REPLICAS
                    + "): if its broker's disk is lost, transactions that are open stay open, readers of committed"
                    + " records wait for ever, and a commit may hold in some partitions only.");
        }
    }

    private boolean few(String topic, String setting) {
        TopicSafety known = facts.topics().get(topic);
        return known == null ? has(setting, "1") : known.replicas() == 1;
    }

    private void leastReplicas() {
        String own = topics(topic -> topic.replicas() > 1 && topic.leastReplicas() == 1, false);
        if (!own.isEmpty()) {
            faults.add(
                    BrokerFacts.LEAST_REPLICAS + " is 1 for " + own + ": a record counts as written when one broker has"
                            + " it. If that broker is lost before the others have it, an event, or a part of a transaction, is"
                            + " lost: profiles and reports then differ from the events. Set it to 2.");
        } else if (facts.topics().keySet().stream().allMatch(ExactlyOnceText::ofBrokers)
                && has(BrokerFacts.LEAST_REPLICAS, "1")) {
            remarks.add("The brokers' " + BrokerFacts.LEAST_REPLICAS + " is 1; with kombo.topic.replication.factor = 3,"
                    + " Kombo creates its topics with 2.");
        }
        TopicSafety offsets = facts.topics().get(BrokerFacts.OFFSETS);
        if (offsets != null && offsets.replicas() > 1 && offsets.leastReplicas() == 1) {
            faults.add(BrokerFacts.LEAST_REPLICAS + " of " + BrokerFacts.OFFSETS + " is 1: if the broker that alone has"
                    + " the latest offsets is lost, the events since the offsets before are counted twice.");
        }
        TopicSafety transactions = facts.topics().get(BrokerFacts.TRANSACTIONS);
        if (transactions == null
                ? has(BrokerFacts.TRANSACTIONS_LEAST_REPLICAS, "1")
                : transactions.replicas() > 1 && transactions.leastReplicas() == 1) {
            faults.add(BrokerFacts.LEAST_REPLICAS + " of " + BrokerFacts.TRANSACTIONS + " is 1 ("
                    + BrokerFacts.TRANSACTIONS_LEAST_REPLICAS + "): if the broker that alone knows how a transaction"
                    + " ended is lost, the transaction may end twice, committed in some partitions and aborted in"
                    + " others: its events are lost in part, or counted twice.");
        }
    }

    private void uncleanElections() {
        String topics = topics(topic -> topic.replicas() > 1 && topic.uncleanElection(), true);
        if (!topics.isEmpty()) {
            faults.add(BrokerFacts.UNCLEAN_ELECTION + " is true for " + topics
                    + ": a replica that lacks records may become"
                    + " the leader, and what it lacks is lost, although it was committed: events, profiles, or offsets,"
                    + " whose events are then counted twice. Set it to false.");
        } else if (has(BrokerFacts.UNCLEAN_ELECTION, "true")) {
            remarks.add("The brokers' " + BrokerFacts.UNCLEAN_ELECTION + " is true: a topic that is created from now on"
                    + " may lose committed records.");
        }
    }

    private boolean has(String setting, String value) {
        return facts.settings().getOrDefault(setting, Set.of()).contains(value);
    }

    /** Names the topics for which something holds: the first ones, and how many others. */
    private String topics(Predicate<TopicSafety> which, boolean withThoseOfBrokers) {
        List<String> names = facts.topics().entrySet().stream()
                .filter(topic -> withThoseOfBrokers || !ofBrokers(topic.getKey()))
                .filter(topic -> which.test(topic.getValue()))
                .map(Map.Entry::getKey)
                .toList();
        int others = names.size() - NAMED_TOPICS;
        return names.stream().limit(NAMED_TOPICS).collect(Collectors.joining(", "))
                + (others <= 0 ? "" : others == 1 ? " and one other" : " and " + others + " others");
    }
}
