package dev.kombo.shop.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.shop.ProgressDisplay;
import dev.kombo.shop.data.DataFiles;
import dev.kombo.shop.data.HoldingsTable;
import dev.kombo.shop.data.OnlineRetail;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class ReplayRunnerTest {
    private static final String[] LINES = {
        "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country",
        "1,10001A,LAMP,1,2011-01-01 08:00:00,2.00,7.0,UK",
        "1,10002A,SHADE,1,2011-01-01 08:00:00,1.00,7.0,UK",
        "2,10001A,LAMP,1,2011-01-01 08:01:00,2.50,,UK",
        "2,POST,POSTAGE,1,2011-01-01 08:01:00,2.50,,UK",
        "3,10001A,LAMP,2,2011-01-01 08:02:00,2.50,8.0,UK"
    };

    @TempDir
    Path directory;

    private final FakeTopics topics = new FakeTopics(3);
    private final List<String> calls = new ArrayList<>();

    @Test
    void shouldPublishItemBeforeEventThatNeedsItWhenNewOrRepriced() throws Exception {
        MockProducer<String, SpecificRecord> producer = topics.producer(sent -> false);

        ReplayAccount account = runner(producer, ReplaySpeed.MAX).run(new OnlineRetail(), file(), false);

        assertThat(producer.history().stream().map(ReplayRunnerTest::describe))
                .containsExactly(
                        "item 10001A 200",
                        "event 7 retail.csv:2",
                        "item 10002A 100",
                        "event 7 retail.csv:3",
                        "item 10001A 250",
                        "event 2 retail.csv:4",
                        "rejected retail.csv:5 not-a-product",
                        "event 8 retail.csv:6");
        assertThat(producer.history())
                .allSatisfy(sent -> assertThat(sent.timestamp())
                        .as("brokers delete records by their time")
                        .isNull());
        assertThat(account.rows()).isEqualTo(5);
        assertThat(account.accepted()).isEqualTo(4);
        assertThat(account.rejected()).containsOnlyKeys("not-a-product").containsEntry("not-a-product", 1L);
        assertThat(calls).as("the account is taken after the drain").containsExactly("drained", "account");
    }

    @Test
    void shouldPublishTheFilesCatalogueFirstAlsoWhenResumed() throws Exception {
        Path file = DataFiles.write(directory, "holdings.csv", "customer,product", "7,card", "7,loan", "8,card");
        List<Integer> stored = new ArrayList<>();
        MockProducer<String, SpecificRecord> producer = topics.producer(sent -> {
            if (sent.value() instanceof BehaviorEvent) {
                stored.add(topics.flushed());
            }
            return false;
        });
        runner(producer, ReplaySpeed.MAX).run(new HoldingsTable(), file, false);
        List<String> first = topics.values("item-catalog", Item.class).stream()
                .map(item -> item.getItemId() + " " + item.getPriceMinor())
                .toList();

        runner(topics.producer(sent -> false), ReplaySpeed.MAX).run(new HoldingsTable(), file, true);

        assertThat(stored)
                .as("two products, each an item and a bundle, are stored before the first event")
                .isNotEmpty()
                .containsOnly(4);
        assertThat(first).containsExactly("card null", "loan null");
        assertThat(topics.values("item-catalog", Item.class)).hasSize(4);
        assertThat(topics.values("bundle-catalog", Bundle.class).stream().map(Bundle::getBundleId))
                .containsExactly("card", "loan", "card", "loan");
        assertThat(topics.values("behavior-event", BehaviorEvent.class)).hasSize(3);
    }

    @Test
    @Timeout(20)
    void shouldNotWaitFromTheTimeOfARowThatHasNone() throws Exception {
        String[] lines = LINES.clone();
        lines[1] = "1,10001A,LAMP,1,unknown,2.00,7.0,UK";
        Path file = DataFiles.write(directory, "retail.csv", lines[0], lines[1], lines[2]);

        ReplayAccount account =
                runner(topics.producer(sent -> false), new ReplaySpeed(60)).run(new OnlineRetail(), file, false);

        assertThat(account.rejected()).hasSize(1);
        assertThat(account.accepted()).isEqualTo(1);
    }

    @Test
    void shouldKeepRowAndSourceWhenRowIsRejected() throws Exception {
        runner(topics.producer(sent -> false), ReplaySpeed.MAX).run(new OnlineRetail(), file(), false);

        RejectedEvent rejected =
                topics.values("rejected-event", RejectedEvent.class).get(0);
        assertThat(rejected.getSource()).isEqualTo("retail.csv:5");
        assertThat(rejected.getPayload()).isEqualTo(LINES[4]);
        assertThat(rejected.getField()).isEqualTo("StockCode");
        assertThat(rejected.getEventId()).isNull();
    }

    @Test
    void shouldAbortAtOnceWhenASendFails() {
        MockProducer<String, SpecificRecord> producer =
                topics.producer(sent -> sent.value() instanceof BehaviorEvent event
                        && event.getEventId().equals("retail.csv:3"));

        assertThatThrownBy(() -> runner(producer, ReplaySpeed.MAX).run(new OnlineRetail(), file(), false))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("broker lost");
        assertThat(topics.values("behavior-event", BehaviorEvent.class)).hasSize(1);
        assertThat(calls).isEmpty();
    }

    @Test
    void shouldFailWhenTheLastSendFails() {
        MockProducer<String, SpecificRecord> producer =
                topics.producer(sent -> sent.value() instanceof BehaviorEvent event
                        && event.getEventId().equals("retail.csv:6"));

        assertThatThrownBy(() -> runner(producer, ReplaySpeed.MAX).run(new OnlineRetail(), file(), false))
                .isInstanceOf(CommandException.class);
    }

    @Test
    void shouldSendWhatIsMissingAndRepeatItsItemsWhenResumed() throws Exception {
        MockProducer<String, SpecificRecord> lost = topics.producer(
                sent -> sent.value() instanceof Item item && item.getItemId().equals("10002A"));
        assertThatThrownBy(() -> runner(lost, ReplaySpeed.MAX).run(new OnlineRetail(), file(), false))
                .isInstanceOf(CommandException.class);
        MockProducer<String, SpecificRecord> second = topics.producer(sent -> false);

        ReplayAccount account = runner(second, ReplaySpeed.MAX).run(new OnlineRetail(), file(), true);

        assertThat(second.history().stream().map(ReplayRunnerTest::describe))
                .containsExactly(
                        "item 10001A 200",
                        "item 10002A 100",
                        "event 7 retail.csv:3",
                        "item 10001A 250",
                        "event 2 retail.csv:4",
                        "rejected retail.csv:5 not-a-product",
                        "event 8 retail.csv:6");
        assertThat(account.accepted()).isEqualTo(4);
    }

    @Test
    void shouldSendNoRowWhenResumedAfterTheEnd() throws Exception {
        ReplayAccount first =
                runner(topics.producer(sent -> false), ReplaySpeed.MAX).run(new OnlineRetail(), file(), false);
        MockProducer<String, SpecificRecord> second = topics.producer(sent -> false);
        ReplayAccount again = runner(second, ReplaySpeed.MAX).run(new OnlineRetail(), file(), true);

        assertThat(second.history()).allSatisfy(sent -> assertThat(sent.value()).isInstanceOf(Item.class));
        assertThat(again).isEqualTo(first);
    }

    @Test
    void shouldTakeTheTimeOfTheFileWhenSpeedIsBounded() throws Exception {
        long startedAt = System.nanoTime();
        runner(topics.producer(sent -> false), new ReplaySpeed(600)).run(new OnlineRetail(), file(), false);

        assertThat((System.nanoTime() - startedAt) / 1e9)
                .as("120 s at 600 times")
                .isGreaterThanOrEqualTo(0.2);
    }

    private Path file() {
        return DataFiles.write(directory, "retail.csv", LINES);
    }

    private ReplayRunner runner(MockProducer<String, SpecificRecord> producer, ReplaySpeed speed) throws IOException {
        TopicLog watched = (topic, isolation, reader) -> {
            if (calls.contains("drained") && !calls.contains("account")) {
                calls.add("account");
            }
            topics.read(topic, isolation, reader);
        };
        return new ReplayRunner(
                producer,
                FakeTopics.TOPICS,
                watched,
                topics::decode,
                speed,
                () -> calls.add("drained"),
                ProgressDisplay.NONE);
    }

    private static String describe(ProducerRecord<String, SpecificRecord> sent) {
        if (sent.value() instanceof Item item) {
            assertThat(sent.key()).isEqualTo(item.getItemId());
            return "item " + sent.key() + " " + item.getPriceMinor();
        }
        if (sent.value() instanceof RejectedEvent rejected) {
            return "rejected " + rejected.getSource() + " " + rejected.getReason();
        }
        return "event " + sent.key() + " " + ((BehaviorEvent) sent.value()).getEventId();
    }

    @Test
    void shouldCountRecordsOfTopics() {
        topics.append("bundle-offer", "u1", new Item());
        topics.append("bundle-offer", "u1", null, FakeTopics.noHeaders());

        assertThat(topics.records("bundle-offer")).isEqualTo(2);
    }
}
