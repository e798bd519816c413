package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.topology.shopper.EventRouter;
import dev.kombo.topology.task.NodeNames;
import dev.kombo.topology.task.Partitioning;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedForward;
import org.apache.kafka.streams.processor.api.Record;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events that are on the partition of their shopper go on in place; only others take a second hop. */
class EventRouterTest {
    private static final int PARTITIONS = 4;

    @TempDir
    Path stateDir;

    /** Hashes as Apache Kafka's own tests state them, its sign bit cleared. */
    @ParameterizedTest
    @CsvSource({
        "21, 1173551340",
        "foobar, 1357151166",
        "a-little-bit-long-string, 1161502112",
        "a-little-bit-longer-string, 661178819",
        "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8, 2088585677",
        "abc, 479470107"
    })
    void shouldPartitionAsTheJavaClientDoes(String key, int positiveHash) {
        assertThat(Partitioning.partitionOf(key, Integer.MAX_VALUE)).isEqualTo(positiveHash % Integer.MAX_VALUE);
        assertThat(Partitioning.partitionOf(key, PARTITIONS)).isEqualTo(positiveHash % PARTITIONS);
        assertThat(Partitioning.partitionOf(key, 1000)).isEqualTo(positiveHash % 1000);
    }

    @Test
    void shouldForwardInPlaceWhenTheEventIsOnItsPartition() {
        // 1357151166 % 4
        Record<String, BehaviorEvent> record = record("whatever", "foobar", null);
        List<CapturedForward<? extends String, ? extends BehaviorEvent>> forwarded = route(2, record);
        assertThat(forwarded).hasSize(1);
        assertThat(forwarded.get(0).childName()).contains(NodeNames.USER_PROCESS_EVENT);
        assertThat(forwarded.get(0).record()).isEqualTo(record);
    }

    @Test
    void shouldRekeyWhenTheEventIsOnAnotherPartition() {
        Record<String, BehaviorEvent> record = record(null, "foobar", null);
        List<CapturedForward<? extends String, ? extends BehaviorEvent>> forwarded = route(1, record);
        assertThat(forwarded).hasSize(1);
        assertThat(forwarded.get(0).childName()).contains(NodeNames.USER_WRITE_REKEYED);
        assertThat(forwarded.get(0).record().key()).isEqualTo("foobar");
        assertThat(forwarded.get(0).record().value()).isEqualTo(record.value());
        assertThat(forwarded.get(0).record().timestamp()).isEqualTo(record.timestamp());
    }

    @Test
    void shouldRouteAVisitorByTheSession() {
        assertThat(route(1, record("x", null, "foobar")).get(0).childName()).contains(NodeNames.USER_WRITE_REKEYED);
        assertThat(route(2, record("x", null, "foobar")).get(0).childName()).contains(NodeNames.USER_PROCESS_EVENT);
    }

    @Test
    void shouldRouteByTheUserWhereASessionIsGivenToo() {
        assertThat(route(2, record("x", "foobar", "21")).get(0).childName()).contains(NodeNames.USER_PROCESS_EVENT);
    }

    @Test
    void shouldLeaveWhatNamesNobodyWhereItIsToBeRejectedThere() {
        assertThat(route(0, record("x", null, null)).get(0).childName()).contains(NodeNames.USER_PROCESS_EVENT);
        assertThat(route(3, new Record<>("x", null, 5)).get(0).childName()).contains(NodeNames.USER_PROCESS_EVENT);
    }

    private List<CapturedForward<? extends String, ? extends BehaviorEvent>> route(
            int partition, Record<String, BehaviorEvent> record) {
        MockProcessorContext<String, BehaviorEvent> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, partition), stateDir.toFile());
        EventRouter router = new EventRouter(PARTITIONS);
        router.init(context);
        router.process(record);
        return context.forwarded();
    }

    private static Record<String, BehaviorEvent> record(String key, String userId, String sessionId) {
        BehaviorEvent event = EngineDriver.event("e1", userId, EventType.VIEW, Duration.ofSeconds(1))
                .setSessionId(sessionId)
                .setItemId("a")
                .build();
        return new Record<>(key, event, event.getEventTime());
    }
}
