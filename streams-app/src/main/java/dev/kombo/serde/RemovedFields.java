package dev.kombo.serde;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fields that records of earlier versions had. In JSON they are ignored with a warning, so that a strategy of an
 * earlier version can be published. Avro needs no list: a reader passes over the fields that only the writer knows.
 */
final class RemovedFields {
    /**
     * By record and field, a sentence that says what replaces the field, or that nothing does.
     *
     * <p><b>A field that is removed from a record that people write as JSON is added here.</b>
     */
    private static final Map<String, String> SENTENCES = Map.of(
            "Strategy.decisionSamplingRate",
            "nothing replaces it, decisions are not logged any more",
            "StrategyArm.temperature",
            "nothing replaces it, an arm always offers the best",
            "StrategyArm.explorationRate",
            "nothing replaces it, new bundles rank like all others");

    private RemovedFields() {}

    /** What replaces a field; null: earlier versions did not have it either. */
    static @Nullable String sentence(String record, String field) {
        return SENTENCES.get(record + "." + field);
    }
}
