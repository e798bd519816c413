package dev.kombo.research.study;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.Enrollment;
import dev.kombo.experiment.uplift.ArmMoments;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import dev.kombo.shop.simulation.HashedDraws;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What the means of a scenario's arms are, from many more shoppers than a run has. All arms see the same shoppers, so
 * that without an effect there is exactly none.
 */
final class Truth {
    private static final long STREAM = 0x7472757468L;

    private final List<Map<String, Double>> means = new ArrayList<>();
    private final ArmMoments first;

    /**
     * Measures it.
     *
     * @param users shoppers drawn for each arm and phase
     */
    Truth(Scenario scenario, int users, long seed) {
        ArmMoments plain = ArmMoments.NONE;
        for (Phase phase : scenario.phases()) {
            Map<String, Double> byArm = new HashMap<>();
            Map<Effect, Double> byEffect = new HashMap<>();
            for (Arm arm : phase.arms()) {
                Effect effect = scenario.effect(arm.name());
                if (!byEffect.containsKey(effect)) {
                    ArmMoments moments = moments(effect, phase.season(), users, seed);
                    byEffect.put(effect, moments.responseMean());
                    plain = plain.count() == 0 && effect.equals(Effect.NONE) ? moments : plain;
                }
                byArm.put(arm.name(), byEffect.get(effect));
            }
            means.add(byArm);
        }
        first = plain;
    }

    private static ArmMoments moments(Effect effect, double season, int users, long seed) {
        Enrollment enrollment = new Enrollment("truth", "any", 1, 0);
        ArmMoments moments = ArmMoments.NONE;
        for (int user = 0; user < users; user++) {
            UserObservation observation = SpendingModel.observe(
                    SpendingModel.shopper(new HashedDraws(seed, STREAM, user), enrollment, effect, season));
            moments = moments.plus(observation.response(), observation.covariate());
        }
        return moments;
    }

    /** Capped revenue of shoppers without an effect in the first phase. */
    ArmMoments plain() {
        return first;
    }

    /** Mean of an arm in a phase; phases count from 1. */
    double mean(int phase, String arm) {
        return means.get(phase - 1).get(arm);
    }
}
