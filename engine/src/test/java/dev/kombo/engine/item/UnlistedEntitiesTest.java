package dev.kombo.engine.item;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.math.StableHash;
import dev.kombo.settings.Millis;
import org.junit.jupiter.api.Test;

class UnlistedEntitiesTest {
    private static final int MOST = 100;
    private static final long IDLE = 30 * Millis.DAY;

    private final UnlistedEntities entities = new UnlistedEntities(MOST, IDLE);

    private boolean admits(String entity) {
        return entities.admits(StableHash.of(entity));
    }

    /** Admits entities with one interaction each; returns how many got a row. */
    private int once(int count) {
        int admitted = 0;
        for (int i = 0; i < count; i++) {
            admitted += admits("once-" + i) ? 1 : 0;
        }
        return admitted;
    }

    /** Walks over rows with the popularities 0, 1, 2 and so on; returns how many were retired. */
    private int walk(int rows, long systemTime) {
        int retired = 0;
        for (int i = 0; i < rows; i++) {
            retired += entities.retires(i, 0) ? 1 : 0;
        }
        entities.walked(systemTime);
        return retired;
    }

    @Test
    void shouldGiveTheSecondHalfOfThePlacesToWhatComesAgain() {
        assertThat(once(1_000)).isLessThan(MOST / 2 + 10);
        assertThat(admits("again")).isFalse();
        assertThat(admits("again")).isTrue();
    }

    @Test
    void shouldAdmitNothingBeyondTheBound() {
        int admitted = 0;
        for (int touch = 0; touch < 3; touch++) {
            admitted += once(5_000);
        }
        assertThat(admitted).isEqualTo(MOST);
        assertThat(new UnlistedEntities(0, IDLE).admits(1)).isFalse();
    }

    @Test
    void shouldCountTheRowsThatAreThereAfterARestart() {
        walk(MOST, 0);
        assertThat(admits("new")).isFalse();
        assertThat(admits("new")).as("again").isFalse();
    }

    @Test
    void shouldNotCountRowsTwiceWhenAWalkIsBrokenOff() {
        for (int i = 0; i < MOST / 2; i++) {
            assertThat(entities.retires(i, 0)).isFalse();
        }
        entities.abandoned();
        walk(MOST / 2 + 1, 0);
        admits("new");
        assertThat(admits("new")).as("again").isTrue();
    }

    @Test
    void shouldRetireTheLeastPopularHalfWhenThePlacesWereTakenForADay() {
        assertThat(walk(MOST, 0)).isZero();
        assertThat(walk(MOST, Millis.DAY - 1)).isZero();
        assertThat(walk(MOST, Millis.DAY)).isZero();
        assertThat(walk(MOST, Millis.DAY + 1)).isEqualTo(MOST / 2);
        assertThat(walk(MOST / 2, Millis.DAY + 2)).as("once").isZero();
        admits("new");
        assertThat(admits("new")).as("again").isTrue();
    }

    @Test
    void shouldRetireOfManyAboutAsManyAsHaveNoPlace() {
        UnlistedEntities many = new UnlistedEntities(10_000, IDLE);
        for (long day = 0; day < 2; day++) {
            for (int i = 0; i < 10_000; i++) {
                assertThat(many.retires(i, 0)).isFalse();
            }
            many.walked(day * Millis.DAY);
        }
        int retired = 0;
        for (int i = 0; i < 10_000; i++) {
            retired += many.retires(i, 0) ? 1 : 0;
        }
        assertThat(retired).isBetween(4_000, 5_000);
        assertThat(many.retires(9_999, 0)).as("the most popular").isFalse();
    }

    @Test
    void shouldRetireWhatNobodyTouchedForLong() {
        assertThat(entities.retires(1e6, IDLE)).isFalse();
        assertThat(entities.retires(1e6, IDLE + 1)).isTrue();
    }
}
