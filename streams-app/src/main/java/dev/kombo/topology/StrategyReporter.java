package dev.kombo.topology;

import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.Strategy;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Tells of refused strategies in rejected-event, each once. The global thread judges strategies and cannot send, and
 * Kafka Streams lets no second source read a global topic; so the user task of partition 0, which exists once, sends
 * for it, and stores up to which offset it did. It also publishes the strategy in force once more, unchanged: the topic
 * is compacted, and would else forget it in favour of the refused one. For the same reason it notes in the topic which
 * experiment came into force, under a key that no strategy has. A note may come twice, where the task is moved meanwhile,
 * and says the same. Touched only by the stream thread that owns that task.
 */
final class StrategyReporter {
    private static final String TOLD = "told";

    private final PublishedStrategies published;
    private final String topic;
    private final ProcessorContext<String, SpecificRecord> context;
    private final KeyValueStore<String, Long> store;
    private final Set<PublishedStrategies.Experiment> noted = new HashSet<>();

    StrategyReporter(PublishedStrategies published, String topic, ProcessorContext<String, SpecificRecord> context) {
        this.published = published;
        this.topic = topic;
        this.context = context;
        this.store = context.getStateStore(StoreNames.STRATEGY_REFUSAL);
    }

    /** Sends what was not sent yet; called by a punctuator. */
    void report(long systemTime) {
        noteExperiments();
        tellOfRefusals();
    }

    private void noteExperiments() {
        List<PublishedStrategies.Experiment> unnoted = published.unnoted();
        noted.retainAll(unnoted);
        for (PublishedStrategies.Experiment experiment : unnoted) {
            if (noted.add(experiment)) {
                context.forward(
                        new Record<String, SpecificRecord>(
                                StrategyKeeper.SALT + experiment.salt(), note(experiment), experiment.recordTime()),
                        NodeNames.USER_WRITE_STRATEGY);
            }
        }
    }

    private static Strategy note(PublishedStrategies.Experiment experiment) {
        return Strategy.newBuilder()
                .setVersion(experiment.version())
                .setSalt(experiment.salt())
                .setArms(List.of())
                .setExperimentNumber(experiment.number())
                .build();
    }

    private void tellOfRefusals() {
        if (published.refused().isEmpty()) {
            return;
        }
        Long stored = store.get(TOLD);
        long before = stored == null ? -1 : stored;
        long told = before;
        for (PublishedStrategies.Refusal refusal : published.refused()) {
            if (refusal.offset() > told) {
                context.forward(
                        new Record<String, SpecificRecord>(refusal.key(), rejection(refusal), refusal.recordTime()),
                        NodeNames.USER_WRITE_REJECTION);
                told = refusal.offset();
                restore(refusal);
            }
        }
        if (told > before) {
            store.put(TOLD, told);
        }
    }

    private void restore(PublishedStrategies.Refusal refusal) {
        PublishedStrategies.InForce inForce = published.inForce();
        if (inForce != null) {
            context.forward(
                    new Record<String, SpecificRecord>(inForce.key(), inForce.strategy(), refusal.recordTime()),
                    NodeNames.USER_WRITE_STRATEGY);
        }
    }

    private RejectedEvent rejection(PublishedStrategies.Refusal refusal) {
        return RejectedEvent.newBuilder()
                .setSource(topic)
                .setField("strategy")
                .setReason("invalid-strategy")
                .setDetail(String.join("; ", refusal.problems()))
                .setPayload(refusal.payload())
                .setEventTime(refusal.recordTime())
                .build();
    }
}
