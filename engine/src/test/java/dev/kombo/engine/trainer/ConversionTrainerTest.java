package dev.kombo.engine.trainer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.engine.event.EventOutputs.ConversionExample;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.PredictedConversions.Decile;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ConversionTrainerTest {
    private static final long SEED = 3;
    private static final int SHOWN = 20_000;

    private static float[] bundle(float saving) {
        float[] features = new float[ConversionFeature.count()];
        features[ConversionFeature.INTERCEPT.ordinal()] = 1;
        features[ConversionFeature.SAVING.ordinal()] = saving;
        return features;
    }

    private static ConversionExample example(float[] bundle, boolean accepted) {
        return new ConversionExample(0, List.of(bundle), accepted, 1);
    }

    @Test
    void shouldPredictBeforeItLearns() {
        ConversionTrainer trainer = new ConversionTrainer();
        float[] bundle = bundle(0);
        double before = ConversionModel.prior().probability(bundle);
        for (int i = 0; i < 10; i++) {
            assertThat(trainer.learn(example(bundle, false))).isEqualTo(1);
        }

        List<Decile> deciles = trainer.predictions().deciles();
        assertThat(deciles)
                .extracting(Decile::predicted)
                .allSatisfy(predicted -> assertThat(predicted).isLessThanOrEqualTo(before + 1e-6));
        assertThat(deciles.get(9).predicted()).isCloseTo(before, within(1e-6));
        assertThat(trainer.model().logOdds(bundle)).isLessThan(Math.log(before / (1 - before)));
    }

    @Test
    void shouldCountConversionsButNotClicks() {
        ConversionTrainer trainer = new ConversionTrainer();
        for (int i = 0; i < 10; i++) {
            trainer.learn(example(bundle(0), false));
            trainer.learn(example(ConversionFeature.clicked(bundle(0)), true));
        }
        assertThat(trainer.predictions().deciles()).extracting(Decile::bought).containsOnly(0.0);

        trainer.learn(example(bundle(0), true));
        double bought = trainer.predictions().deciles().stream()
                .mapToDouble(decile -> decile.bundles() * decile.bought())
                .sum();
        assertThat(bought).isCloseTo(1, within(1e-3));
    }

    @Test
    void shouldFindItsOwnPredictionsTrueOnceItHasLearned() {
        ConversionTrainer trainer = new ConversionTrainer();
        Random random = new Random(SEED);
        for (int i = 0; i < SHOWN; i++) {
            float saving = random.nextFloat();
            trainer.learn(example(bundle(saving), false));
            if (random.nextDouble() < 0.02 + 0.1 * saving) {
                trainer.learn(example(bundle(saving), true));
            }
        }

        assertThat(trainer.predictions().calibrationError()).as("seed %d", SEED).isLessThan(0.01);
        List<Decile> deciles = trainer.predictions().deciles();
        assertThat(deciles.get(9).bought()).isGreaterThan(2 * deciles.get(0).bought());
    }
}
