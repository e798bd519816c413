package dev.kombo.research.bench;

import dev.kombo.console.CommandException;
import dev.kombo.metric.KomboMetric;
import dev.kombo.research.bench.BenchSummary.AgeFigures;
import dev.kombo.research.bench.BenchSummary.BatchFigures;
import dev.kombo.research.bench.BenchSummary.BookFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Measures one service again and again as it processes more and more events. */
final class Ages {
    private final Trial trial;
    private final List<Integer> ages;
    private final int events;
    private final Consumer<String> progress;

    /**
     * @param trial with one instance that has processed nothing
     * @param ages numbers of events
     * @param events of the batch that is measured after each
     * @param progress receives what was measured, line by line
     */
    Ages(Trial trial, List<Integer> ages, int events, Consumer<String> progress) {
        this.trial = trial;
        this.ages = ages.stream().sorted().toList();
        this.events = events;
        this.progress = progress;
    }

    /**
     * Measures at each age.
     *
     * @throws CommandException if the service has not counted each event once
     */
    List<AgeFigures> run() throws Exception {
        List<AgeFigures> figures = new ArrayList<>();
        AgeBooks books = new AgeBooks(trial);
        for (int age : ages) {
            long left = age - books.events();
            if (left > 0) {
                trial.warmUp((int) left);
            }
            AgeFigures measured = measure(age, books);
            progress.accept(FigureText.of(measured));
            measured.starts().forEach(start -> progress.accept(FigureText.of(start)));
            if (!measured.books().equal()) {
                throw CommandException.failure("not counted once each: " + measured.books());
            }
            figures.add(measured);
        }
        return figures;
    }

    private AgeFigures measure(int age, AgeBooks books) throws Exception {
        BatchFigures batch = trial.batch(events).figures();
        ServiceProcess service = trial.services().get(0);
        double heap = service.usedHeapBytes();
        long stores = Math.round(ServiceProcess.sum(service.metrics(), KomboMetric.STORE_SIZE.prometheusName()));
        long log = TopicTraffic.logBytes(trial.installation().brokerLog()).values().stream()
                .mapToLong(Long::longValue)
                .sum();
        List<BenchSummary.StartFigures> starts = new Starts(trial).again();
        BookFigures compared = books.compare();
        return new AgeFigures(age, batch, heap, stores, log, starts, compared);
    }
}
