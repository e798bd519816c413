package dev.kombo.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicStateTest {
    private static final Topics.Spec SPEC = new Topics.Spec(
            "word", "id", "Word", 4, Map.of("cleanup.policy", "compact,delete", "retention.ms", "1000"), "Words.");

    private static final Map<String, String> FITTING =
            Map.of("cleanup.policy", "delete, compact", "retention.ms", "1000", "segment.bytes", "7");

    @Test
    void shouldFindNothingWhenOnlyTheOrderOfAListDiffers() {
        assertThat(new TopicState(4, 3, FITTING).differences(SPEC, -1)).isEmpty();
    }

    @Test
    void shouldTakeMoreReplicasInSyncThanAreNeeded() {
        Topics.Spec spec = new Topics.Spec("word", "id", "Word", 4, Map.of("min.insync.replicas", "2"), "Words.");

        assertThat(new TopicState(4, 3, Map.of("min.insync.replicas", "10")).differences(spec, -1))
                .isEmpty();
        assertThat(new TopicState(4, 3, Map.of("min.insync.replicas", "1")).differences(spec, -1))
                .containsExactly("min.insync.replicas is 1, should be 2");
    }

    @Test
    void shouldTakeLargerRecordsThatKomboWritesAndSmallerOnesThatItReads() {
        int output = Topics.LARGEST_OUTPUT;
        assertThat(sizeDifferences(output, output + 1)).isEmpty();
        assertThat(sizeDifferences(output, output - 1)).hasSize(1);
        assertThat(sizeDifferences(1_048_588, 1_000)).isEmpty();
        assertThat(sizeDifferences(1_048_588, output))
                .containsExactly("max.message.bytes is " + output + ", should be 1048588");
    }

    @Test
    void shouldTakeEarlierCompactionThanIsNeededAndNameWhatIsLate() {
        Topics topics = new Topics("", 4);
        Topics.Spec models = topics.all().stream()
                .filter(spec -> spec.name().equals(topics.name(Topic.ITEM_MODEL)))
                .findFirst()
                .orElseThrow();
        Map<String, String> settings = new HashMap<>(models.settings());
        settings.put("segment.ms", "1000");
        assertThat(new TopicState(4, 3, settings).differences(models, -1)).isEmpty();
        assertThat(new TopicState(4, 3, settings).lateCompaction(models)).isEmpty();

        settings.put("segment.ms", "604800000");
        settings.put("max.message.bytes", "1");
        assertThat(new TopicState(4, 3, settings).differences(models, -1)).hasSize(2);
        assertThat(new TopicState(4, 3, settings).lateCompaction(models))
                .isEqualTo(Map.of("segment.ms", models.settings().get("segment.ms")));
    }

    private static List<String> sizeDifferences(int wanted, int found) {
        String setting = "max.message.bytes";
        Topics.Spec spec = new Topics.Spec("word", "id", "Word", 4, Map.of(setting, "" + wanted), "Words.");
        return new TopicState(4, 3, Map.of(setting, "" + found)).differences(spec, -1);
    }

    @Test
    void shouldNameEachDifference() {
        TopicState state = new TopicState(2, 1, Map.of("cleanup.policy", "delete"));

        assertThat(state.differences(SPEC, 3))
                .containsExactly(
                        "partitions is 2, should be 4",
                        "replication is 1, should be 3",
                        "cleanup.policy is delete, should be compact,delete",
                        "retention.ms is nothing, should be 1000");
    }

    @Test
    void shouldTakeAnyReplicationWhenTheBrokerChooses() {
        assertThat(new TopicState(4, 1, FITTING).differences(SPEC, -1)).isEmpty();
        assertThat(new TopicState(4, 1, FITTING).differences(SPEC, 2)).containsExactly("replication is 1, should be 2");
    }
}
