package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import dev.kombo.service.KomboService;
import dev.kombo.topology.task.NodeNames;
import dev.kombo.topology.task.StoreNames;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.config.TopicConfig;
import org.junit.jupiter.api.Test;

/** The shape of the topology is part of the contract: a node, store or topic that is renamed breaks an upgrade. */
class TopologyDescriptionTest {
    private static final String UPDATE = "kombo.golden.update";
    private static final Path GOLDEN = Path.of("src/test/resources/topology-description.txt");
    private static final Pattern NODE = Pattern.compile("(?:Source|Processor|Sink):\\s+(\\S+)");
    private static final Pattern STORES = Pattern.compile("stores: \\[([^\\]]*)\\]");
    private static final Pattern NAME = Pattern.compile("(user|item|trainer|report|strategy|global)(-[a-z]+){2,4}");

    private final String description =
            KomboService.describe(KomboConfig.of(Map.of())).describe().toString();

    @Test
    void shouldDescribeItselfAsTheGoldenFileSays() throws IOException {
        if (Boolean.getBoolean(UPDATE)) {
            Files.createDirectories(GOLDEN.getParent());
            Files.writeString(GOLDEN, description, StandardCharsets.UTF_8);
        }
        assertThat(description)
                .as(
                        "The topology changed. A changed sub-topology, store, node or topic name is a BREAKING change: "
                                + "changelogs and repartition topics of running installations no longer fit, and they "
                                + "need a new application id or a reset. If that is meant, write it into CHANGELOG.md "
                                + "and renew %s with: mvn -pl streams-app -am test -Dtest=%s -D%s=true "
                                + "-Dsurefire.failIfNoSpecifiedTests=false",
                        GOLDEN, getClass().getSimpleName(), UPDATE)
                .isEqualTo(Files.readString(GOLDEN, StandardCharsets.UTF_8));
    }

    @Test
    void shouldNameEveryNodeBySubTopologyVerbAndNoun() throws IllegalAccessException {
        Set<String> nodes = found(NODE);
        assertThat(nodes).isNotEmpty().allMatch(NAME.asMatchPredicate());
        assertThat(description).doesNotContain("KSTREAM", "KTABLE");
        assertThat(constants(NodeNames.class))
                .filteredOn(name -> !name.endsWith("-"))
                .isSubsetOf(nodes);
    }

    @Test
    void shouldHoldExactlyTheStoresThatAreNamed() throws IllegalAccessException {
        Set<String> stores = new TreeSet<>();
        found(STORES).forEach(list -> stores.addAll(List.of(list.split(", "))));
        stores.remove("");
        Set<String> named = constants(StoreNames.class);
        assertThat(named).doesNotContainAnyElementsOf(globals());
        named.addAll(globals());
        assertThat(stores).isEqualTo(named);
        assertThat(named).allMatch(name -> name.matches("[a-z]+-[a-z]+"));
    }

    @Test
    void shouldReadAndWriteOnlyTopicsThatAreListed() {
        Set<String> listed = new HashSet<>();
        Topics.of(KomboConfig.of(Map.of())).all().forEach(topic -> listed.add(topic.name()));
        Set<String> used = found(Pattern.compile("topic: ([^)]+)"));
        found(Pattern.compile("topics: \\[([^\\]]*)\\]")).forEach(list -> used.addAll(List.of(list.split(", "))));
        assertThat(listed).containsAll(used);
        // Kafka Streams writes dead letters by itself.
        listed.removeAll(used);
        assertThat(listed).containsExactly("dead-letter");
    }

    /** Topics that every instance reads in full, after which their stores are named: Kafka compacts them soon. */
    private static List<String> globals() {
        return new Topics("", 1)
                .all().stream()
                        .filter(topic -> topic.settings().containsKey(TopicConfig.SEGMENT_MS_CONFIG))
                        .map(Topics.Spec::name)
                        .toList();
    }

    private Set<String> found(Pattern pattern) {
        Set<String> found = new TreeSet<>();
        Matcher matcher = pattern.matcher(description);
        while (matcher.find()) {
            found.add(matcher.group(1));
        }
        return found;
    }

    private static Set<String> constants(Class<?> names) throws IllegalAccessException {
        List<String> values = new ArrayList<>();
        for (Field field : names.getDeclaredFields()) {
            if (Modifier.isStatic(field.getModifiers()) && field.getType() == String.class) {
                values.add((String) field.get(null));
            }
        }
        assertThat(values).doesNotHaveDuplicates();
        return new TreeSet<>(values);
    }
}
