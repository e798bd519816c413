package dev.kombo.topology.user;

import dev.kombo.config.Topic;
import dev.kombo.engine.Engine;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.shopper.EventCounts;
import dev.kombo.engine.shopper.EventFlow;
import dev.kombo.engine.shopper.ShopperMaintenance;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ops.Measurements;
import dev.kombo.ops.Pseudonyms;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.serde.EventMapper;
import dev.kombo.topology.common.ScheduledProcessor;
import dev.kombo.topology.global.EngineContext;
import java.util.Locale;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Processes one event in the user task: validates and de-duplicates it, checks for robots, credits offers, learns,
 * stores the profile, and answers with an offer. Everything is computed first; then the profile is written and the
 * results are forwarded, so that an event that fails half way has changed nothing.
 */
public final class UserProcessor extends ScheduledProcessor<String, BehaviorEvent, String, byte[]> {
    /**
     * Time between two maintenances, in milliseconds, which close orders, expire offers and forget sessions: they may be
     * that much late.
     */
    private static final long MAINTENANCE_INTERVAL_MILLIS = 100;

    private final EngineContext engine;
    private final EventRules rules;
    private final EventFlow flow;
    private final ShopperMaintenance maintenance;
    private final Rejections rejections;
    private final LongAdder[] accepted;
    private final LongAdder[] duplicates;
    private final LongAdder[] rejected;
    private final LongAdder[] erased;
    private ProcessorContext<String, byte[]> context;
    private ShopperStore shoppers;
    private MaintenancePunctuator punctuator;
    private MaintenanceDeadlines deadlines;
    private CurrentOffers current;
    private TaskClock clock;
    private Outputs outputs;

    public UserProcessor(EngineContext engine) {
        EngineSettings settings = engine.settings();
        this.engine = engine;
        this.rules = settings.rules();
        Engine steps = new Engine(settings, engine.models());
        this.flow = steps.flow(new FlowSampler(engine.counters(), engine.measurements()));
        this.maintenance = steps.maintenance();
        this.rejections = new Rejections(
                engine.topics().name(Topic.BEHAVIOR_EVENT), engine.counters(), Pseudonyms.of(settings.values()));
        this.accepted = counters("accepted");
        this.duplicates = counters("duplicate");
        this.rejected = counters("rejected");
        this.erased = counters("erased");
    }

    /** Counters of one outcome by event type; the last one is for records without an event. */
    private LongAdder[] counters(String outcome) {
        LongAdder[] byType = new LongAdder[EventType.count() + 1];
        for (int t = 0; t < byType.length; t++) {
            String type = t == EventType.count()
                    ? "none"
                    : EventType.of(t).name().toLowerCase(Locale.ROOT).replace('_', '-');
            byType[t] = engine.counters().counter(KomboMetric.EVENTS, outcome, type);
        }
        return byType;
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        EngineSettings settings = engine.settings();
        context = processorContext;
        outputs = new Outputs(engine);
        engine.models().refresh().complete();
        clock = new TaskClock(engine.models().time());
        shoppers = new ShopperStore(engine, context);
        current = new CurrentOffers(engine);
        deadlines = new MaintenanceDeadlines(maintenance, settings, current);
        punctuator = new MaintenancePunctuator(engine, shoppers, maintenance, deadlines, current, clock);
        scheduleWithRests(context, MAINTENANCE_INTERVAL_MILLIS, time -> punctuator.maintain(context, time));
    }

    @Override
    public void process(Record<String, BehaviorEvent> record) {
        wake();
        outputs.clear();
        ShopperEvent event = record.value() == null ? null : EventMapper.toDomain(record.value());
        EventRules.Violation violation =
                event == null ? Rejections.EMPTY_RECORD : rules.check(event, record.timestamp());
        if (violation != null) {
            reject(violation, record, event);
            return;
        }
        String key = event.shopperKey();
        ShopperState shopper = shoppers.find(key);
        long erasedAt = shoppers.erased().since(key, shopper, event.time());
        if (erasedAt != ShopperStore.ErasedUsers.NEVER) {
            drop(event, erasedAt, record.timestamp());
            return;
        }
        if (shopper == null) {
            String owner = ShopperKey.isSession(key) ? shoppers.merged().owner(event.sessionId(), event.time()) : null;
            if (owner != null) {
                outputs.handOver(record.value(), owner);
                outputs.forward(context, record.timestamp());
                return;
            }
            shopper = shoppers.reader().create(key);
        }
        Behavior.KnownEvents known = shopper.behavior().knownEvents();
        if (known.contains(event)) {
            duplicates[event.type().ordinal()].increment();
            return;
        }
        if (known.takesIdOfAnother(event)) {
            engine.counters()
                    .count(KomboMetric.EVENT_ID_CLASHES, event.type().name().toLowerCase(Locale.ROOT));
        }
        violation = rules.checkCurrency(event, shopper.behavior().spend().keySet());
        if (violation != null) {
            reject(violation, record, event);
            return;
        }
        flow.handle(key, shopper, event, outputs);
        current.endClosed(key, shopper, outputs);
        outputs.complete();
        shoppers.save(key, shopper, deadlines, event.time());
        outputs.forward(context, event.time());
        clock.accepted(event.time(), context.currentSystemTimeMs());
        accepted[event.type().ordinal()].increment();
    }

    /** Drops an event from before the erasure of its user. */
    private void drop(ShopperEvent event, long erasedAt, long timestamp) {
        if (event.userId() != null
                && event.sessionId() != null
                && !event.sessionId().isBlank()) {
            // The erasure may have been read before it was known that the session is the user's.
            outputs.forgetSession(event.sessionId(), erasedAt);
            outputs.forward(context, timestamp);
        }
        erased[event.type().ordinal()].increment();
    }

    private void reject(EventRules.Violation violation, Record<String, BehaviorEvent> record, ShopperEvent event) {
        outputs.rejection(record.key(), rejections.of(violation, record));
        outputs.forward(context, record.timestamp());
        rejected[event == null ? EventType.count() : event.type().ordinal()].increment();
    }

    /**
     * Counts the events of one task's flow, and times one ranking in {@value #ONE_IN}, since timing every one would
     * cost more than it is worth. Not thread-safe; used by the task's stream thread.
     */
    private static final class FlowSampler implements EventCounts {
        private static final int ONE_IN = 16;

        private final Counters counters;
        private final LongAdder offers;
        private final LongAdder offersOutside;
        private final LongAdder robotsFlagged;
        private final LongAdder robotEvents;
        private final Measurements measurements;
        private int rankings;

        FlowSampler(Counters counters, Measurements measurements) {
            this.counters = counters;
            this.offers = counters.counter(KomboMetric.OFFERS, "yes");
            this.offersOutside = counters.counter(KomboMetric.OFFERS, "no");
            this.robotsFlagged = counters.counter(KomboMetric.ROBOTS_FLAGGED);
            this.robotEvents = counters.counter(KomboMetric.ROBOT_EVENTS);
            this.measurements = measurements;
        }

        @Override
        public void count(Counted what) {
            switch (what) {
                case OFFER -> offers.increment();
                case OFFER_OUTSIDE -> offersOutside.increment();
                case ROBOT_FLAGGED -> robotsFlagged.increment();
                case ROBOT_EVENT -> robotEvents.increment();
            }
        }

        @Override
        public void noOffer(String reason) {
            counters.count(KomboMetric.OFFERS_EMPTY, reason);
        }

        @Override
        public long rankingBegins() {
            return rankings++ % ONE_IN == 0 ? measurements.nanoTime() : NOT_TIMED;
        }

        @Override
        public void ranked(long begun) {
            if (begun != NOT_TIMED) {
                measurements.ranked(measurements.nanoTime() - begun);
            }
        }
    }

    /**
     * Turns an event that breaks a rule into a readable record for the operator, and counts it by reason.
     */
    private static final class Rejections {
        static final EventRules.Violation EMPTY_RECORD =
                new EventRules.Violation("value", "empty-record", "the record has no value");

        private static final int LONGEST_PAYLOAD = 1 << 16;

        private final String source;
        private final Counters counters;
        private final Pseudonyms ids;

        /**
         * @param source topic of the events
         * @param ids replaces shopper ids by pseudonyms
         */
        Rejections(String source, Counters counters, Pseudonyms ids) {
            this.source = source;
            this.counters = counters;
            this.ids = ids;
        }

        RejectedEvent of(EventRules.Violation violation, Record<String, BehaviorEvent> record) {
            counters.count(KomboMetric.EVENTS_REJECTED, violation.reason());
            BehaviorEvent event = ids.on() ? hidden(record.value()) : record.value();
            if (event == null) {
                return Outputs.rejected(source, null, violation, record.timestamp());
            }
            RejectedEvent rejection = Outputs.rejected(source, event.getEventId(), violation, event.getEventTime());
            rejection.setPayload(payload(event.toString()));
            return rejection;
        }

        private BehaviorEvent hidden(BehaviorEvent event) {
            return event == null
                    ? null
                    : BehaviorEvent.newBuilder(event)
                            .setUserId(ids.of(event.getUserId()))
                            .setSessionId(ids.of(event.getSessionId()))
                            .build();
        }

        /** Truncates the payload: a record that is too large would stop the instance. */
        private static String payload(String json) {
            return json.length() <= LONGEST_PAYLOAD
                    ? json
                    : json.substring(0, LONGEST_PAYLOAD) + "... (" + json.length() + " characters)";
        }
    }
}
