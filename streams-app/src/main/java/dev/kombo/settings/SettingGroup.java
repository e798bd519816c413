package dev.kombo.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The settings that one class declares, with the checks that need more than one of them.
 *
 * @param settings in the order of their declaration
 * @param checks each says how two values contradict each other, if they do
 */
public record SettingGroup(List<Setting<?>> settings, List<Function<SettingValues, Optional<String>>> checks) {
    /** Settings that go well with one another, whatever their values are. */
    public static SettingGroup of(Setting<?>... settings) {
        return new SettingGroup(List.of(settings), List.of());
    }

    /** The same with one more check. */
    public SettingGroup check(Function<SettingValues, Optional<String>> check) {
        List<Function<SettingValues, Optional<String>>> more = new ArrayList<>(checks);
        more.add(check);
        return new SettingGroup(settings, List.copyOf(more));
    }

    /** The same, where one value must not be above another. */
    public <T extends Comparable<T>> SettingGroup atMost(Setting<T> smaller, Setting<T> larger) {
        return check(values -> values.get(smaller).compareTo(values.get(larger)) <= 0
                ? Optional.empty()
                : Optional.of(smaller.name() + ": " + values.get(smaller) + " must not be above " + larger.name() + ", "
                        + values.get(larger)));
    }
}
