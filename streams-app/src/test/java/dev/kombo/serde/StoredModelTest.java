package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.task.MapTable;
import dev.kombo.engine.task.Table;
import dev.kombo.engine.trainer.RankerNames;
import dev.kombo.engine.trainer.TrainedModel;
import dev.kombo.engine.trainer.TrainedModel.Form;
import dev.kombo.engine.trainer.TrainedModel.Measures;
import dev.kombo.engine.trainer.TrainedModel.Odds;
import dev.kombo.engine.trainer.TrainedModel.Progress;
import dev.kombo.engine.trainer.TrainerTask;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.RankerModel;
import dev.kombo.topology.task.StoreNames;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.generic.GenericRecordBuilder;
import org.apache.kafka.common.serialization.Serde;
import org.junit.jupiter.api.Test;

class StoredModelTest extends StoredValueContract<TrainedModel> {
    private static final long NOW = 1_760_000_000_000L;
    private static final double[] CONTEST = {4, 5};
    private static final double[] REGRESSIONS = {6, Double.MIN_VALUE, -7};

    @Override
    String store() {
        return StoreNames.TRAINER_STATE;
    }

    @Override
    Serde<TrainedModel> serde() {
        return values.models();
    }

    @Override
    TrainedModel sample() {
        return model(new Odds(0.5f, -0.5f, 4), CONTEST, REGRESSIONS);
    }

    private static TrainedModel model(Odds odds, double[] contest, double[] regressions) {
        return new TrainedModel(
                "relevance",
                12,
                new Form("DENSE", 8, 16, 3, 5, List.of("dot", "cosine")),
                new float[] {1.5f, -2},
                new float[0],
                contest,
                new double[] {0.1, 0.2},
                odds,
                new Progress(new float[] {3}, new float[] {Float.MAX_VALUE, 0}, new double[] {7, 8}, regressions),
                new Measures(1_000, 0.25, 0.125, 3, 2, 1),
                NOW);
    }

    @Override
    void assertSample(TrainedModel read) {
        assertThat(read).usingRecursiveComparison().isEqualTo(sample());
    }

    @Override
    String released() {
        return "RankerModel";
    }

    @Override
    GenericRecord earlier(Schema schema) {
        return new GenericRecordBuilder(schema)
                .set("name", "relevance")
                .set("version", 12L)
                .set("kind", "DENSE")
                .set("context", 8)
                .set("hidden", 16)
                .set("steps", 3)
                .set("stepFeatures", 5)
                .set("signals", List.of("dot", "cosine"))
                .set("weights", Floats.toBuffer(new float[] {1.5f, -2}))
                .set("moments", Floats.toBuffer(new float[] {3}))
                .set("waiting", Floats.toBuffer(new float[] {Float.MAX_VALUE, 0}))
                .set("progress", Doubles.toBuffer(new double[] {7, 8}))
                .set("calibration", Doubles.toBuffer(new double[] {0.1, 0.2}))
                .set("calibrationSlope", 0.5f)
                .set("calibrationOffset", -0.5f)
                .set("examples", 1_000L)
                .set("logLoss", 0.25)
                .set("calibrationError", 0.125)
                .set("accepted", 3.0)
                .set("dropped", 2L)
                .set("restored", 1L)
                .set("trainedAt", NOW)
                .build();
    }

    @Override
    void assertEarlier(TrainedModel read) {
        assertThat(read)
                .usingRecursiveComparison()
                .isEqualTo(model(new Odds(0.5f, -0.5f, 0), new double[0], new double[0]));
    }

    @Test
    void shouldReadTheFieldsOfBuildsSinceVersion020() {
        RankerModel stored = RankerModel.newBuilder(RankerMapper.toAvro(sample()))
                .setMoments(Floats.toBuffer(sample().progress().moments()))
                .setWaiting(Floats.toBuffer(sample().progress().waiting()))
                .setProgress(Doubles.toBuffer(sample().progress().counts()))
                .setLinear(Doubles.toBuffer(REGRESSIONS))
                .build();
        byte[] bytes = avro.value(RankerModel.class).serializer().serialize(TOPIC, stored);
        assertSample(serde().deserializer().deserialize(TOPIC, bytes));
    }

    @Test
    void shouldTrainAnewWhereTheStoredModelCannotBeRead() {
        Counters counters = new Counters();
        EngineSettings settings = new EngineSettings(config);
        new TrainerTask(
                new Unreadable(serde(), written()),
                new MapTable<>(),
                output -> {},
                settings.training(),
                settings.seed(),
                counters);
        assertThat(counters.get(KomboMetric.TRAINER_RESTARTS)).isEqualTo(1);
    }

    /** A table whose model of relevance was cut. */
    private record Unreadable(Serde<TrainedModel> serde, byte[] written) implements Table<String, TrainedModel> {
        @Override
        public TrainedModel get(String key) {
            return key.equals(RankerNames.RELEVANCE)
                    ? serde.deserializer().deserialize(TOPIC, Arrays.copyOf(written, written.length - 1))
                    : null;
        }

        @Override
        public void put(String key, TrainedModel value) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void delete(String key) {
            throw new UnsupportedOperationException();
        }

        @Override
        public boolean range(String first, String end, int most, Visitor<String, TrainedModel> visitor) {
            throw new UnsupportedOperationException();
        }
    }
}
