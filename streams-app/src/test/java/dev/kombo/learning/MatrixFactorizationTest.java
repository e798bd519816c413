package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.StableHash;
import dev.kombo.settings.SettingValues;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both halves together, as the user task and the item task run them: gradients against published vectors. */
class MatrixFactorizationTest {
    private static final int USERS = 200;
    private static final int ITEMS = 60;
    private static final int EVENTS = 6000;

    private final FactorSettings settings = FactorSettings.of(SettingValues.defaults());

    private record Model(float[][] users, ItemFactors[] items) {
        float score(int user, int item) {
            return Factors.dot(users[user], items[item].vector()) + items[item].bias();
        }
    }

    @Test
    void shouldTellTwoTastesApartAfterOnePass() {
        Model untrained = train(0);
        Model model = train(EVENTS);
        assertThat(separated(untrained)).isBetween(0.4, 0.6);
        assertThat(separated(model)).isGreaterThan(0.9);
    }

    @Test
    void shouldRepeatBitForBit() {
        Model first = train(1000);
        Model second = train(1000);
        assertThat(Arrays.deepEquals(first.users(), second.users())).isTrue();
        for (int i = 0; i < ITEMS; i++) {
            assertThat(first.items()[i].vector()).isEqualTo(second.items()[i].vector());
        }
    }

    /** Users and items of even number share a taste, and so do the odd ones; one event in ten is noise. */
    private Model train(int events) {
        UserFactorLearner userLearner = new UserFactorLearner(settings);
        ItemFactorLearner itemLearner = new ItemFactorLearner(settings);
        Model model = new Model(new float[USERS][], new ItemFactors[ITEMS]);
        float[][] published = new float[ITEMS][];
        boolean[] pending = new boolean[ITEMS];
        for (int u = 0; u < USERS; u++) {
            model.users()[u] = Factors.initial("u:" + u, settings.seed(), settings.factors());
        }
        for (int i = 0; i < ITEMS; i++) {
            model.items()[i] = ItemFactors.initial(Factors.initial("i:" + i, settings.seed(), settings.factors()));
        }
        Gradient gradient = new Gradient(settings.factors());
        Random random = new Random(5);
        for (int event = 0; event < events; event++) {
            if (event % 50 == 0) {
                for (int i = 0; i < ITEMS; i++) {
                    published[i] = model.items()[i].vector().clone();
                    pending[i] = false;
                }
            }
            int user = random.nextInt(USERS);
            int item = 2 * random.nextInt(ITEMS / 2) + (random.nextInt(10) == 0 ? 1 - user % 2 : user % 2);
            long hash = StableHash.of("event-" + event, settings.seed());
            for (int sample = -1; sample < settings.negatives(); sample++) {
                int target = sample < 0 ? item : StableHash.below(StableHash.combine(hash, sample), ITEMS);
                if (sample >= 0 && target == item) {
                    continue;
                }
                ItemFactors state = model.items()[target];
                float label = sample < 0 ? 1f : 0f;
                assertThat(userLearner.step(model.users()[user], published[target], state.bias(), label, 1f, gradient))
                        .isTrue();
                assertThat(itemLearner.apply(state, gradient.factors(), gradient.bias(), !pending[target]))
                        .isTrue();
                pending[target] = true;
            }
        }
        return model;
    }

    /** Share of pairs of an item of the user's taste and one of the other taste that are scored in that order. */
    private static double separated(Model model) {
        int right = 0;
        int all = 0;
        for (int user = 0; user < USERS; user++) {
            for (int own = user % 2; own < ITEMS; own += 2) {
                for (int other = 1 - user % 2; other < ITEMS; other += 2) {
                    right += model.score(user, own) > model.score(user, other) ? 1 : 0;
                    all++;
                }
            }
        }
        return (double) right / all;
    }
}
