package dev.kombo.lab.quality.tuning;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The settings that are searched, each with its range. Immutable. */
public final class SearchSpace {
    private final List<Parameter> parameters;

    private SearchSpace(List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
    }

    /**
     * A space.
     *
     * @throws IllegalArgumentException when a name occurs twice
     */
    public static SearchSpace of(Parameter... parameters) {
        Set<String> names = new HashSet<>();
        for (Parameter parameter : parameters) {
            if (!names.add(parameter.name())) {
                throw new IllegalArgumentException(parameter.name() + " is searched twice");
            }
        }
        return new SearchSpace(List.of(parameters));
    }

    /** The space without some settings, which stay fixed. */
    public SearchSpace without(Collection<String> names) {
        List<Parameter> kept = new ArrayList<>(parameters);
        kept.removeIf(parameter -> names.contains(parameter.name()));
        return new SearchSpace(kept);
    }

    /** The parameters, in the order given. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** Settings drawn independently and at random; the same hash gives the same settings. */
    public Map<String, String> draw(long hash) {
        Map<String, String> settings = new LinkedHashMap<>();
        for (Parameter parameter : parameters) {
            settings.put(parameter.name(), parameter.draw(hash));
        }
        return settings;
    }

    /** All parameters with their ranges, for a person; two spaces that differ differ here. */
    public String describe() {
        List<String> lines = new ArrayList<>();
        parameters.forEach(parameter -> lines.add(parameter.describe()));
        return String.join("; ", lines);
    }
}
