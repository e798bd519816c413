package dev.kombo.research.bench;

import java.util.List;

/**
 * Which measurements a benchmark makes, and how often.
 *
 * @param pairs number of batches of Kombo, each followed by the reference application; 0: none
 * @param latencyRate events per second while latency is measured; 0: not measured
 * @param latencySeconds duration of that measurement
 * @param restart whether starts are measured
 * @param takeOver whether gaps are measured while instances go
 * @param ages numbers of events after which a batch and starts are measured, each with a new service
 */
public record BenchParts(
        int pairs, int latencyRate, int latencySeconds, boolean restart, boolean takeOver, List<Integer> ages) {}
