package dev.kombo.lab.quality.live;

import dev.kombo.config.ServiceSettings;
import dev.kombo.engine.OfferSettings;
import dev.kombo.engine.TaskSettings;
import dev.kombo.lab.quality.engine.EnginePace;
import dev.kombo.learning.MiningSettings;
import java.util.HashMap;
import java.util.Map;

/**
 * How an evaluation on a service is run.
 *
 * @param partitions of the topics that are spread by shopper or item, 1 to 64
 * @param instances of the service, 1 to 8
 * @param rate events a second at most, at least 1; {@link #UNPACED}: as fast as the broker takes them, and nothing waits for
 *     anything
 */
public record LivePlan(int partitions, int instances, double rate) {
    /** No rate: the input waits for nothing. */
    public static final double UNPACED = Double.POSITIVE_INFINITY;

    private static final int MOST_PARTITIONS = 64;
    private static final int MOST_INSTANCES = 8;
    private static final double HIGHEST_RATE = 100_000;
    private static final int SHORTEST_SWEEP_MILLIS = 10;
    private static final double SECOND_MILLIS = 1000;

    /** Refuses values out of range, naming the option. */
    public LivePlan {
        require("--partitions", partitions, MOST_PARTITIONS);
        require("--instances", instances, MOST_INSTANCES);
        if (rate != UNPACED && !(rate >= 1 && rate <= HIGHEST_RATE)) {
            throw new IllegalArgumentException("--rate is " + rate + ", 1 to " + (int) HIGHEST_RATE + " is expected");
        }
    }

    private static void require(String option, int value, int most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(option + " is " + value + ", 1 to " + most + " is expected");
        }
    }

    /** Whether the input waits for the service. */
    public boolean paced() {
        return rate != UNPACED;
    }

    /**
     * Settings of the service. Those that were given stay; where none was, offers are made on request only, since nobody is
     * there to see them, and sweeps come so often that each event gets as many as in process.
     */
    Map<String, String> settings(Map<String, String> given, EnginePace pace) {
        Map<String, String> settings = new HashMap<>(given);
        settings.put(ServiceSettings.TOPIC_PARTITIONS.name(), Integer.toString(partitions));
        settings.putIfAbsent(OfferSettings.TRIGGERS.name(), "OFFER_REQUEST");
        settings.putIfAbsent(MiningSettings.AUTO_APPROVE.name(), "false");
        if (paced()) {
            double interval = pace.eventsPerSweep() * partitions * SECOND_MILLIS / rate;
            settings.putIfAbsent(
                    TaskSettings.SWEEP_INTERVAL.name(),
                    Long.toString(Math.max(SHORTEST_SWEEP_MILLIS, Math.round(interval))));
        }
        return settings;
    }
}
