package dev.kombo.shop.replay;

import dev.kombo.config.Topics;
import dev.kombo.schema.Item;
import dev.kombo.shop.ProgressDisplay;
import dev.kombo.shop.data.EventFileFormat;
import dev.kombo.shop.data.EventRow;
import dev.kombo.shop.data.EventRows;
import dev.kombo.shop.data.FileCatalog;
import dev.kombo.shop.process.Patience;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Replays a file: publishes its rows, waits until the application has drained, and counts the results from the topics.
 *
 * <p>An item is published before the first event that needs it, a bundle before all events. Sending blocks while the
 * producer's buffer is full. Not thread-safe; one run at a time.
 */
public final class ReplayRunner {
    /** Waits until the application has processed everything that was published. */
    @FunctionalInterface
    public interface DrainMonitor {
        /**
         * Returns when everything is processed.
         *
         * @throws dev.kombo.console.CommandException if the application makes no progress
         */
        void awaitDrained() throws InterruptedException;
    }

    private static final int ROWS_BETWEEN_UPDATES = 512;

    /** Longest wait for the time of a row before the progress is shown again. */
    private static final Duration LONGEST_NAP = Duration.ofMillis(500);

    private final Producer<String, SpecificRecord> producer;
    private final Topics topics;
    private final ReplayLog log;
    private final ReplaySpeed speed;
    private final DrainMonitor drain;
    private final ProgressDisplay display;
    /** Publishes as fast as the broker accepts unless another is set. */
    private LagLimit lagLimit = new LagLimit(() -> 0, Long.MAX_VALUE, Patience.upTo(Duration.ZERO, () -> {}));

    private boolean live;
    private UnaryOperator<String> customers = UnaryOperator.identity();

    /**
     * @param producer must not lose records; stays open
     * @param log reads the topics back
     * @param decoder decodes their values
     */
    public ReplayRunner(
            Producer<String, SpecificRecord> producer,
            Topics topics,
            TopicLog log,
            Deserializer<? extends SpecificRecord> decoder,
            ReplaySpeed speed,
            DrainMonitor drain,
            ProgressDisplay display) {
        this.producer = producer;
        this.topics = topics;
        this.log = new ReplayLog(log, topics, decoder);
        this.speed = speed;
        this.drain = drain;
        this.display = display;
    }

    /** Sets a limit on the application's lag. */
    public ReplayRunner within(LagLimit limit) {
        lagLimit = limit;
        return this;
    }

    /** Sets whether events are as of now, and so assign shoppers to arms and get offers, or of the past. */
    public ReplayRunner live(boolean asOfNow) {
        live = asOfNow;
        return this;
    }

    /** Publishes keys of customers in place of their e-mails and phone numbers. */
    public ReplayRunner keyed(UnaryOperator<String> keys) {
        customers = keys;
        return this;
    }

    /**
     * Replays a file.
     *
     * @param resume continues where earlier replays of a file of this name stopped, according to the topics; else all
     *     rows are published
     * @throws dev.kombo.console.CommandException if the file is not of the format, a record cannot be published, the
     *     application makes no progress, or the counts do not add up
     * @throws IOException if the file cannot be read
     */
    public ReplayAccount run(EventFileFormat format, Path file, boolean resume)
            throws IOException, InterruptedException {
        String fileName = file.getFileName().toString();
        BitSet published = resume ? log.published(fileName) : new BitSet();
        Publication publication = new Publication(new RowSender(producer, topics), fileName, published);
        SortedMap<String, Long> unusable;
        try (EventRows rows = format.open(file);
                ProgressDisplay shown = display) {
            publication.publish(rows, shown);
            unusable = rows.catalog().leftOut();
        }
        drain.awaitDrained();
        return log.account(fileName, publication.rows, publication.leftOut, unusable);
    }

    /** Publishes one file. */
    private final class Publication {
        private final RowSender sender;
        private final String fileName;
        private final BitSet published;
        private final BitSet rows = new BitSet();
        private final SortedMap<String, Long> leftOut = new TreeMap<>();
        private final CatalogBuilder catalog = new CatalogBuilder();
        private final LongFunction<Duration> pacer = speed.pacer(System::nanoTime);

        /**
         * Items of rows found in the log. If the last run was killed, an event may have been stored without its item:
         * so these items are published once more, as they were, before the next event.
         */
        private final Map<String, Item> unsure = new LinkedHashMap<>();

        private int read;

        Publication(RowSender sender, String fileName, BitSet published) {
            this.sender = sender;
            this.fileName = fileName;
            this.published = published;
        }

        void publish(EventRows source, ProgressDisplay shown) throws IOException, InterruptedException {
            publish(source.catalog());
            for (EventRow next = source.next(); next != null; next = source.next()) {
                EventRow row = next.keyed(customers);
                // A row may be two events.
                read += rows.get(row.line()) ? 0 : 1;
                if (row instanceof EventRow.LeftOut left) {
                    leftOut.merge(left.reason(), 1L, Long::sum);
                    continue;
                }
                rows.set(row.line());
                boolean known = published.get(row.line());
                // A rejected row may have no time.
                if (!known && row instanceof EventRow.Accepted) {
                    awaitDue(row, source, shown);
                }
                if (row instanceof EventRow.Accepted accepted) {
                    accept(accepted, known);
                } else if (row instanceof EventRow.Rejected rejected && !known) {
                    sender.send(rejected, fileName);
                }
                if (read % ROWS_BETWEEN_UPDATES == 0) {
                    shown.update(source.position(), source.size(), read);
                    lagLimit.awaitRoom();
                }
            }
            sendUnsure();
            catalog.retitled().forEach(sender::send);
            sender.flush();
            shown.update(source.size(), source.size(), read);
        }

        /**
         * Published even when resuming: it may not have been stored completely, and the topics keep only the latest of
         * each.
         */
        private void publish(FileCatalog whole) {
            whole.items().forEach(catalog::published);
            sender.send(whole);
        }

        private void accept(EventRow.Accepted row, boolean known) {
            Item due = catalog.observe(row.event(), row.item());
            if (known) {
                if (due != null) {
                    unsure.put(due.getItemId(), due);
                }
                return;
            }
            sendUnsure();
            if (due != null) {
                sender.send(due);
            }
            row.event().setHistory(!live);
            sender.send(row.event());
        }

        private void sendUnsure() {
            unsure.values().forEach(sender::send);
            unsure.clear();
        }

        private void awaitDue(EventRow row, EventRows source, ProgressDisplay shown)
                throws IOException, InterruptedException {
            Duration wait = pacer.apply(row.eventTime());
            while (!wait.isNegative() && !wait.isZero()) {
                sender.failOnError();
                shown.update(source.position(), source.size(), read);
                Thread.sleep(Math.max(1, Math.min(wait.toMillis(), LONGEST_NAP.toMillis())));
                wait = pacer.apply(row.eventTime());
            }
        }
    }
}
