package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TopologyCommandTest {
    private final Console console = new Console();

    @Test
    void shouldPrintAChartForEachSubTopology() {
        assertThat(console.run("topology")).isZero();
        assertThat(console.output().lines().filter("flowchart LR"::equals)).hasSize(3);
    }
}
