package dev.kombo.research.study;

/**
 * What one simulated experiment came to.
 *
 * @param looks times that a comparison gave an interval
 * @param missed whether an interval of any comparison ever missed the true difference; 0 where there is no effect
 * @param relativeMissed whether an interval of the relative uplift ever missed the true one
 * @param bareMissed the same of {@code missed} with the same multiplier, but each arm's own variance and no covariate
 * @param fixedMissed the same of {@code missed} with an interval for a fixed sample
 * @param alarmed whether a mismatch of the sample ratio was ever claimed
 * @param varianceKept of the last look, treatment against holdout
 * @param decidedAt shoppers observed when treatment was first told from holdout; 0 if it never was
 * @param moves times that shares moved by themselves
 * @param treatedPart part of the shoppers that entered the treatment
 */
record RunResult(
        long looks,
        boolean missed,
        boolean relativeMissed,
        boolean bareMissed,
        boolean fixedMissed,
        boolean alarmed,
        double varianceKept,
        int decidedAt,
        int moves,
        double treatedPart) {}
