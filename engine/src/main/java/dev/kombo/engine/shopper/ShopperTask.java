package dev.kombo.engine.shopper;

import dev.kombo.engine.Engine;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.EventCounts;
import dev.kombo.engine.event.EventFlow;
import dev.kombo.engine.event.OfferSettings;
import dev.kombo.engine.event.ShopperMaintenance;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.task.Partitions;
import dev.kombo.engine.task.Task;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Processes the events of the shoppers of one partition, and answers them with offers. Of an event, it validates and
 * de-duplicates it, checks for robots, credits offers, learns, stores the profile, and answers with an offer.
 * Everything is computed and emitted first; then the profile is written, so that an event that fails half way has
 * changed nothing. It also hands sessions over to users, erases shoppers, and takes care of them by the clock.
 */
public final class ShopperTask implements Task<ShopperInput> {
    private static final EventRules.Violation EMPTY_RECORD =
            new EventRules.Violation("value", "empty-record", "the record has no value");

    private final LiveModels models;
    private final EventRules rules;
    private final EventFlow flow;
    private final Shoppers shoppers;
    private final MaintenanceDeadlines deadlines;
    private final CurrentOffers current;
    private final ShopperOutputs outputs;
    private final SessionHandOver sessions;
    private final ShopperErasure erasure;
    private final ShopperCare care;
    private final TaskClock clock;
    private final EventTally tally;

    /**
     * What the task is connected to.
     *
     * @param outputs takes what it emits
     * @param isolation isolates shoppers from each other
     * @param partitions says which shoppers it owns
     * @param eventsKeptMillis how long events may still arrive
     */
    public record Surroundings(
            Outputs<ShopperOutput> outputs, Isolation isolation, Partitions partitions, long eventsKeptMillis) {}

    /**
     * @param counts counts what happens to events
     */
    public ShopperTask(
            ShopperTables tables,
            Surroundings surroundings,
            EngineSettings settings,
            LiveModels models,
            Counters counters,
            EventCounts counts) {
        Engine steps = new Engine(settings, models);
        ShopperMaintenance maintenance = steps.maintenance();
        this.models = models;
        this.rules = settings.rules();
        this.flow = steps.flow(counts);
        this.shoppers = new Shoppers(tables, settings, surroundings.eventsKeptMillis());
        this.current = new CurrentOffers(settings.get(OfferSettings.CURRENT), models.catalog());
        this.deadlines = new MaintenanceDeadlines(maintenance, settings, current);
        this.outputs = new ShopperOutputs(surroundings.outputs(), current.on(), counters);
        this.sessions = new SessionHandOver(shoppers, steps.logins(), current, deadlines, outputs, counters);
        this.erasure = new ShopperErasure(
                shoppers, outputs, current, surroundings.isolation(), surroundings.partitions(), counters);
        this.care =
                new ShopperCare(shoppers, maintenance, deadlines, current, outputs, surroundings.isolation(), counters);
        this.clock = new TaskClock(models.time());
        this.tally = new EventTally(counters);
        models.refresh().complete();
    }

    @Override
    public void accept(ShopperInput input, long systemTime) {
        if (input instanceof ShopperInput.Happened happened) {
            handle(happened, systemTime);
        } else if (input instanceof ShopperInput.SessionAsked asked) {
            sessions.handOver(asked);
        } else if (input instanceof ShopperInput.SessionMoved moved) {
            sessions.absorb(moved);
        } else if (input instanceof ShopperInput.SessionErased erased) {
            erasure.forgetSession(erased, systemTime);
        } else if (input instanceof ShopperInput.SessionsErased erased) {
            erasure.forgetSessions(erased, systemTime);
        } else if (input instanceof ShopperInput.ErasureAsked asked) {
            erasure.erase(asked, systemTime);
        }
    }

    @Override
    public boolean tick(long systemTime) {
        boolean outdated = models.refresh().run(systemTime);
        return (clock.known() && care.run(clock.now(systemTime), systemTime)) || outdated;
    }

    private void handle(ShopperInput.Happened input, long systemTime) {
        ShopperEvent event = input.event();
        EventRules.Violation violation = event == null ? EMPTY_RECORD : rules.check(event, input.time());
        if (event == null || violation != null) {
            reject(input, violation == null ? EMPTY_RECORD : violation);
            return;
        }
        String key = event.shopperKey();
        ShopperState shopper = shoppers.find(key);
        long erasedAt = shoppers.erased().since(key, shopper, event.time());
        if (erasedAt != ErasedUsers.NEVER) {
            drop(input, event, erasedAt);
            return;
        }
        if (shopper == null) {
            String owner = owner(key, event);
            if (owner != null) {
                outputs.begin(input.time());
                outputs.handOver(Objects.requireNonNull(input.original()), owner);
                return;
            }
            shopper = shoppers.reader().create(key);
        }
        Behavior.KnownEvents known = shopper.behavior().knownEvents();
        if (known.contains(event)) {
            tally.duplicate(event.type());
            return;
        }
        if (known.takesIdOfAnother(event)) {
            tally.clash(event.type());
        }
        violation = rules.checkCurrency(event, shopper.behavior().spend().keySet());
        if (violation != null) {
            reject(input, violation);
            return;
        }
        outputs.begin(event.time());
        flow.handle(key, shopper, event, outputs);
        current.endClosed(key, shopper, outputs);
        outputs.complete();
        shoppers.save(key, shopper, deadlines, event.time());
        clock.accepted(event.time(), systemTime);
        tally.accepted(event.type());
    }

    /** The user that a session was merged into before its task read the event; null: none. */
    private @Nullable String owner(String key, ShopperEvent event) {
        String session = event.sessionId();
        return session != null && ShopperKey.isSession(key) ? shoppers.merged().owner(session, event.time()) : null;
    }

    /** Drops an event from before the erasure of its user. */
    private void drop(ShopperInput.Happened input, ShopperEvent event, long erasedAt) {
        String session = event.sessionId();
        if (event.userId() != null && session != null && !session.isBlank()) {
            // The erasure may have been read before it was known that the session is the user's.
            outputs.begin(input.time());
            outputs.forgetSession(session, erasedAt);
        }
        tally.erased(event.type());
    }

    private void reject(ShopperInput.Happened input, EventRules.Violation violation) {
        outputs.begin(input.time());
        outputs.reject(input, violation);
        tally.rejected(input.event() == null ? null : input.event().type());
    }

    /** Counts what became of events, by their type. */
    private static final class EventTally {
        private final Counters counters;
        private final LongAdder[] accepted;
        private final LongAdder[] duplicates;
        private final LongAdder[] rejected;
        private final LongAdder[] erased;

        EventTally(Counters counters) {
            this.counters = counters;
            this.accepted = counters("accepted");
            this.duplicates = counters("duplicate");
            this.rejected = counters("rejected");
            this.erased = counters("erased");
        }

        /** Counters of one outcome by event type; the last one is for records without an event. */
        private LongAdder[] counters(String outcome) {
            LongAdder[] byType = new LongAdder[EventType.count() + 1];
            for (int t = 0; t < byType.length; t++) {
                String type = t == EventType.count() ? "none" : label(EventType.of(t));
                byType[t] = counters.counter(KomboMetric.EVENTS, outcome, type);
            }
            return byType;
        }

        private static String label(EventType type) {
            return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        void accepted(EventType type) {
            accepted[type.ordinal()].increment();
        }

        void duplicate(EventType type) {
            duplicates[type.ordinal()].increment();
        }

        /** @param type null: the record was empty */
        void rejected(@Nullable EventType type) {
            rejected[type == null ? EventType.count() : type.ordinal()].increment();
        }

        void erased(EventType type) {
            erased[type.ordinal()].increment();
        }

        /** Counts an event that has the id of one of another type. */
        void clash(EventType type) {
            counters.count(KomboMetric.EVENT_ID_CLASHES, type.name().toLowerCase(Locale.ROOT));
        }
    }
}
