package dev.kombo.research.bench;

import dev.kombo.research.bench.BenchSummary.StartFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;

/** Measures how long the only instance of a trial takes from the start of its process until it is ready. */
final class Starts {
    /** Events that an instance must process after each start, so that ready means ready. */
    private static final int SOME_EVENTS = 500;

    private static final String RESTORED = "kafka_consumer_fetch_manager_records_consumed_total";

    /** An instance looks for new consumers and topics every five seconds; nothing says that it has done so. */
    private static final long METRICS_MILLIS = 6_000;

    private final Trial trial;

    /** @param trial with one instance */
    Starts(Trial trial) {
        this.trial = trial;
    }

    /** The start that the trial began with, of an instance that had nothing. */
    StartFigures first() throws InterruptedException {
        return started("nothing");
    }

    /** Starts the instance again after a clean stop, after a kill during processing, and without its state folder. */
    List<StartFigures> again() throws Exception {
        List<StartFigures> starts = new ArrayList<>();
        trial.services().remove(0).close();
        starts.add(startAfter("a clean stop"));
        trial.installation().publish(trial.nextEvents(SOME_EVENTS));
        trial.services().remove(0).kill();
        starts.add(startAfter("a kill in the middle of events"));
        trial.services().remove(0).close();
        Utils.delete(trial.folderOf(0).resolve("state").toFile());
        starts.add(startAfter("a stop and the loss of the state folder"));
        return starts;
    }

    private StartFigures startAfter(String after) throws Exception {
        trial.startService(0);
        StartFigures figures = started(after);
        // Work left by the phase before is not counted in this one.
        trial.installation().drained(() -> null);
        Trial.requireOffers(trial.batch(SOME_EVENTS).figures().offersPerEvent());
        return figures;
    }

    private StartFigures started(String after) throws InterruptedException {
        ServiceProcess service = trial.services().get(0);
        return new StartFigures(after, service.readySeconds(), restored(service));
    }

    /** Number of records that an instance has read into its stores and models. */
    static long restored(ServiceProcess service) throws InterruptedException {
        Thread.sleep(METRICS_MILLIS);
        String readers = service.metrics()
                .lines()
                .filter(line -> line.contains("restore-consumer") || line.contains("global-consumer"))
                .collect(Collectors.joining("\n"));
        return Math.round(ServiceProcess.sum(readers, RESTORED));
    }
}
