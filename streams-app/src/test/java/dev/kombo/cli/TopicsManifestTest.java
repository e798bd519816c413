package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopicsManifestTest {
    private static final Path RESOURCES = Path.of("../k8s/base/topics.yaml");

    @Test
    void shouldFindTheResourcesInTheRepositoryAsTheCommandWouldPrintThem() throws IOException {
        assertThat(Files.readString(RESOURCES))
                .as("run ./kombo topics manifest > k8s/base/topics.yaml and commit")
                .isEqualTo(manifest());
    }

    @Test
    void shouldNameResourcesAsKubernetesAllowsAndTopicsAsTheyAre() {
        assertThat(manifest("-D", "kombo.topic.prefix=Shop_1.", "-D", "kombo.topic.replication.factor=3"))
                .contains("  name: shop-1.item-catalog\n")
                .contains("  topicName: Shop_1.item-catalog\n  partitions: 1\n  replicas: 3\n");
    }

    @Test
    void shouldMarkTheTopicsWhosePartitionsTheSettingSays() {
        for (String topic : manifest("-D", "kombo.topic.partitions=12", "--cluster", "events")
                .split("---\n", -1)) {
            if (topic.startsWith("apiVersion")) {
                assertThat(topic).contains("strimzi.io/cluster: events\n");
                assertThat(topic.contains("kombo.dev/spread: \"true\""))
                        .as(topic)
                        .isEqualTo(topic.contains("partitions: 12\n"));
            }
        }
    }

    private static String manifest(String... options) {
        List<String> arguments = new ArrayList<>(List.of("topics", "manifest"));
        arguments.addAll(List.of(options));
        Console console = new Console();
        assertThat(console.run(arguments.toArray(String[]::new))).isZero();
        return console.out.toString();
    }
}
