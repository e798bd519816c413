package dev.kombo.shop.faults;

import dev.kombo.shop.faults.proxy.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.message.MetadataResponseData.MetadataResponseBroker;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.TransactionResult;

/** The parts of {@link ProtocolFault}: rules, and settings of instances that make them matter within seconds. */
final class KafkaRules {
    /** How long rules without a count hold. */
    static final Duration A_WHILE = Duration.ofSeconds(15);

    /** So short that half a minute without a broker is to an instance what several minutes are by default. */
    static final Map<String, String> SHORT_TIMEOUTS = Map.of(
            "kombo.streams.producer.max.block.ms", "5000",
            "kombo.streams.admin.default.api.timeout.ms", "5000",
            "kombo.streams.admin.request.timeout.ms", "4000");

    /** Twice the producer's {@code max.block.ms} above, and the admin client's time-out, and some seconds. */
    static final Duration UNANSWERED = Duration.ofSeconds(25);

    /** A request is repeated after 3 s, and a batch of records given up after 6 s. */
    static final Map<String, String> SHORT_REQUESTS = Map.of(
            "kombo.streams.producer.request.timeout.ms", "3000", "kombo.streams.producer.delivery.timeout.ms", "6000");

    /** Later than that. */
    static final Duration TOO_LATE = Duration.ofSeconds(4);

    /** Clients ask again who leads: by default they do so every five minutes, or when something fails. */
    static final Map<String, String> YOUNG_METADATA = Map.of("kombo.streams.metadata.max.age.ms", "2000");

    private static final double THIRD = 1.0 / 3;
    private static final int NOBODY = 99;
    /** In no range that a broker of the harness uses. */
    private static final int PORT_OF_NOBODY = 1;

    private KafkaRules() {}

    /** All requests to commit a transaction. */
    static Rule.Requests commits() {
        return Rule.on(ApiKeys.END_TXN).when(KafkaRules::commits);
    }

    private static boolean commits(AbstractRequest request) {
        return ((EndTxnRequest) request).result() == TransactionResult.COMMIT;
    }

    /** Of both coordinators, the requests that a real one would answer so. */
    static List<Rule> coordinatorLoading(Random draw) {
        return List.of(
                Rule.on(ApiKeys.END_TXN, ApiKeys.INIT_PRODUCER_ID, ApiKeys.ADD_PARTITIONS_TO_TXN)
                        .share(THIRD, draw.nextLong())
                        .fail(Errors.COORDINATOR_LOAD_IN_PROGRESS),
                Rule.on(ApiKeys.TXN_OFFSET_COMMIT, ApiKeys.OFFSET_FETCH, ApiKeys.JOIN_GROUP)
                        .share(THIRD, draw.nextLong())
                        .fail(Errors.COORDINATOR_LOAD_IN_PROGRESS));
    }

    /** All partitions are led by a broker at whose address nobody is. */
    static Rule deadLeader() {
        return Rule.on(ApiKeys.METADATA).change("that a dead broker leads", KafkaRules::nameNobody);
    }

    private static void nameNobody(ApiMessage response) {
        MetadataResponseData metadata = (MetadataResponseData) response;
        metadata.brokers()
                .add(new MetadataResponseBroker()
                        .setNodeId(NOBODY)
                        .setHost("localhost")
                        .setPort(PORT_OF_NOBODY));
        metadata.topics().forEach(topic -> topic.partitions().forEach(partition -> partition.setLeaderId(NOBODY)));
    }
}
