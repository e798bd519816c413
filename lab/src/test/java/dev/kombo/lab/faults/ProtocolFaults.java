package dev.kombo.lab.faults;

import dev.kombo.lab.faults.proxy.Proxy;
import dev.kombo.lab.faults.proxy.Rule;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.AbstractRequest;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.TransactionResult;

/** Faults in what instances and brokers tell each other, for which the proxies between them read Kafka's protocol. */
final class ProtocolFaults {
    /** So short that half a minute without a broker is to an instance what several minutes are by default. */
    static final Map<String, String> SHORT_TIMEOUTS = Map.of(
            "kombo.streams.producer.max.block.ms", "5000",
            "kombo.streams.admin.default.api.timeout.ms", "5000",
            "kombo.streams.admin.request.timeout.ms", "4000");

    /** Twice the producer's {@code max.block.ms} above, and the admin client's time-out, and some seconds. */
    static final Duration UNANSWERED = Duration.ofSeconds(25);

    private static final int LONGEST_WAIT_SECONDS = 60;

    private ProtocolFaults() {}

    /** The network is cut as soon as the broker has been asked to commit, and mended after a while. */
    static void commitUnanswered(Site site) throws Exception {
        cutAtCommit(site);
        TimeUnit.MILLISECONDS.sleep(UNANSWERED.toMillis());
        site.network().forEach(Proxy::mend);
    }

    /** The same, and the brokers are killed in the same moment, and started after a while. */
    static void brokersKilledAtCommit(Site site) throws Exception {
        cutAtCommit(site);
        site.killBrokers();
        // Connections end now, as those to a killed broker do.
        site.network().forEach(Proxy::mend);
        TimeUnit.MILLISECONDS.sleep(UNANSWERED.toMillis());
        site.startBrokers();
    }

    /**
     * Cuts the network at the next commit: the broker still gets it, and the instance hears no more. Where none comes,
     * the rule that never fired tells.
     */
    private static void cutAtCommit(Site site) throws InterruptedException {
        List<Proxy> network = site.network();
        CountDownLatch cut = new CountDownLatch(1);
        site.rules()
                .add(List.of(Rule.on(ApiKeys.END_TXN)
                        .when(ProtocolFaults::commits)
                        .times(1)
                        .after("the network is cut", () -> {
                            network.forEach(proxy -> proxy.cut(false));
                            cut.countDown();
                        })));
        if (!cut.await(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
            throw new IllegalStateException("no transaction ended within " + LONGEST_WAIT_SECONDS + " s");
        }
    }

    private static boolean commits(AbstractRequest request) {
        return ((EndTxnRequest) request).result() == TransactionResult.COMMIT;
    }
}
