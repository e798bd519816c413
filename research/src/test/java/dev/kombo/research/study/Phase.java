package dev.kombo.research.study;

import dev.kombo.experiment.Arm;
import java.util.List;

/**
 * Part of an experiment under one version of its strategy, or several, where shares move by themselves.
 *
 * @param users shoppers that enter
 * @param arms the arms with their shares
 * @param season factor on what everybody pays
 */
record Phase(int users, List<Arm> arms, double season) {
    private static final long MOST_MOVES = 1000;

    /** Version of the strategy that a phase begins with; moves of shares count on from it. */
    static long firstVersion(int number) {
        return number * MOST_MOVES;
    }

    /** Number of the phase that a version belongs to, from 1. */
    static int numberOf(long version) {
        return (int) (version / MOST_MOVES);
    }
}
