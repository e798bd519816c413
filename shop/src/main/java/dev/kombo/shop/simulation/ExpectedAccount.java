package dev.kombo.shop.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Sums up what the service's slates were expected to earn, beside what the oracle's would in the same situations. */
final class ExpectedAccount {
    private final List<Shown> slates = new ArrayList<>();

    private record Shown(String userId, long time, double gain, double best) {}

    /** Records a slate, by its expected gain and that of the oracle's, in minor units. */
    void shown(String userId, long time, double gain, double best) {
        slates.add(new Shown(userId, time, gain, best));
    }

    /** The expected gain of the slates of an arm, in minor units. */
    double gain(Map<String, ServiceReport.Entry> entries, String arm) {
        return sum(entries, arm, Long.MAX_VALUE, Shown::gain);
    }

    /** The same until a time, as a share of the oracle's; NaN without slates. */
    double share(Map<String, ServiceReport.Entry> entries, String arm, long until) {
        return sum(entries, arm, until, Shown::gain) / sum(entries, arm, until, Shown::best);
    }

    private double sum(
            Map<String, ServiceReport.Entry> entries, String arm, long until, ToDoubleFunction<Shown> figure) {
        return slates.stream()
                .filter(slate -> slate.time() < until)
                .filter(slate -> entries.containsKey(slate.userId())
                        && entries.get(slate.userId()).arm().equals(arm))
                .mapToDouble(figure)
                .sum();
    }
}
