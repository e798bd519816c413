package dev.kombo.engine;

import java.util.List;

/**
 * Something to learn about acceptance: bundles that were seen in an offer, or one of them that was then taken. What is
 * taken was told of as shown before, see {@link dev.kombo.learning.BayesianLogistic}.
 *
 * @param time epoch milliseconds
 * @param features of each bundle, in the order of {@link dev.kombo.ranking.AcceptanceFeature}, as it was offered; not
 *     copied
 * @param accepted whether they were taken, and not only shown
 * @param weight how many such examples each stands for, above 0
 */
public record AcceptanceExample(long time, List<float[]> features, boolean accepted, float weight) {}
