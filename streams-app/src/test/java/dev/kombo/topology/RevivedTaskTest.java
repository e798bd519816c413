package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.task.Output;
import dev.kombo.metric.Counters;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.shopper.ShopperAdapter;
import dev.kombo.topology.task.CommitHook;
import dev.kombo.topology.task.CommitPace;
import dev.kombo.topology.task.ItemAdapter;
import dev.kombo.topology.task.ReportAdapter;
import dev.kombo.topology.task.StoreNames;
import dev.kombo.topology.task.TaskAdapter;
import dev.kombo.topology.task.TaskProcessor;
import dev.kombo.topology.task.TrainerAdapter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Kafka Streams closes and initializes the same processor again when it revives a task (4.4.0). */
class RevivedTaskTest {
    private static final List<String> HOOKS = List.of(
            StoreNames.USER_COMMIT, StoreNames.ITEM_COMMIT, StoreNames.REPORT_COMMIT, StoreNames.TRAINER_COMMIT);

    @TempDir
    Path stateDir;

    @ParameterizedTest
    @MethodSource("processors")
    <K, V> void shouldScheduleItsWorkOnceHoweverOftenTheTaskIsRevived(
            Function<EngineContext, Processor<?, ?, K, V>> processors, int expected) {
        KomboConfig config = KomboConfig.of(Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://revived"));
        EngineSettings settings = new EngineSettings(config);
        MockProcessorContext<K, V> context =
                new MockProcessorContext<>(new Properties(), new TaskId(0, 0), stateDir.toFile());
        try (AvroSerdes serdes = new AvroSerdes(config.avroSettings())) {
            for (String name : List.of(StoreNames.ITEM_PENDING, StoreNames.TRAINER_STATE, StoreNames.TRAINER_PENDING)) {
                // Empty, so that its type does not matter.
                KeyValueStore<String, byte[]> store = Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.ByteArray())
                        .withLoggingDisabled()
                        .build();
                store.init(context.getStateStoreContext(), store);
                context.addStateStore(store);
            }
            for (String name : HOOKS) {
                CommitHook hook = CommitHook.builder(name).build();
                hook.init(context.getStateStoreContext(), hook);
                context.addStateStore(hook);
            }
            Processor<?, ?, K, V> processor = processors.apply(new EngineContext(
                    settings,
                    Topics.of(config),
                    serdes,
                    new LiveModels(settings, settings.get(ServiceSettings.TOPIC_PARTITIONS)),
                    new Counters()));
            for (int life = 0; life < 3; life++) {
                processor.init(context);
                assertThat(context.scheduledPunctuators())
                        .filteredOn(punctuator -> !punctuator.cancelled())
                        .hasSize(expected);
                processor.close();
            }
        }
    }

    static Arguments[] processors() {
        return new Arguments[] {
            processor("user", engine -> task(engine, new ShopperAdapter(engine, KafkaTables.stored(engine))), 1),
            processor("item", engine -> task(engine, new ItemAdapter(engine, KafkaTables.stored(engine))), 1),
            processor("report", engine -> task(engine, new ReportAdapter(engine)), 1),
            processor("trainer", engine -> task(engine, new TrainerAdapter(engine, KafkaTables.stored(engine))), 1)
        };
    }

    private static <V, I, O extends Output> TaskProcessor<V, I, O> task(
            EngineContext engine, TaskAdapter<V, I, O> adapter) {
        return new TaskProcessor<>(
                adapter,
                engine.topics(),
                engine.serdes(),
                engine.counters(),
                ThreadLocal.withInitial(() -> new CommitPace(100)));
    }

    private static Arguments processor(
            String name, Function<EngineContext, Processor<?, ?, ?, ?>> constructor, int punctuators) {
        return Arguments.of(Named.of(name, constructor), punctuators);
    }
}
