package dev.kombo.research.bench;

import dev.kombo.research.bench.BenchSummary.BatchFigures;
import dev.kombo.research.bench.BenchSummary.LatencyFigures;
import dev.kombo.research.bench.VersionSummary.Run;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * A figure by which the runs of two versions are compared.
 *
 * @param label what it is, for people
 * @param unit of what is read
 * @param read reads it from a run
 */
record RunFigure(String label, String unit, ToDoubleFunction<Run> read) {
    /** The processor time of a batch, which is the cost that is quoted. */
    static final RunFigure BOTH =
            ofBatch("service + broker", "µs per event", batch -> batch.serviceMicros() + batch.brokerMicros());

    private static final double BYTES_PER_KB = 1e3;

    private static final List<RunFigure> OF_BATCH = List.of(
            BOTH,
            ofBatch("service", "µs per event", BatchFigures::serviceMicros),
            ofBatch("broker", "µs per event", BatchFigures::brokerMicros),
            ofBatch("allocated in the service", "KB per event", batch -> batch.allocatedBytes() / BYTES_PER_KB),
            ofBatch("records written", "per event", BatchFigures::records),
            ofBatch("bytes written", "KB per event", batch -> batch.bytes() / BYTES_PER_KB));

    /**
     * Returns all figures of runs.
     *
     * @param run one of them; the others have the same measurements
     */
    static List<RunFigure> of(Run run) {
        List<RunFigure> figures = new ArrayList<>(OF_BATCH);
        for (int place = 0; place < run.latency().size(); place++) {
            addPaced(place, run.latency().get(place).rate(), figures);
        }
        if (run.idle() != null) {
            addIdle(figures);
        }
        for (int place = 0; place < run.restart().size(); place++) {
            int start = place;
            figures.add(new RunFigure(
                    "start after " + run.restart().get(place).after(),
                    "s",
                    other -> other.restart().get(start).seconds()));
        }
        return figures;
    }

    private static RunFigure ofBatch(String label, String unit, ToDoubleFunction<BatchFigures> read) {
        return new RunFigure(label, unit, run -> read.applyAsDouble(run.batch()));
    }

    /** @param place of the measurement among those at a pace */
    private static void addPaced(int place, int rate, List<RunFigure> figures) {
        String at = "at " + rate + "/s: ";
        figures.add(ofPaced(
                at + "service + broker",
                "µs per event",
                place,
                latency -> latency.serviceMicros() + latency.brokerMicros()));
        figures.add(ofPaced(
                at + "service + broker",
                "cores",
                place,
                latency -> latency.cores().both()));
        figures.add(ofPaced(
                at + "committed offer p50",
                "ms",
                place,
                latency -> latency.committed().get(Latency.P50)));
        figures.add(ofPaced(
                at + "committed offer p99",
                "ms",
                place,
                latency -> latency.committed().get(Latency.P99)));
    }

    private static RunFigure ofPaced(String label, String unit, int place, ToDoubleFunction<LatencyFigures> read) {
        return new RunFigure(
                label, unit, run -> read.applyAsDouble(run.latency().get(place)));
    }

    private static void addIdle(List<RunFigure> figures) {
        figures.add(new RunFigure(
                "nothing to do: service", "cores", run -> run.idle().nothing().service()));
        figures.add(new RunFigure(
                "nothing to do: broker", "cores", run -> run.idle().nothing().broker()));
        String bursts = "busy one second in ten: ";
        figures.add(new RunFigure(
                bursts + "service + broker",
                "cores",
                run -> run.idle().bursts().cores().both()));
        figures.add(new RunFigure(
                bursts + "service + broker",
                "µs per event",
                run -> run.idle().bursts().serviceMicros() + run.idle().bursts().brokerMicros()));
    }

    /** Its label and unit. */
    String name() {
        return label + ", " + unit;
    }

    /** Returns the figure of a run. */
    double in(Run run) {
        return read.applyAsDouble(run);
    }
}
