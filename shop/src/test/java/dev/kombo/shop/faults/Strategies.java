package dev.kombo.shop.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.config.Topic;
import dev.kombo.engine.strategy.StrategyState;
import dev.kombo.schema.ArmKind;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyArm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.Deserializer;

/** Publishes strategies, each an experiment of its own, and looks whether the service still knows all of them. */
final class Strategies {
    static final String CHANGELOG = "kombo-strategy-state-changelog";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String EXPERIMENT = "experiment-";

    private Strategies() {}

    /** Version of the active one; 0 before the first, and while no instance answers. */
    private static long active(Site site) throws Exception {
        String answer = site.get("/v1/strategy");
        return answer == null ? 0 : JSON.readTree(answer).path("version").asLong();
    }

    /** Publishes the next one, and returns when it is active. */
    static void publish(Site site) throws Exception {
        long version = active(site) + 1;
        Strategy next = Strategy.newBuilder()
                .setVersion(version)
                .setSalt(EXPERIMENT + version)
                .setArms(List.of(StrategyArm.newBuilder()
                        .setName("offers")
                        .setKind(ArmKind.TREATMENT)
                        .setShare(1)
                        .build()))
                .build();
        try (Producer<String, SpecificRecord> producer = site.clients().producer(Map.of())) {
            producer.send(new ProducerRecord<>(site.clients().topics().name(Topic.STRATEGY), "default", next))
                    .get();
        }
        site.await("following strategy " + version, () -> active(site) == version);
    }

    /** Publishes one more, and compares what the store then says with all that were published. */
    static Set<String> differences(Site site) throws Exception {
        publish(site);
        Set<String> expected = new TreeSet<>();
        for (long version = 1; version < active(site); version++) {
            expected.add(EXPERIMENT + version);
        }
        List<StrategyState> states = new ArrayList<>();
        Deserializer<StrategyState> rows = site.clients()
                .stored()
                .strategies(site.clients().topics().name(Topic.STRATEGY))
                .deserializer();
        site.read(CHANGELOG, rows, (key, state) -> states.add(state));
        Set<String> known = new TreeSet<>(states.get(states.size() - 1).usedExperiments());
        expected.removeAll(known);
        return expected.isEmpty() ? Set.of() : Set.of("the store of strategies has forgotten " + expected);
    }
}
