package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.research.bench.ProcessTimes.ThreadKind;
import java.lang.management.ManagementFactory;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessTimesTest {
    private static final String STAT =
            "4711 (C2 Comp) (x)) S 1 1 1 0 -1 4194560 1 0 0 0 150 50 0 0 20 0 51 0 100 1 1 184467440737";

    @Test
    void shouldTellWhatAThreadsNameMeans() {
        assertThat(ThreadKind.of("kombo-1b4c-StreamThread-12")).isEqualTo(ThreadKind.STREAM);
        assertThat(ThreadKind.of("kombo-1b4c-GlobalStreamThread")).isEqualTo(ThreadKind.GLOBAL);
        assertThat(ThreadKind.of("kafka-producer-network-thread | kombo-1b4c-StreamThread-1-producer"))
                .isEqualTo(ThreadKind.PRODUCER);
        assertThat(ThreadKind.of("rocksdb:low")).isEqualTo(ThreadKind.ROCKSDB);
        assertThat(ThreadKind.of("GC Thread#1")).isEqualTo(ThreadKind.GC);
        assertThat(ThreadKind.of("G1 Main Marker")).isEqualTo(ThreadKind.GC);
        assertThat(ThreadKind.of("C2 CompilerThre")).isEqualTo(ThreadKind.JIT);
        assertThat(ThreadKind.of("kombo-1b4c-CleanupThread")).isEqualTo(ThreadKind.REST);
    }

    @Test
    void shouldNotTakeWhatLinuxKnowsOfAJavaThreadForOneOfItsOwn() {
        for (String name : new String[] {"kombo-1b4c-StreamThread-1", "kafka-producer-network-thread | x"}) {
            assertThat(ThreadKind.of(name.substring(0, 15))).isEqualTo(ThreadKind.REST);
        }
    }

    @Test
    void shouldReadALineOfStat() {
        assertThat(ProcessTimes.name(STAT)).isEqualTo("C2 Comp) (x)");
        assertThat(ProcessTimes.threadSeconds(STAT)).isEqualTo(2.0);
    }

    @Test
    void shouldCountWhatThisProcessUses() {
        ProcessTimes before = ProcessTimes.of(ProcessHandle.current());
        long used = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        while (ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - used < 300_000_000L) {
            Thread.onSpinWait();
        }
        ProcessTimes since = ProcessTimes.of(ProcessHandle.current()).since(before);
        assertThat(since.total()).isGreaterThan(0.25);
    }

    @Test
    void shouldCountAsTheRestWhatNoGroupHas() {
        ProcessTimes before = new ProcessTimes(10, Map.of(ThreadKind.JIT, 2.0)).withJavaThreads(Map.of("main", 3.0));
        ProcessTimes after = new ProcessTimes(16, Map.of(ThreadKind.JIT, 3.0))
                .withJavaThreads(Map.of("a-StreamThread-1", 4.0, "main", 3.0));
        assertThat(after.since(before).byGroup())
                .isEqualTo(Map.of(ThreadKind.JIT, 1.0, ThreadKind.STREAM, 4.0, ThreadKind.REST, 1.0));
    }
}
