package dev.kombo.lab.bench;

import dev.kombo.lab.bench.BenchSummary.StartFigures;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Utils;

/**
 * Measures how long one instance takes from the start of its process until it is ready: empty, after a clean stop, after a
 * kill in the middle of events, and after its state folder is lost. After each start it has to work off some events, so that
 * ready means ready.
 */
final class Starts {
    private static final String RESTORED = "kafka_consumer_fetch_manager_records_consumed_total";
    private static final int SOME_EVENTS = 500;

    private final Trial trial;
    private final List<StartFigures> starts = new ArrayList<>();

    /** Of a service that was just started on nothing. */
    Starts(Trial trial) {
        this.trial = trial;
    }

    /**
     * Measures.
     *
     * @param events that the service sees before it is stopped for the first time
     */
    List<StartFigures> run(int events) throws Exception {
        started("nothing");
        trial.batch(events);
        trial.services().remove(0).close();
        start("a clean stop");
        trial.installation().publish(trial.nextEvents(SOME_EVENTS));
        trial.services().remove(0).kill();
        start("a kill in the middle of events");
        trial.services().remove(0).close();
        Utils.delete(trial.folderOf(0).resolve("state").toFile());
        start("a stop and the loss of the state folder");
        return starts;
    }

    private void start(String after) throws Exception {
        trial.startService(0);
        started(after);
        // What the one before left undone is not this one's.
        trial.installation().drained(() -> null);
        Trial.requireOffers(trial.batch(SOME_EVENTS).figures().offersPerEvent());
    }

    private void started(String after) throws InterruptedException {
        ServiceProcess service = trial.services().get(0);
        long restored = Math.round(ServiceProcess.sum(service.metrics(), RESTORED));
        starts.add(new StartFigures(after, service.readySeconds(), restored));
    }
}
