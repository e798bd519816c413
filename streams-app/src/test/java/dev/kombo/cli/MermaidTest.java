package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.kombo.query.TopologyView;
import org.junit.jupiter.api.Test;

class MermaidTest {
    @Test
    void shouldDrawEachSubTopologyWhenThereAreSeveral() {
        assertThat(Mermaid.charts(TopologyView.of(Console.topology().describe())))
                .containsExactly(
                        entry("Sub-topology 0: count", """
                                flowchart LR
                                  n0["count-add-word"]
                                  n1["count-choose-top"]
                                  n2[("word-count")]
                                  n3(["total"])
                                  n4(["late-word"])
                                  n5(["word"])
                                  n0 --- n2
                                  n0 --> n1
                                  n0 --> n3
                                  n1 --> n3
                                  n4 --> n0
                                  n5 --> n0
                                """),
                        entry("Sub-topology 1: show", """
                                flowchart LR
                                  n0(["total"])
                                  n1(["page"])
                                  n0 --> n1
                                """),
                        entry("Global stores", """
                                flowchart LR
                                  n0["global-index-stop-word"]
                                  n1[("stop-word")]
                                  n2(["stop-word"])
                                  n0 --- n1
                                  n2 --> n0
                                """));
    }
}
