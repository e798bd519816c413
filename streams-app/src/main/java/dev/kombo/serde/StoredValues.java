package dev.kombo.serde;

import dev.kombo.attribution.account.BundleAccount;
import dev.kombo.attribution.account.ExperimentAccount;
import dev.kombo.client.AvroSerdes;
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
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Utils;

/**
 * How the values of the tasks' tables are written to stores: as Avro records. The shopper task and a few others write
 * theirs to bytes themselves.
 */
public final class StoredValues {
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
        return mapped(ConversionReport.class, ReportMapper::toAvro, ReportMapper::account);
    }

    /** Accounts of bundles. */
    public Serde<BundleAccount> bundles() {
        return mapped(BundleReport.class, ReportMapper.BUNDLES::toAvro, ReportMapper.BUNDLES::toDomain);
    }

    /** Observations of the shoppers of experiments. */
    public Serde<ExperimentUplift> uplifts() {
        return mapped(UpliftState.class, UpliftMapper::toAvro, UpliftMapper::toDomain);
    }

    /** How the arms of an experiment compared on a day. */
    public Serde<DayComparisons> comparisons() {
        return mapped(ConversionReport.class, ReportMapper::toAvro, ReportMapper::comparisons);
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
