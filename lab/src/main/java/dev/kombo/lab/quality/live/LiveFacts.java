package dev.kombo.lab.quality.live;

import dev.kombo.config.KomboConfig;
import dev.kombo.engine.TaskSettings;
import dev.kombo.ops.KomboMetric;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a reader has to know of a run on a service beside the metrics; taken while the instances run. */
final class LiveFacts {
    private final ServiceGroup services;
    private final LivePlan plan;
    private final InputGate gate;
    private final long events;
    private final double sendingSeconds;

    LiveFacts(ServiceGroup services, LivePlan plan, InputGate gate, long events, double sendingSeconds) {
        this.services = services;
        this.plan = plan;
        this.gate = gate;
        this.events = events;
        this.sendingSeconds = sendingSeconds;
    }

    /** Name to value, in the order in which they are shown. */
    Map<String, String> facts() {
        KomboConfig config = services.config();
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("events", Long.toString(events));
        facts.put("replays an event", perEvent(services.count(KomboMetric.SWEEP_INTERACTIONS)));
        facts.put("partitions", Integer.toString(plan.partitions()));
        facts.put("instances", plan.instances() + ", which own " + services.owned() + " of the partitions");
        facts.put("flush interval", config.get(TaskSettings.ITEM_FLUSH_INTERVAL) + " ms");
        facts.put(
                "sweep interval",
                config.get(TaskSettings.SWEEP_INTERVAL) + " ms"
                        + (plan.paced() ? ", the input waits for sweeps and item tasks" : ""));
        facts.put("pace", plan.paced() ? String.format(Locale.ROOT, "%.0f events/s", plan.rate()) : "none");
        facts.put(
                "events a second",
                String.format(
                        Locale.ROOT,
                        "%.0f sent, %.0f learned from and published",
                        events / sendingSeconds,
                        events / gate.seconds()));
        facts.put("slices of sweeps an event", perEvent(gate.slices()));
        facts.put(
                "most lag seen",
                String.format(
                        Locale.ROOT,
                        "%,d events, %,d item updates on their way",
                        gate.mostWaiting(),
                        gate.mostItemLag()));
        facts.put("item updates an event", perEvent(services.count(KomboMetric.TARGET_UPDATES, "applied")));
        facts.put("models published an event", perEvent(services.count(KomboMetric.TARGET_MODELS)));
        facts.put("negatives shed an event", perEvent(services.count(KomboMetric.NEGATIVES_SHED)));
        facts.put(
                "steps dropped",
                Long.toString(services.count(KomboMetric.STEPS_DROPPED, "user")
                        + services.count(KomboMetric.STEPS_DROPPED, "target")));
        facts.put(
                "ranker",
                "version " + services.ranker().version() + ", " + services.count(KomboMetric.TRAINING_EXAMPLES, "sent")
                        + " examples sent");
        return facts;
    }

    private String perEvent(long count) {
        return String.format(Locale.ROOT, "%.3f", count / (double) Math.max(1, events));
    }
}
