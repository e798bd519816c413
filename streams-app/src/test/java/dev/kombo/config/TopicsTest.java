package dev.kombo.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.service.StreamsSettings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopicsTest {
    private static Topics topics(String prefix) {
        return Topics.of(KomboConfig.of(
                Map.of(ServiceSettings.TOPIC_PREFIX.name(), prefix, ServiceSettings.TOPIC_PARTITIONS.name(), "6")));
    }

    @Test
    void shouldGiveEachTopicOneNameWithThePrefix() {
        List<String> plain = topics("").all().stream().map(Topics.Spec::name).toList();
        List<String> prefixed =
                topics("shop.").all().stream().map(Topics.Spec::name).toList();
        assertThat(plain).doesNotHaveDuplicates().hasSize(24).allMatch(name -> name.matches("[a-z]+(-[a-z]+)*"));
        assertThat(prefixed)
                .isEqualTo(plain.stream().map(name -> "shop." + name).toList());
        assertThat(topics("shop.").name(Topic.DEAD_LETTER)).isEqualTo("shop.dead-letter");
    }

    @Test
    void shouldPartitionAllThatIsOfShoppersAlike() {
        Topics topics = topics("");
        for (String name : List.of(
                topics.name(Topic.BEHAVIOR_EVENT),
                topics.name(Topic.BEHAVIOR_EVENT_REKEYED),
                topics.name(Topic.SESSION_MERGE),
                topics.name(Topic.ERASURE_REQUEST))) {
            assertThat(spec(topics, name).partitions()).isEqualTo(6);
        }
        assertThat(spec(topics, topics.name(Topic.TRAINING_EXAMPLE)).partitions())
                .isEqualTo(1);
        assertThat(spec(topics, topics.name(Topic.RANKER_MODEL)).partitions()).isEqualTo(1);
        assertThat(spec(topics, topics.name(Topic.STRATEGY)).partitions()).isEqualTo(1);
        assertThat(spec(topics, topics.name(Topic.SHARE_MOVE)).partitions()).isEqualTo(1);
        assertThat(spec(topics, topics.name(Topic.ACTIVE_STRATEGY)).partitions())
                .isEqualTo(1);
    }

    @Test
    void shouldCompactWhatIsReadWholeAndAgeTheRest() {
        Topics topics = topics("");
        List<String> compacted = topics.all().stream()
                .filter(spec -> spec.settings().get("cleanup.policy").equals("compact"))
                .map(Topics.Spec::name)
                .toList();
        assertThat(compacted)
                .containsExactlyInAnyOrder(
                        "item-catalog",
                        "bundle-catalog",
                        "strategy",
                        "active-strategy",
                        "conversion-report",
                        "budget-spending",
                        "bundle-suggestion",
                        "suggestion-decision",
                        "item-model",
                        "current-offer",
                        "factor-sweep",
                        "ranker-model");
        assertThat(topics.all())
                .filteredOn(spec -> !compacted.contains(spec.name()))
                .allSatisfy(spec -> assertThat(Long.parseLong(spec.settings().get("retention.ms")))
                        .isPositive());
    }

    @Test
    void shouldHaveTwoReplicasWrittenWhereThereAreThree() {
        String replicas = ServiceSettings.TOPIC_REPLICATION.name();
        String least = KomboConfig.STREAMS_PREFIX + "topic.min.insync.replicas";
        assertThat(leastReplicas(Map.of())).containsOnlyNulls();
        assertThat(leastReplicas(Map.of(replicas, "2"))).containsOnlyNulls();
        assertThat(leastReplicas(Map.of(replicas, "3"))).containsOnly("2");
        assertThat(leastReplicas(Map.of(replicas, "3", least, "1"))).containsOnly("1");
    }

    /** Of topics, and of changelogs. */
    private static Set<String> leastReplicas(Map<String, String> settings) {
        KomboConfig config = KomboConfig.of(settings);
        Set<String> found = new HashSet<>();
        Topics.of(config).all().forEach(spec -> found.add(spec.settings().get("min.insync.replicas")));
        found.add((String) StreamsSettings.of(config).get("topic.min.insync.replicas"));
        return found;
    }

    @Test
    void shouldDocumentEachTopic() {
        assertThat(topics("").all()).allSatisfy(spec -> {
            assertThat(spec.doc()).endsWith(".");
            assertThat(spec.keys()).isNotBlank();
            assertThat(spec.record()).isNotBlank();
        });
    }

    private static Topics.Spec spec(Topics topics, String name) {
        return topics.all().stream()
                .filter(spec -> spec.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
