package dev.kombo.serde;

import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.client.AvroSerdes;
import dev.kombo.codec.Fields;
import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.item.ItemInput;
import dev.kombo.engine.item.PendingUpdates;
import dev.kombo.engine.report.DayComparisons;
import dev.kombo.engine.strategy.StrategyState;
import dev.kombo.engine.trainer.TrainedModel;
import dev.kombo.engine.trainer.TrainingExample;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.NeighborSettings;
import dev.kombo.ops.DecodingFailures;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.UpliftState;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;

/**
 * How the values of the tasks' tables are written to stores, and what the tasks send each other to topics: by their
 * {@link Fields}. Values that version 0.2.0 wrote as Avro records are read as well. The shopper task and a few others
 * write theirs to bytes themselves.
 */
public final class StoredValues {
    /** First byte of an Avro record in Confluent's wire format; no layout has this version. */
    private static final byte AVRO = 0;

    private static final byte[] NO_BYTES = {};

    /** One for each stream thread: it keeps the memory of the largest value that the thread has written. */
    private static final ThreadLocal<FlatWriter> WRITER = ThreadLocal.withInitial(FlatWriter::new);

    private final AvroSerdes avro;
    private final EngineSettings settings;

    public StoredValues(AvroSerdes avro, EngineSettings settings) {
        this.avro = avro;
        this.settings = settings;
    }

    /** Rows of items and bundles. */
    public Serde<EntityState> entities() {
        PopularitySettings popularity = settings.index().popularity();
        return stored(
                () -> EntityState.unknown(popularity),
                EntityState::fields,
                ItemState.class,
                earlier -> ItemMapper.entity(earlier, popularity));
    }

    /** What is bought with an item. */
    public Serde<NeighborCounts> neighbors() {
        NeighborSettings neighbors = settings.neighbors();
        return stored(
                () -> new NeighborCounts(neighbors),
                NeighborCounts::fields,
                ItemNeighbors.class,
                earlier -> ItemMapper.neighbors(earlier, neighbors));
    }

    /** States of models in training. */
    public Serde<TrainedModel> models() {
        return stored(TrainedModel::blank, TrainedModel::fields, RankerModel.class, RankerMapper::stored);
    }

    /** Updates that the item task has counted since its rows were written. */
    public Serde<PendingUpdates> pendingUpdates() {
        return Serdes.serdeFrom(
                (topic, value) -> value == null ? null : write(value, PendingUpdates::fields),
                (topic, bytes) -> bytes == null ? null : read(bytes, PendingUpdates.NONE, PendingUpdates::fields));
    }

    /**
     * Updates of items and bundles, as sent. One that version 0.2.0 sent has no entity, which is the key of its record.
     */
    public Serde<List<ItemInput>> updates() {
        return sequences(
                ItemInput.BLANK,
                ItemInput::fields,
                ItemUpdate.class,
                earlier -> new ItemInput("", ItemMapper.toDomain(earlier), earlier.getEventTime()));
    }

    /** Examples for a model in training, as sent, and as stored until they are in the state of the model. */
    public Serde<List<TrainingExample>> examples() {
        return sequences(
                TrainingExample.BLANK,
                TrainingExample::fields,
                dev.kombo.schema.TrainingExample.class,
                RankerMapper::toDomain);
    }

    /** Accounts of experiments. */
    public Serde<ExperimentAccount> accounts() {
        return stored(
                () -> ExperimentAccount.BLANK,
                ExperimentAccount::fields,
                ConversionReport.class,
                ReportMapper::account);
    }

    /** Accounts of bundles. */
    public Serde<BundleAccount> bundles() {
        return stored(
                () -> BundleAccount.BLANK, BundleAccount::fields, BundleReport.class, ReportMapper.BUNDLES::toDomain);
    }

    /** Observations of the shoppers of experiments. */
    public Serde<ExperimentUplift> uplifts() {
        return stored(
                () -> ExperimentUplift.BLANK, ExperimentUplift::fields, UpliftState.class, UpliftMapper::toDomain);
    }

    /** How the arms of an experiment compared on a day. */
    public Serde<DayComparisons> comparisons() {
        return stored(
                () -> DayComparisons.BLANK, DayComparisons::fields, ConversionReport.class, ReportMapper::comparisons);
    }

    /**
     * The active strategy and what came before it. The strategies in it are the bytes that their topic has: 40
     * fields in ten classes, whose earlier versions the topic's readers know already. A layout of their own would
     * repeat all of that for one row that is rarely written.
     *
     * @param topic of the strategies
     */
    public Serde<StrategyState> strategies(String topic) {
        Serde<Strategy> strategies = avro.value(Strategy.class);
        Fields.Shape<StrategyPlan> plans = (plan, f) -> {
            if (f.reading()) {
                return plan(strategies, topic, f.bytes(NO_BYTES));
            }
            f.bytes(strategies.serializer().serialize(topic, StrategyMapper.PLANS.toAvro(plan)));
            return plan;
        };
        return stored(
                () -> StrategyState.BLANK,
                (state, f) -> state.fields(f, plans),
                dev.kombo.schema.StrategyState.class,
                earlier -> new StrategyState(
                        earlier.getKey(),
                        plan(strategies, topic, Utils.toArray(earlier.getStrategy())),
                        earlier.getUsedExperiments(),
                        earlier.getPrevious() == null
                                ? null
                                : plan(strategies, topic, Utils.toArray(earlier.getPrevious()))));
    }

    private static StrategyPlan plan(Serde<Strategy> strategies, String topic, byte[] stored) {
        return StrategyMapper.PLANS.toDomain(record(strategies.deserializer(), topic, stored));
    }

    /**
     * A serde that writes values by their fields, and reads what this version or version 0.2.0 wrote.
     *
     * @param blank returns what is passed to the shape when a value is read
     * @param shape names the fields, the version of the layout first, which is not 0
     * @param earlier the Avro record that version 0.2.0 stored
     */
    private <D, A extends SpecificRecord> Serde<D> stored(
            Supplier<D> blank, Fields.Shape<D> shape, Class<A> earlier, Function<A, D> toDomain) {
        Deserializer<A> records = avro.value(earlier).deserializer();
        return Serdes.serdeFrom((topic, value) -> value == null ? null : write(value, shape), (topic, bytes) -> {
            if (bytes == null) {
                return null;
            }
            return bytes.length > 0 && bytes[0] == AVRO
                    ? toDomain.apply(record(records, topic, bytes))
                    : read(bytes, blank.get(), shape);
        });
    }

    /**
     * A serde of values one behind the other, at least one, without their number: the bytes of two such lists, joined, are those of
     * the joined list. A record of version 0.2.0 is read as the only value of a list.
     */
    private <D, A extends SpecificRecord> Serde<List<D>> sequences(
            D blank, Fields.Shape<D> shape, Class<A> earlier, Function<A, D> toDomain) {
        Fields.Shape<List<D>> all = (values, f) -> {
            if (f instanceof FlatReader in) {
                List<D> found = new ArrayList<>();
                do {
                    found.add(shape.fields(blank, f));
                } while (in.hasMore());
                return found;
            }
            for (int i = 0; i < values.size(); i++) {
                shape.fields(values.get(i), f);
            }
            return values;
        };
        return stored(List::of, all, earlier, record -> List.of(toDomain.apply(record)));
    }

    /**
     * Reads a record of version 0.2.0.
     *
     * @throws IllegalArgumentException if it is damaged
     * @throws KafkaException if the registry does not answer
     */
    private static <A> A record(Deserializer<A> records, String topic, byte[] bytes) {
        try {
            return records.deserialize(topic, bytes);
        } catch (SerializationException e) {
            if (DecodingFailures.registryAtFault(e)) {
                throw e;
            }
            throw new IllegalArgumentException(
                    "a stored record of " + bytes.length + " bytes cannot be read: " + e.getMessage(), e);
        }
    }

    private static <D> byte[] write(D value, Fields.Shape<D> shape) {
        FlatWriter out = WRITER.get().clear();
        shape.fields(value, out);
        return out.toBytes();
    }

    /**
     * Reads the bytes of exactly one value.
     *
     * @throws IllegalArgumentException if they are anything else
     * @throws KafkaException if the value has a record within, and its registry does not answer
     */
    private static <D> D read(byte[] bytes, D blank, Fields.Shape<D> shape) {
        try {
            FlatReader in = new FlatReader(bytes);
            D value = shape.fields(blank, in);
            if (in.hasMore()) {
                throw new IllegalArgumentException("bytes are left over after the last field");
            }
            return value;
        } catch (KafkaException e) {
            throw e;
        } catch (RuntimeException e) {
            // Damaged bytes may fail with any exception: an index, a size, an unknown version.
            throw new IllegalArgumentException(
                    "a stored value of " + bytes.length + " bytes cannot be read: " + e.getMessage(), e);
        }
    }
}
