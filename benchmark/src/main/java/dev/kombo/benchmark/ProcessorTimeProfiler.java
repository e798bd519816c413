package dev.kombo.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Makes JMH report the processor time per operation, in microseconds. It is that of all threads of the benchmark's
 * process: garbage collection counts, waiting for a processor that others use does not. Selected by its name: {@code
 * -prof dev.kombo.benchmark.ProcessorTimeProfiler}.
 */
public final class ProcessorTimeProfiler implements InternalProfiler {
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private long before;

    @Override
    public String getDescription() {
        return "Processor time an operation";
    }

    @Override
    public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
        before = system.getProcessCpuTime();
    }

    @Override
    public Collection<ScalarResult> afterIteration(
            BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
        long used = system.getProcessCpuTime() - before;
        long operations = result.getMetadata().getAllOps();
        return List.of(
                new ScalarResult("processor", used / 1e3 / Math.max(1, operations), "us/op", AggregationPolicy.AVG));
    }
}
