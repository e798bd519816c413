package dev.kombo.topology;

import dev.kombo.catalog.BundleEntry;
import dev.kombo.catalog.BundleMember;
import dev.kombo.engine.Orders;
import dev.kombo.engine.RankerExamples;
import dev.kombo.engine.TasteLearner;
import dev.kombo.profile.EventRules;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.Ranker;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.UserProfile;
import dev.kombo.serde.EventMapper;
import dev.kombo.serde.ProfileMapper;
import dev.kombo.tracking.Shopper;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The way of one event through the user task: checked, known from before or not, watched for robots, credited to offers,
 * learned from, remembered, answered with an offer. All is worked out first; then the profile is written and the results
 * are forwarded, so that an event that fails half way has changed nothing.
 */
final class UserProcessor implements Processor<String, BehaviorEvent, String, SpecificRecord> {
    private final EngineContext engine;
    private final EventRules rules;
    private final EventWatch watch;
    private final OutcomeTracker tracker = new OutcomeTracker();
    private final Orders orders;
    private final TasteLearner taste;
    private final OfferMaker offers;
    private final RankerExamples examples;
    private final Rejections rejections;
    private final LongAdder accepted;
    private final LongAdder duplicates;
    private ProcessorContext<String, SpecificRecord> context;
    private ShopperStore shoppers;
    private ShopperCare care;
    private EventClock clock;
    private Outputs outputs;

    UserProcessor(EngineContext engine) {
        EngineSettings settings = engine.settings();
        this.engine = engine;
        this.rules = settings.rules();
        this.watch = new EventWatch(settings.robotRate(), settings.robotFlagMillis(), engine.counters());
        this.orders = new Orders(
                engine.models().catalog(),
                settings.orderCloseMillis(),
                settings.attribution().windowMillis());
        this.taste = new TasteLearner(
                settings.factors(),
                engine.models().catalog(),
                settings.replayBudget(),
                settings.companions(),
                engine.counters().counter("learning.user.step.dropped"),
                engine.counters().counter("learning.negatives.shed"));
        this.offers = new OfferMaker(engine);
        this.examples = new RankerExamples(
                engine.models().catalog(),
                offers.ranker(),
                settings.training().share(),
                settings.training().perSecond(),
                settings.evenness());
        this.rejections = new Rejections(engine.topics().behaviorEvent(), engine.counters());
        this.accepted = engine.counters().counter("event.accepted");
        this.duplicates = engine.counters().counter("event.duplicate");
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> processorContext) {
        EngineSettings settings = engine.settings();
        context = processorContext;
        outputs = new Outputs(engine);
        clock = new EventClock();
        KeyValueStore<String, UserProfile> profiles = context.getStateStore(StoreNames.USER_PROFILE);
        ShopperTimers timers = new ShopperTimers(context.getStateStore(StoreNames.USER_TIMER));
        shoppers = new ShopperStore(profiles, new ProfileMapper(settings.profile(), settings.attribution()), timers);
        care = new ShopperCare(engine, shoppers, orders, clock);
        context.schedule(
                Duration.ofMillis(settings.timerIntervalMillis()),
                PunctuationType.WALL_CLOCK_TIME,
                time -> care.lookAfter(context, time));
        if (settings.sweepUsers() > 0) {
            ReplaySweep sweep =
                    new ReplaySweep(engine, profiles, shoppers, context.taskId().partition());
            context.schedule(
                    Duration.ofMillis(settings.sweepIntervalMillis()),
                    PunctuationType.WALL_CLOCK_TIME,
                    time -> sweep.run(context));
        }
    }

    @Override
    public void process(Record<String, BehaviorEvent> record) {
        outputs.clear();
        ShopperEvent event = record.value() == null ? null : EventMapper.toDomain(record.value());
        EventRules.Violation violation =
                event == null ? Rejections.EMPTY_RECORD : rules.check(event, record.timestamp());
        if (violation != null) {
            outputs.rejection(record.key(), rejections.of(violation, record));
            outputs.forward(context, record.timestamp());
            return;
        }
        String key = event.shopperKey();
        ShopperState shopper = shoppers.load(key);
        if (shopper.behavior().seenEvents().contains(event.eventId())) {
            duplicates.increment();
            return;
        }
        handle(key, shopper, event);
        shoppers.save(key, shopper, care.nextDue(key, shopper));
        outputs.forward(context, event.time());
        clock.accepted(event.time(), context.currentSystemTimeMs());
        accepted.increment();
    }

    private List<BundleMember> membersOf(ShopperEvent event) {
        BundleEntry entry =
                event.bundleId() == null ? null : engine.models().catalog().bundle(event.bundleId());
        return entry == null ? List.of() : entry.bundle().members();
    }

    private void handle(String key, ShopperState shopper, ShopperEvent event) {
        boolean robot = watch.robot(shopper.behavior(), event);
        shopper.behavior().cart().dropOlderThan(event.time() - engine.settings().cartExpiryMillis());
        Shopper identity = ProfileMapper.shopper(key);
        tracker.track(identity, shopper, event, robot, outputs);
        if (!robot) {
            if (event.type() == EventType.PURCHASE) {
                orders.line(shopper, event, outputs);
            }
            Ranker ranker = engine.models().ranker();
            examples.observe(shopper.behavior(), event, ranker, example -> outputs.example(example, ranker.version()));
            taste.learn(key, shopper.behavior(), event, care.itemLegBehind(), outputs);
        }
        shopper.behavior().record(event, membersOf(event));
        if (!robot) {
            offers.answer(key, shopper, event, outputs);
        }
        tracker.seen(identity, shopper, event, outputs);
    }
}
