package dev.kombo.engine.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.engine.event.EventOutputs.ConversionExample;
import dev.kombo.learning.BayesianLogistic;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Clicks teach what converts while there are few conversions, and less the more there are. */
class ConversionExampleTest {
    private static final int COUNT = ConversionFeature.count();
    private static final int CLICK = ConversionFeature.CLICK.ordinal();
    private static final int INTERCEPT = ConversionFeature.INTERCEPT.ordinal();

    /** A model that has learned nothing but how many conversions there were. */
    private static BayesianLogistic after(double conversions) {
        BayesianLogistic model = ConversionModel.training();
        double[] values = model.values();
        values[values.length - 1] = conversions;
        model.restore(values);
        return model;
    }

    /** What a shown bundle adds to the precision of a weight. */
    private static double added(BayesianLogistic model, int feature) {
        float[] bundle = new float[COUNT];
        bundle[INTERCEPT] = 1;
        int place = COUNT + feature * COUNT + feature;
        double before = model.values()[place];
        assertThat(new ConversionExample(0, List.of(bundle), false, 1).train(model))
                .isEqualTo(1);
        return model.values()[place] - before;
    }

    @Test
    void shouldLearnHalfAsMuchFromClicksAfterTwoHundredConversions() {
        assertThat(added(after(200), CLICK) / added(after(0), CLICK)).isCloseTo(0.5, within(1e-2));
        assertThat(added(after(1_800), CLICK) / added(after(0), CLICK)).isCloseTo(0.1, within(1e-2));
    }

    @Test
    void shouldLearnFromConversionsWhatClicksDoNotTellAnyMore() {
        double few = added(after(0), INTERCEPT) - added(after(0), CLICK);
        double many = added(after(1e9), INTERCEPT) - added(after(1e9), CLICK);
        assertThat(many / few).isCloseTo(2.5, within(1e-2));
    }
}
