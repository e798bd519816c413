package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.profile.CategoryAffinities.Affinity;
import org.junit.jupiter.api.Test;

class CategoryAffinitiesTest {
    private static final long HALF_LIFE = CategoryAffinities.HALF_LIFE_DAYS * 86_400_000L;

    @Test
    void shouldOrderByWeight() {
        CategoryAffinities affinities = new CategoryAffinities();
        affinities.add("tea", 1f);
        affinities.add("cups", 2f);
        affinities.add("tea", 3f);

        assertThat(affinities.strongestFirst()).containsExactly(new Affinity("tea", 4f), new Affinity("cups", 2f));
    }

    @Test
    void shouldHalveWeightsWhenAHalfLifePasses() {
        CategoryAffinities affinities = new CategoryAffinities();
        affinities.add("tea", 1f);
        affinities.decay(HALF_LIFE);
        affinities.decay(-HALF_LIFE);

        assertThat(affinities.strongestFirst().get(0).weight()).isCloseTo(0.5f, within(1e-6f));
    }

    @Test
    void shouldLetTheWeakestGiveWayWhenFull() {
        CategoryAffinities affinities = new CategoryAffinities();
        for (int i = 0; i < CategoryAffinities.MAX_CATEGORIES; i++) {
            affinities.add("c" + i, 10 + i);
        }
        affinities.add("new", 1f);

        assertThat(affinities.strongestFirst()).hasSize(CategoryAffinities.MAX_CATEGORIES);
        assertThat(affinities.strongestFirst())
                .extracting(Affinity::category)
                .contains("new")
                .doesNotContain("c0");
    }
}
