package dev.kombo.engine;

import java.util.List;

/**
 * A training example of the conversion model: bundles that were seen in an offer, or one of them that was then bought.
 * A bought bundle was also reported as shown before, see {@link dev.kombo.learning.BayesianLogistic}.
 *
 * @param time epoch milliseconds
 * @param features of each bundle, in the order of {@link dev.kombo.ranking.ConversionFeature}, as it was offered; not
 *     copied
 * @param accepted whether they were bought, not only shown
 * @param weight how many such examples each stands for, above 0
 */
public record ConversionExample(long time, List<float[]> features, boolean accepted, float weight) {}
