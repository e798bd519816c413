package dev.kombo.shop.faults;

import dev.kombo.shop.faults.proxy.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;

/**
 * What can go wrong in what instances and brokers tell each other, for which the proxies between them read Kafka's
 * protocol. In one run after the other it happens alone, and with kills.
 */
enum ProtocolFault implements FaultKind {
    END_TXN_FENCED(
            "commit answered with PRODUCER_FENCED or INVALID_PRODUCER_EPOCH",
            Duration.ZERO,
            draw -> List.of(KafkaRules.commits()
                    .times(1)
                    .fail(draw.nextBoolean() ? Errors.PRODUCER_FENCED : Errors.INVALID_PRODUCER_EPOCH))),
    END_TXN_INVALID(
            "commit answered with INVALID_TXN_STATE",
            Duration.ZERO,
            draw -> List.of(KafkaRules.commits().times(1).fail(Errors.INVALID_TXN_STATE))),
    COORDINATOR_LOADING(
            "a third of the requests to coordinators answered with COORDINATOR_LOAD_IN_PROGRESS",
            KafkaRules.A_WHILE,
            KafkaRules::coordinatorLoading),
    ANSWER_LOST(
            "answers to commits lost after the broker has committed, by broken connections and by silence",
            KafkaRules.A_WHILE,
            draw -> List.of(
                    KafkaRules.commits().times(2).breakAfter(),
                    KafkaRules.commits().times(1).swallow())) {
        @Override
        public Map<String, String> settings() {
            return KafkaRules.SHORT_REQUESTS;
        }
    },
    PRODUCE_LATE(
            "answers to PRODUCE later than its time-outs",
            KafkaRules.A_WHILE,
            draw -> List.of(Rule.on(ApiKeys.PRODUCE).delay(KafkaRules.TOO_LATE))) {
        @Override
        public Map<String, String> settings() {
            return KafkaRules.SHORT_REQUESTS;
        }
    },
    FETCH_CUT(
            "a tenth of the answers to FETCH cut off in the middle",
            KafkaRules.A_WHILE,
            draw -> List.of(Rule.on(ApiKeys.FETCH).share(0.1, draw.nextLong()).cutShort())),
    DEAD_LEADER("metadata that names a dead leader", KafkaRules.A_WHILE, draw -> List.of(KafkaRules.deadLeader())) {
        @Override
        public Map<String, String> settings() {
            return KafkaRules.YOUNG_METADATA;
        }
    },
    COORDINATOR_MOVES(
            "half of the heartbeats of two instances answered with NOT_COORDINATOR",
            KafkaRules.A_WHILE,
            draw -> List.of(
                    Rule.on(ApiKeys.HEARTBEAT).share(0.5, draw.nextLong()).fail(Errors.NOT_COORDINATOR))) {
        @Override
        public int instances() {
            return 2;
        }
    },
    COMMIT_UNANSWERED("network cut as soon as the broker has been asked to commit, for 25 s with time-outs of 5 s") {
        @Override
        public Map<String, String> settings() {
            return KafkaRules.SHORT_TIMEOUTS;
        }

        @Override
        public void happen(Site site, Random draw, Companion companion) throws Exception {
            site.cutAtCommit();
            site.rest(KafkaRules.UNANSWERED);
            site.mendNetwork();
        }
    },
    COMMIT_UNANSWERED_KILL_BROKER(
            "kill -9 of all brokers as soon as one has been asked to commit, away for 25 s with time-outs of 5 s") {
        @Override
        public Map<String, String> settings() {
            return KafkaRules.SHORT_TIMEOUTS;
        }

        @Override
        public void happen(Site site, Random draw, Companion companion) throws Exception {
            outage(site, KafkaRules.UNANSWERED);
        }
    },
    OUTAGE_1("kill -9 of all brokers as soon as one has been asked to commit, away for 1 minute", 1),
    OUTAGE_3("kill -9 of all brokers as soon as one has been asked to commit, away for 3 minutes", 3),
    OUTAGE_10("kill -9 of all brokers as soon as one has been asked to commit, away for 10 minutes", 10);

    private interface RuleMaker {
        List<Rule> make(Random draw);
    }

    /** Behind those of {@link Fault}. */
    private static final int FIRST_PLACE = 100;

    private static final long FIRED_WITHIN = TimeUnit.MINUTES.toNanos(1);

    private final String text;
    private final Duration length;

    @SuppressWarnings("ImmutableEnumChecker") // They capture nothing.
    private final RuleMaker rules;

    private final boolean onlyWhenAsked;

    ProtocolFault(String text) {
        this(text, Duration.ZERO, draw -> List.of(), false);
    }

    /** An outage with the default time-outs. */
    ProtocolFault(String text, int minutes) {
        this(text, Duration.ofMinutes(minutes), draw -> List.of(), true);
    }

    ProtocolFault(String text, Duration length, RuleMaker rules) {
        this(text, length, rules, false);
    }

    ProtocolFault(String text, Duration length, RuleMaker rules, boolean onlyWhenAsked) {
        this.text = text;
        this.length = length;
        this.rules = rules;
        this.onlyWhenAsked = onlyWhenAsked;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public int place() {
        return FIRST_PLACE + ordinal();
    }

    @Override
    public int instances() {
        return 1;
    }

    @Override
    public int brokers() {
        return Fault.BROKERS;
    }

    @Override
    public boolean needsAllShoppers() {
        return true;
    }

    @Override
    public boolean onlyWhenAsked() {
        return onlyWhenAsked;
    }

    @Override
    public List<Companion> companions() {
        return compareTo(COMMIT_UNANSWERED) < 0 ? List.of(Companion.values()) : List.of(Companion.NOBODY);
    }

    @Override
    public void happen(Site site, Random draw, Companion companion) throws Exception {
        if (onlyWhenAsked) {
            outage(site, length);
            return;
        }
        site.network();
        site.rules().add(rules.make(draw));
        long giveUpAt = System.nanoTime() + FIRED_WITHIN;
        // A rule that never fires tells so later.
        site.await("disturbed", () -> site.rules().neverFired().isEmpty() || System.nanoTime() > giveUpAt);
        companion.happen(site, draw);
        site.rest(length);
    }

    /** Brokers are killed in the moment of a commit, and come back after a while. */
    private static void outage(Site site, Duration length) throws Exception {
        site.cutAtCommit();
        site.killBrokers();
        // Connections end now, as those to a killed broker do.
        site.mendNetwork();
        site.rest(length);
        site.startBrokers();
    }
}
