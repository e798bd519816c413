package dev.kombo.learning.network;

import dev.kombo.learning.network.NetworkSettings.AdamSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Random networks and examples for the tests of this package. */
final class NetworkExamples {
    private NetworkExamples() {}

    /** A small shape, quick enough for finite differences over every weight. */
    static NetworkShape small(NetworkShape.Architecture kind) {
        return new NetworkShape(kind, 3, 2, 5, 4, 2);
    }

    /** Weights without zeros, including the output layer. */
    static float[] weights(NetworkShape shape, long seed) {
        Random random = new Random(seed);
        float[] weights = shape.start(prior(shape, 0.5f), seed);
        for (int i = 0; i < weights.length; i++) {
            weights[i] += 0.2f * (float) random.nextGaussian();
        }
        return weights;
    }

    static float[] prior(NetworkShape shape, float value) {
        float[] prior = new float[shape.signals() + 1];
        for (int i = 0; i < prior.length; i++) {
            prior[i] = i % 2 == 0 ? value : -value / 2;
        }
        return prior;
    }

    /** Examples with sequences of every length, from none to the longest, in turn. */
    static List<NetworkExample> random(NetworkShape shape, int count, long seed) {
        Random random = new Random(seed);
        List<NetworkExample> examples = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int steps = i % (shape.steps() + 1);
            examples.add(new NetworkExample(
                    gaussians(random, shape.signals()),
                    gaussians(random, shape.context()),
                    gaussians(random, steps * shape.stepFeatures()),
                    random.nextInt(2),
                    0.5f + random.nextFloat(),
                    i % 2 == 0 ? -1.5f : 0f));
        }
        return examples;
    }

    static float[] gaussians(Random random, int length) {
        float[] values = new float[length];
        for (int i = 0; i < length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return values;
    }

    /** Logits of the reference network. */
    static double[] logits(NetworkShape shape, float[] weights, List<NetworkExample> examples) {
        MiniBatch batch = new MiniBatch(shape, new float[0]);
        examples.forEach(batch::add);
        NetworkReference reference = new NetworkReference(shape);
        reference.load(weights);
        return reference.forward(batch).clone();
    }

    /** Default settings except for these. */
    static NetworkSettings settings(int batch, float rate) {
        AdamSettings adam = new AdamSettings(rate, rate, 1, 5f);
        return new NetworkSettings(adam, 0f, 0f, batch);
    }
}
