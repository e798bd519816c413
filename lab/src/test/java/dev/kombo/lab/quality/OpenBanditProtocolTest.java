package dev.kombo.lab.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.lab.quality.data.OpenBanditLog;
import dev.kombo.lab.quality.data.OpenBanditLog.Round;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Made-up logs of the shape of the Open Bandit Dataset, whose truth is known: the figures of
 * topology-docs/offpolicy.md.
 */
class OpenBanditProtocolTest {
    private static final int ITEMS = 34;
    private static final int LOGS = 40;

    private final double[][] clicks = new double[OpenBanditLog.POSITIONS][ITEMS];
    private final double[][] policy = new double[OpenBanditLog.POSITIONS][ITEMS];
    private double truth;

    /** Rates around half a percent; the policy prefers items that are clicked more, with errors of its own. */
    private void world(long seed) {
        Random random = new Random(seed);
        truth = 0;
        for (int p = 0; p < OpenBanditLog.POSITIONS; p++) {
            double sum = 0;
            for (int i = 0; i < ITEMS; i++) {
                double appeal = random.nextGaussian();
                clicks[p][i] = 0.005 * Math.exp(0.5 * appeal);
                policy[p][i] = Math.exp(appeal + random.nextGaussian());
                sum += policy[p][i];
            }
            for (int i = 0; i < ITEMS; i++) {
                policy[p][i] /= sum;
                truth += policy[p][i] * clicks[p][i] / OpenBanditLog.POSITIONS;
            }
        }
    }

    private OpenBanditLog log(int rounds, Random random) {
        List<Round> drawn = new ArrayList<>();
        for (int r = 0; r < rounds; r++) {
            int position = random.nextInt(OpenBanditLog.POSITIONS);
            int item = random.nextInt(ITEMS);
            boolean clicked = random.nextDouble() < clicks[position][item];
            drawn.add(new Round(item, position, clicked, 1.0 / ITEMS));
        }
        return new OpenBanditLog(drawn, new TreeMap<>());
    }

    private Map<String, Double> meanErrors(int rounds) {
        Map<String, Double> sums = new TreeMap<>();
        for (int seed = 1; seed <= LOGS; seed++) {
            world(seed);
            OpenBanditLog log = log(rounds, new Random(1_000 + seed));
            new OpenBanditProtocol(log, policy, truth)
                    .errors(log.rounds())
                    .forEach((method, error) -> sums.merge(method, error / LOGS, Double::sum));
        }
        return sums;
    }

    @Test
    void shouldRecommendAnEstimatorThatIsNoWorseThanOthersWhenTheTruthIsKnown() {
        Map<String, Double> few = meanErrors(10_000);
        Map<String, Double> many = meanErrors(50_000);

        assertThat(few.get("recommended"))
                .as("of 10,000 rounds: %s", few)
                .isLessThanOrEqualTo(few.get("self-normalized"));
        // With more rounds the weights are trusted more, and the model less.
        assertThat(many.get("recommended"))
                .as("of 50,000 rounds: %s", many)
                .isLessThan(many.get("direct"))
                .isLessThan(0.6 * few.get("recommended"))
                .isLessThan(1.1 * many.get("doubly-robust"));
    }
}
