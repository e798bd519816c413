package dev.kombo.profile;

import dev.kombo.codec.Fields;
import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A shopper's decayed interest in categories, strongest first, limited to {@value #MAX_CATEGORIES}. Weights halve every
 * {@value #HALF_LIFE_DAYS} days of the shopper's own time.
 */
public final class CategoryAffinities {
    static final int MAX_CATEGORIES = 16;
    static final int HALF_LIFE_DAYS = 30;
    private static final double HALF_LIFE = HALF_LIFE_DAYS * Millis.DAY;

    /**
     * The interest in one category.
     *
     * @param category the category
     * @param weight decayed sum of event weights, at the shopper's latest event
     */
    public record Affinity(String category, float weight) {
        private static final Affinity BLANK = new Affinity("", 0);

        private Affinity fields(Fields f) {
            return new Affinity(f.text(category), f.real(weight));
        }
    }

    private List<Affinity> affinities = new ArrayList<>();

    void fields(Fields f) {
        affinities = f.each(affinities, Affinity.BLANK, Affinity::fields);
    }

    /** Decays all weights by the elapsed time. */
    public void decay(long elapsed) {
        if (elapsed <= 0 || affinities.isEmpty()) {
            return;
        }
        float factor = (float) Math.pow(0.5, elapsed / HALF_LIFE);
        affinities.replaceAll(affinity -> new Affinity(affinity.category(), affinity.weight() * factor));
    }

    /** Adds interest; a new category replaces the weakest where there are too many. */
    public void add(String category, float weight) {
        float sum = weight;
        for (int i = 0; i < affinities.size(); i++) {
            if (affinities.get(i).category().equals(category)) {
                sum += affinities.remove(i).weight();
                break;
            }
        }
        if (affinities.size() == MAX_CATEGORIES) {
            affinities.remove(MAX_CATEGORIES - 1);
        }
        affinities.add(new Affinity(category, sum));
        affinities.sort(Comparator.comparing(Affinity::weight).reversed());
    }

    /** Adds the interests of another shopper, whose weights are of the same time; the weakest are dropped. */
    void absorb(CategoryAffinities other) {
        Map<String, Float> sums = new LinkedHashMap<>();
        affinities.forEach(affinity -> sums.put(affinity.category(), affinity.weight()));
        other.affinities.forEach(affinity -> sums.merge(affinity.category(), affinity.weight(), Float::sum));
        affinities.clear();
        sums.forEach((category, weight) -> affinities.add(new Affinity(category, weight)));
        affinities.sort(Comparator.comparing(Affinity::weight).reversed());
        while (affinities.size() > MAX_CATEGORIES) {
            affinities.remove(MAX_CATEGORIES);
        }
    }

    /** All affinities, strongest first. */
    public List<Affinity> strongestFirst() {
        return Collections.unmodifiableList(affinities);
    }
}
