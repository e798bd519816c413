package dev.kombo.lab.command;

import dev.kombo.cli.StopSignal;
import dev.kombo.cli.Wiring;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.replay.ReplayRunner;
import dev.kombo.lab.simulation.SimulationResult;
import dev.kombo.lab.simulation.SimulationRun;
import dev.kombo.topology.EngineSettings;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;

/** A simulation on an embedded broker: each seed has an installation of its own, on a folder that is wiped before. */
final class LiveSimulation {
    private final Wiring wiring;
    private final Path data;
    private final StopSignal stop;

    LiveSimulation(Wiring wiring, Path data, StopSignal stop) {
        this.wiring = wiring;
        this.data = data;
        this.stop = stop;
    }

    /**
     * Runs it.
     *
     * @param settings of the service
     * @param page told the address of the operators' page, once it can be looked at
     * @throws InterruptedException when told to stop
     */
    SimulationResult run(SimulationRun run, Map<String, String> settings, Consumer<String> page, Progress progress)
            throws Exception {
        try (EmbeddedRun embedded =
                        EmbeddedRun.start(wiring, data, true, settings, stop, config -> publish(run, config));
                ServiceClients clients = ServiceClients.of(embedded)) {
            page.accept(embedded.url());
            EngineSettings engine = new EngineSettings(embedded.config());
            return stop.interruptibly(() -> run.throughKafka(clients, engine, progress));
        }
    }

    private static void publish(SimulationRun run, KomboConfig config) {
        try (LabClients clients = new LabClients(config);
                Producer<String, SpecificRecord> producer = clients.producer(ReplayRunner.PRODUCER_SETTINGS)) {
            run.publishShop(producer, Topics.of(config));
        }
    }
}
