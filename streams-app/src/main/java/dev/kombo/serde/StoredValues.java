package dev.kombo.serde;

import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.client.AvroSerdes;
import dev.kombo.codec.Fields;
import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.report.DayComparisons;
import dev.kombo.engine.strategy.StrategyState;
import dev.kombo.engine.trainer.TrainedModel;
import dev.kombo.engine.trainer.TrainingExample;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.ExperimentUplift;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.UpliftState;
import java.nio.ByteBuffer;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;

/**
 * How stores hold the values of the tasks' tables. Those of the report task name their fields; those of items, models
 * and strategies are Avro records. The shopper task and a few others write theirs to bytes themselves.
 */
public final class StoredValues {
    /** First byte of an Avro record in Confluent's wire format. */
    private static final byte AVRO = 0;

    /** One per thread, as tasks of several threads share a serde. */
    private static final ThreadLocal<FlatWriter> WRITER = ThreadLocal.withInitial(FlatWriter::new);

    private final AvroSerdes avro;
    private final EngineSettings settings;

    public StoredValues(AvroSerdes avro, EngineSettings settings) {
        this.avro = avro;
        this.settings = settings;
    }

    /** Rows of items and bundles. */
    public Serde<EntityState> entities() {
        return mapped(
                ItemState.class,
                ItemMapper::toAvro,
                stored -> ItemMapper.entity(stored, settings.index().popularity()));
    }

    /** What is bought with an item. */
    public Serde<NeighborCounts> neighbors() {
        return mapped(
                ItemNeighbors.class, ItemMapper::toAvro, stored -> ItemMapper.neighbors(stored, settings.neighbors()));
    }

    /** States of models in training. */
    public Serde<TrainedModel> models() {
        return mapped(RankerModel.class, RankerMapper::toAvro, RankerMapper::stored);
    }

    /** Examples that a model in training has learned since its state was written. */
    public Serde<TrainingExample> examples() {
        return mapped(dev.kombo.schema.TrainingExample.class, RankerMapper::toAvro, RankerMapper::toDomain);
    }

    /** Accounts of experiments. */
    public Serde<ExperimentAccount> accounts() {
        return stored(
                ExperimentAccount.BLANK, ExperimentAccount::fields, ConversionReport.class, ReportMapper::account);
    }

    /** Accounts of bundles. */
    public Serde<BundleAccount> bundles() {
        return stored(BundleAccount.BLANK, BundleAccount::fields, BundleReport.class, ReportMapper.BUNDLES::toDomain);
    }

    /** Observations of the shoppers of experiments. */
    public Serde<ExperimentUplift> uplifts() {
        return stored(ExperimentUplift.BLANK, ExperimentUplift::fields, UpliftState.class, UpliftMapper::toDomain);
    }

    /** How the arms of an experiment compared on a day. */
    public Serde<DayComparisons> comparisons() {
        return stored(DayComparisons.BLANK, DayComparisons::fields, ConversionReport.class, ReportMapper::comparisons);
    }

    /**
     * The active strategy and what came before it.
     *
     * @param topic of the strategies, which are stored as that topic has them
     */
    public Serde<StrategyState> strategies(String topic) {
        Serde<Strategy> strategies = avro.value(Strategy.class);
        return mapped(
                dev.kombo.schema.StrategyState.class,
                state -> new dev.kombo.schema.StrategyState(
                        state.key(),
                        bytes(strategies, topic, state.active()),
                        state.usedExperiments(),
                        state.previous() == null ? null : bytes(strategies, topic, state.previous())),
                stored -> new StrategyState(
                        stored.getKey(),
                        plan(strategies, topic, stored.getStrategy()),
                        stored.getUsedExperiments(),
                        stored.getPrevious() == null ? null : plan(strategies, topic, stored.getPrevious())));
    }

    private static ByteBuffer bytes(Serde<Strategy> strategies, String topic, StrategyPlan plan) {
        return ByteBuffer.wrap(strategies.serializer().serialize(topic, StrategyMapper.PLANS.toAvro(plan)));
    }

    private static StrategyPlan plan(Serde<Strategy> strategies, String topic, ByteBuffer stored) {
        return StrategyMapper.PLANS.toDomain(strategies.deserializer().deserialize(topic, Utils.toArray(stored)));
    }

    /**
     * Values that name their fields. They begin with the version of their layout, which is never 0; what begins with 0
     * is a record that an earlier release wrote.
     */
    private <D, A extends SpecificRecord> Serde<D> stored(
            D blank, Fields.Shape<D> fields, Class<A> released, Function<A, D> toDomain) {
        Deserializer<A> records = avro.value(released).deserializer();
        return Serdes.serdeFrom((topic, value) -> value == null ? null : written(value, fields), (topic, bytes) -> {
            if (bytes == null) {
                return null;
            }
            return bytes.length > 0 && bytes[0] != AVRO
                    ? read(topic, bytes, blank, fields)
                    : toDomain.apply(records.deserialize(topic, bytes));
        });
    }

    private static <D> byte[] written(D value, Fields.Shape<D> fields) {
        FlatWriter out = WRITER.get().clear();
        fields.fields(value, out);
        return out.toBytes();
    }

    private static <D> D read(String topic, byte[] bytes, D blank, Fields.Shape<D> fields) {
        try {
            FlatReader in = new FlatReader(bytes);
            D value = fields.fields(blank, in);
            if (in.hasMore()) {
                throw new IllegalArgumentException("bytes are left over after the value");
            }
            return value;
        } catch (RuntimeException e) {
            // Corrupt bytes may fail with any exception: an index, a size, an unknown version.
            throw new SerializationException(
                    "topic " + topic + ": cannot read a value of " + bytes.length + " bytes: " + e.getMessage(), e);
        }
    }

    private <D, A extends SpecificRecord> Serde<D> mapped(
            Class<A> type, Function<D, A> toAvro, Function<A, D> toDomain) {
        Serde<A> records = avro.value(type);
        return Serdes.serdeFrom(
                (topic, value) -> records.serializer().serialize(topic, value == null ? null : toAvro.apply(value)),
                (topic, bytes) -> {
                    A read = records.deserializer().deserialize(topic, bytes);
                    return read == null ? null : toDomain.apply(read);
                });
    }
}
