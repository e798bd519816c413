package dev.kombo.cli;

import org.apache.kafka.streams.TopologyDescription;

/** The page of charts. */
final class TopologyPage {
    private TopologyPage() {}

    static String of(TopologyDescription topology) {
        StringBuilder page = new StringBuilder("Topics are rounded, processors are boxes, stores are cylinders.\n");
        Mermaid.charts(topology).forEach((title, chart) -> page.append("\n## ")
                .append(title)
                .append("\n\n```mermaid\n")
                .append(chart)
                .append("```\n"));
        return page.toString();
    }
}
