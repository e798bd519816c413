package dev.kombo.research.bench;

import dev.kombo.console.Figures;
import dev.kombo.research.bench.BenchSummary.AgeFigures;
import dev.kombo.research.bench.BenchSummary.BatchFigures;
import dev.kombo.research.bench.BenchSummary.BurstFigures;
import dev.kombo.research.bench.BenchSummary.IdleFigures;
import dev.kombo.research.bench.BenchSummary.LatencyFigures;
import dev.kombo.research.bench.BenchSummary.StartFigures;

/** Says in a line each what was measured, for people. */
final class FigureText {
    private static final double BYTES_PER_KB = 1e3;
    private static final double BYTES_PER_MB = 1e6;

    private FigureText() {}

    static String of(BatchFigures batch) {
        return Figures.text(
                "%,.0f events/s, %.0f + %.0f µs, %.2f records, %,.0f bytes, %.0f KB allocated",
                batch.eventsPerSecond(),
                batch.serviceMicros(),
                batch.brokerMicros(),
                batch.records(),
                batch.bytes(),
                batch.allocatedBytes() / BYTES_PER_KB);
    }

    static String of(LatencyFigures latency) {
        return Figures.text(
                "At %,d events/s: %.0f + %.0f µs, %.3f + %.3f cores; committed offers after %.0f ms (p50), %.0f (p99),"
                        + " %.0f (p99.9), %.0f (all)",
                latency.rate(),
                latency.serviceMicros(),
                latency.brokerMicros(),
                latency.cores().service(),
                latency.cores().broker(),
                latency.committed().get(Latency.P50),
                latency.committed().get(Latency.P99),
                latency.committed().get(Latency.P999),
                latency.committed().get(Latency.MAX));
    }

    static String of(IdleFigures idle) {
        BurstFigures bursts = idle.bursts();
        return Figures.text(
                "With nothing to do: %.3f + %.3f cores; busy one second in ten: %.3f + %.3f cores, %.0f + %.0f µs",
                idle.nothing().service(),
                idle.nothing().broker(),
                bursts.cores().service(),
                bursts.cores().broker(),
                bursts.serviceMicros(),
                bursts.brokerMicros());
    }

    static String of(AgeFigures age) {
        return Figures.text(
                "After %,d events: %s; heap %.0f MB, stores %.0f MB, topics %.0f MB; counted once each: %s",
                age.events(),
                of(age.batch()),
                age.heapBytes() / BYTES_PER_MB,
                age.storeBytes() / BYTES_PER_MB,
                age.logBytes() / BYTES_PER_MB,
                age.books().equal() ? "all" : "not all");
    }

    static String of(StartFigures start) {
        return Figures.text(
                "Start after %s: ready after %.1f s, %,d records read",
                start.after(), start.seconds(), start.restored());
    }
}
