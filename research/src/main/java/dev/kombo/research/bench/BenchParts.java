package dev.kombo.research.bench;

import java.util.List;

/**
 * Which measurements a benchmark makes, and how often.
 *
 * @param pairs number of batches of Kombo, each followed by the reference application; 0: none. Against another
 *     version: number of pairs of runs
 * @param referenceSeconds wall time for which the reference application is measured after a batch, at least; it
 *     processes the batch once in any case
 * @param latencyRates events per second while latency is measured, one after the other
 * @param latencySeconds duration of each of these measurements
 * @param idle whether a service is measured that has nothing or little to do
 * @param restart whether starts are measured
 * @param takeOver whether gaps are measured while instances go
 * @param ages numbers of events after which a service is measured, one after the other
 */
public record BenchParts(
        int pairs,
        double referenceSeconds,
        List<Integer> latencyRates,
        int latencySeconds,
        boolean idle,
        boolean restart,
        boolean takeOver,
        List<Integer> ages) {}
