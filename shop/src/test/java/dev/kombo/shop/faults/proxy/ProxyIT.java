package dev.kombo.shop.faults.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.shop.faults.proxy.ProxiedBroker.Wire;
import java.io.EOFException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.NetworkException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.ApiVersionsRequest;
import org.apache.kafka.common.requests.EndTxnRequest;
import org.apache.kafka.common.requests.MetadataRequest;
import org.apache.kafka.common.requests.TransactionResult;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What each rule of the proxy does, as plain clients of a real broker see it. */
class ProxyIT {
    /** Each record and request by itself: what fails is not tried again. */
    private static final Map<String, Object> ONCE = Map.of(
            "retries", 0, "enable.idempotence", false, "linger.ms", 0, "max.in.flight.requests.per.connection", 1);

    private static final int SENT = 100;
    private static final double SHARE = 0.3;
    private static final long SEED = 7;
    private static final int NOBODY = 99;

    @TempDir
    static Path folder;

    private static ProxiedBroker kafka;
    private String topic;

    @BeforeAll
    static void start() throws Exception {
        kafka = new ProxiedBroker(folder.resolve("broker"));
    }

    @AfterAll
    static void end() throws Exception {
        if (kafka != null) {
            kafka.close();
        }
    }

    @BeforeEach
    void createTopic(TestInfo test) throws Exception {
        topic = test.getTestMethod().orElseThrow().getName();
        kafka.createTopic(topic);
    }

    @AfterEach
    void forget() {
        kafka.rules().forget();
        kafka.proxy().mend();
    }

    private static Rule hold(Rule rule) {
        kafka.rules().add(List.of(rule));
        return rule;
    }

    private static KafkaProducer<String, String> transactional(String id) {
        KafkaProducer<String, String> producer =
                kafka.producer(Map.of("transactional.id", id, "max.block.ms", 2_000, "linger.ms", 0));
        producer.initTransactions();
        return producer;
    }

    private Future<RecordMetadata> send(KafkaProducer<String, String> producer, String value) {
        return producer.send(new ProducerRecord<>(topic, value));
    }

    private List<String> values(IsolationLevel isolation) {
        TopicPartition partition = new TopicPartition(topic, 0);
        List<String> values = new ArrayList<>();
        try (KafkaConsumer<String, String> consumer = kafka.consumer(isolation)) {
            consumer.assign(List.of(partition));
            long end = consumer.endOffsets(List.of(partition)).get(partition);
            Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
                consumer.poll(Duration.ofMillis(100)).forEach(record -> values.add(record.value()));
                return consumer.position(partition) >= end;
            });
        }
        return values;
    }

    @Test
    void shouldFailARequestThatTheBrokerNeverGets() throws Exception {
        try (KafkaProducer<String, String> producer = transactional(topic)) {
            producer.beginTransaction();
            send(producer, "open").get();
            Rule rule = hold(Rule.on(ApiKeys.END_TXN).times(1).fail(Errors.PRODUCER_FENCED));
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(ProducerFencedException.class);
            assertThat(rule.fired()).isOne();
        }
        // It is still open: nothing is committed, and the next one with its id aborts it.
        assertThat(values(IsolationLevel.READ_COMMITTED)).isEmpty();
        transactional(topic).close();
        assertThat(values(IsolationLevel.READ_UNCOMMITTED)).containsExactly("open");
    }

    @Test
    void shouldApplyToRequestsThatMeetItsConditionOnly() throws Exception {
        try (KafkaProducer<String, String> producer = transactional(topic)) {
            hold(Rule.on(ApiKeys.END_TXN)
                    .when(request -> ((EndTxnRequest) request).result() == TransactionResult.COMMIT)
                    .fail(Errors.PRODUCER_FENCED));
            producer.beginTransaction();
            send(producer, "aborted").get();
            assertThatCode(producer::abortTransaction).doesNotThrowAnyException();
            producer.beginTransaction();
            send(producer, "fenced").get();
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(ProducerFencedException.class);
        }
    }

    @Test
    void shouldDelayAResponse() throws Exception {
        try (KafkaProducer<String, String> producer = kafka.producer(ONCE)) {
            send(producer, "first").get();
            hold(Rule.on(ApiKeys.PRODUCE).times(1).delay(Duration.ofMillis(700)));
            long start = System.nanoTime();
            send(producer, "late").get();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(700));
            kafka.rules().requireFired();
        }
    }

    @Test
    void shouldSwallowAResponseThoughTheBrokerHasCommitted() throws Exception {
        try (KafkaProducer<String, String> producer = transactional(topic)) {
            producer.beginTransaction();
            send(producer, "committed").get();
            hold(Rule.on(ApiKeys.END_TXN).swallow());
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(TimeoutException.class);
            kafka.rules().requireFired();
            assertThat(values(IsolationLevel.READ_COMMITTED)).containsExactly("committed");
            producer.close(Duration.ZERO);
        }
    }

    @Test
    void shouldBreakAConnectionBeforeTheBrokerHasTheRequest() {
        try (KafkaProducer<String, String> producer = kafka.producer(ONCE)) {
            hold(Rule.on(ApiKeys.PRODUCE).times(1).breakBefore());
            assertThatThrownBy(send(producer, "lost")::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(NetworkException.class);
        }
        kafka.rules().requireFired();
        assertThat(values(IsolationLevel.READ_UNCOMMITTED)).isEmpty();
    }

    @Test
    void shouldBreakAConnectionWhenTheBrokerHasTheRequest() {
        try (KafkaProducer<String, String> producer = kafka.producer(ONCE)) {
            hold(Rule.on(ApiKeys.PRODUCE).times(1).breakAfter());
            assertThatThrownBy(send(producer, "written")::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(NetworkException.class);
        }
        kafka.rules().requireFired();
        assertThat(values(IsolationLevel.READ_UNCOMMITTED)).containsExactly("written");
    }

    @Test
    void shouldCutAResponseShort() throws Exception {
        hold(Rule.on(ApiKeys.API_VERSIONS).times(1).cutShort());
        try (Wire wire = kafka.wire()) {
            wire.send(ApiKeys.API_VERSIONS, 1, versions());
            int told = wire.length();
            assertThat(wire.rest()).hasSize(told / 2);
        }
    }

    private static ApiVersionsRequest versions() {
        return new ApiVersionsRequest.Builder().build(ApiKeys.API_VERSIONS.latestVersion());
    }

    @Test
    void shouldReadEachRecordOnceThoughFetchesAreCutShort() throws Exception {
        try (KafkaProducer<String, String> producer = kafka.producer(Map.of())) {
            for (int i = 0; i < SENT; i++) {
                send(producer, "value-" + i).get();
            }
        }
        Rule rule = hold(Rule.on(ApiKeys.FETCH).times(2).cutShort());
        assertThat(values(IsolationLevel.READ_COMMITTED)).hasSize(SENT).doesNotHaveDuplicates();
        assertThat(rule.fired()).isEqualTo(2);
    }

    @Test
    void shouldChangeWhatTheBrokerSays() {
        hold(Rule.on(ApiKeys.METADATA)
                .change(
                        "that nobody leads",
                        response -> ((MetadataResponseData) response)
                                .topics()
                                .forEach(one -> one.partitions().forEach(partition -> partition.setLeaderId(NOBODY)))));
        try (KafkaProducer<String, String> producer = kafka.producer(Map.of())) {
            assertThat(producer.partitionsFor(topic).get(0).leader()).isNull();
        }
        kafka.rules().end();
        try (KafkaProducer<String, String> producer = kafka.producer(Map.of())) {
            assertThat(producer.partitionsFor(topic).get(0).leader().id()).isOne();
        }
        kafka.rules().requireFired();
    }

    @Test
    void shouldDrawAShareWithItsSeed() throws Exception {
        Rule rule = hold(Rule.on(ApiKeys.PRODUCE).share(SHARE, SEED).delay(Duration.ZERO));
        try (KafkaProducer<String, String> producer = kafka.producer(ONCE)) {
            for (int i = 0; i < SENT; i++) {
                send(producer, "value-" + i).get();
            }
        }
        Random same = new Random(SEED);
        assertThat(rule.fired())
                .isEqualTo(
                        (int) same.doubles(SENT).filter(drawn -> drawn < SHARE).count())
                .isBetween(1, SENT - 1);
    }

    @Test
    void shouldAnswerInTheOrderOfRequests() throws Exception {
        hold(Rule.on(ApiKeys.API_VERSIONS).times(1).delay(Duration.ofMillis(300)));
        hold(Rule.on(ApiKeys.METADATA).fail(Errors.COORDINATOR_LOAD_IN_PROGRESS));
        try (Wire wire = kafka.wire()) {
            wire.send(ApiKeys.API_VERSIONS, 1, versions());
            wire.send(
                    ApiKeys.METADATA,
                    2,
                    new MetadataRequest(new MetadataRequestData(), ApiKeys.METADATA.latestVersion()));
            assertThat(wire.nextCorrelationId()).isOne();
            assertThat(wire.nextCorrelationId()).isEqualTo(2);
        }
        kafka.rules().requireFired();
    }

    @Test
    void shouldGiveTheBrokerTheRequestAtWhichTheNetworkIsCut() throws Exception {
        try (KafkaProducer<String, String> producer = transactional(topic)) {
            producer.beginTransaction();
            send(producer, "committed").get();
            hold(Rule.on(ApiKeys.END_TXN)
                    .times(1)
                    .after("a cut", () -> kafka.proxy().cut(false)));
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(TimeoutException.class);
            producer.close(Duration.ZERO);
        }
        kafka.rules().requireFired();
        kafka.proxy().mend();
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(values(IsolationLevel.READ_COMMITTED)).containsExactly("committed"));
    }

    @Test
    void shouldPassNothingWhileCutAndAllOfItLater() throws Exception {
        try (KafkaProducer<String, String> producer = kafka.producer(Map.of())) {
            send(producer, "before").get();
            kafka.proxy().cut(false);
            Future<RecordMetadata> held = send(producer, "held");
            assertThatThrownBy(() -> held.get(1, TimeUnit.SECONDS))
                    .isInstanceOf(java.util.concurrent.TimeoutException.class);
            kafka.proxy().mend();
            held.get(30, TimeUnit.SECONDS);
            kafka.proxy().cut(true);
            Future<RecordMetadata> again = send(producer, "again");
            kafka.proxy().mend();
            again.get(30, TimeUnit.SECONDS);
        }
        assertThat(values(IsolationLevel.READ_COMMITTED)).containsExactly("before", "held", "again");
    }

    @Test
    void shouldEndConnectionsOnBothSidesWhenTheBrokerDies() throws Exception {
        try (ProxiedBroker mortal = new ProxiedBroker(folder.resolve("mortal"));
                Wire wire = mortal.wire()) {
            wire.send(ApiKeys.API_VERSIONS, 1, versions());
            assertThat(wire.nextCorrelationId()).isOne();
            mortal.broker().kill();
            assertThatThrownBy(wire::nextCorrelationId).isInstanceOf(EOFException.class);
            Awaitility.await().until(() -> mortal.proxy().connections() == 0);
        }
    }

    @Test
    void shouldFailWhereARuleNeverFired() throws Exception {
        hold(Rule.on(ApiKeys.PRODUCE).delay(Duration.ZERO));
        hold(Rule.on(ApiKeys.END_TXN).fail(Errors.INVALID_TXN_STATE));
        try (KafkaProducer<String, String> producer = kafka.producer(ONCE)) {
            send(producer, "value").get();
        }
        kafka.rules().end();
        assertThatThrownBy(() -> kafka.rules().requireFired())
                .isInstanceOf(AssertionError.class)
                .hasMessage("rule [END_TXN] answered with INVALID_TXN_STATE never fired");
    }
}
