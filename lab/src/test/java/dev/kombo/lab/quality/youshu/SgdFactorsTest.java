package dev.kombo.lab.quality.youshu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SgdFactorsTest {
    /** Users with even numbers take bundles with even numbers, and odd ones odd ones. */
    @Test
    void shouldPreferWhatUsersOfTheSameTasteTook() {
        SgdFactors factors = new SgdFactors(1);
        for (int round = 0; round < 60; round++) {
            for (int user = 0; user < 20; user++) {
                factors.learn("" + user, "" + (2 * ((round + user) % 10) + user % 2), true);
            }
        }
        for (int user = 0; user < 20; user++) {
            double own = 0;
            double other = 0;
            for (int bundle = 0; bundle < 20; bundle++) {
                double score = factors.score("" + user, "" + bundle);
                own += bundle % 2 == user % 2 ? score : 0;
                other += bundle % 2 == user % 2 ? 0 : score;
            }
            assertThat(own).isGreaterThan(other + 1);
        }
        assertThat(factors.score("0", "unknown")).isZero();
        assertThat(factors.score("unknown", "0")).isZero();
    }
}
