package dev.kombo.engine.trainer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.codec.FlatReader;
import dev.kombo.codec.RandomValues;
import dev.kombo.codec.Stored;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** What the trainer stores is read as it was written. */
class StoredTrainingPropertyTest {
    @Property(tries = 500, seed = "44")
    void shouldReadAModelAsItWasWritten(@ForAll long seed) {
        TrainedModel model = model(new RandomValues(seed));
        byte[] stored = Stored.bytes(model::fields);
        TrainedModel read = TrainedModel.blank().fields(new FlatReader(stored));
        assertThat(read).usingRecursiveComparison(Stored.NUMBERS).isEqualTo(model);
        assertThat(Stored.bytes(read::fields)).isEqualTo(stored);
    }

    private static TrainedModel model(RandomValues values) {
        return new TrainedModel(
                values.text(),
                values.number(),
                new TrainedModel.Form(
                        values.text(),
                        values.integer(),
                        values.integer(),
                        values.integer(),
                        values.integer(),
                        values.list(values::text)),
                values.reals(),
                values.reals(),
                values.precises(),
                values.precises(),
                new TrainedModel.Odds(values.real(), values.real(), values.real()),
                new TrainedModel.Progress(values.reals(), values.reals(), values.precises(), values.precises()),
                new TrainedModel.Measures(
                        values.number(),
                        values.precise(),
                        values.precise(),
                        values.precise(),
                        values.number(),
                        values.number()),
                values.number());
    }

    @Property(tries = 500, seed = "45")
    void shouldReadAnExampleAsItWasWritten(@ForAll long seed) {
        RandomValues values = new RandomValues(seed);
        TrainingExample example = new TrainingExample(
                values.number(),
                values.roundedReals(),
                values.roundedReals(),
                values.roundedReals(),
                values.real(),
                values.real(),
                values.integer(),
                values.reals(),
                values.bytes(values.length()),
                values.text(),
                values.number());
        byte[] stored = Stored.bytes(example::fields);
        TrainingExample read = TrainingExample.BLANK.fields(new FlatReader(stored));
        assertThat(read).usingRecursiveComparison(Stored.NUMBERS).isEqualTo(example);
        assertThat(Stored.bytes(read::fields)).isEqualTo(stored);
    }
}
