package dev.kombo.topology.user;

import dev.kombo.engine.Engine;
import dev.kombo.engine.shopper.EventOutputs.Login;
import dev.kombo.engine.shopper.Logins;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.schema.SessionMerge;
import dev.kombo.topology.global.EngineContext;
import java.nio.ByteBuffer;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Merges a session into the user who logged in. The session's task removes the session's state and sends it to the
 * user; if there is none, because it was already merged or the session never did anything, it sends nothing. The user's
 * task merges the state. Each step removes and sends, or reads and stores, in one transaction, so the session's state
 * is in one place at any time. What the session did before, but its task reads later, goes to the user as well.
 */
public final class SessionMergeProcessor implements Processor<String, SessionMerge, String, byte[]> {
    private final EngineContext engine;
    private final Logins logins;
    private final CurrentOffers current;
    private final MaintenanceDeadlines deadlines;
    private ProcessorContext<String, byte[]> context;
    private ShopperStore shoppers;
    private Outputs outputs;
    private ShopperErasure erasure;

    public SessionMergeProcessor(EngineContext engine) {
        this.engine = engine;
        Engine steps = new Engine(engine.settings(), engine.models());
        this.logins = steps.logins();
        this.current = new CurrentOffers(engine);
        this.deadlines = new MaintenanceDeadlines(steps.maintenance(), engine.settings(), current);
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        outputs = new Outputs(engine);
        shoppers = new ShopperStore(engine, context);
        erasure = new ShopperErasure(engine, context, shoppers, outputs);
    }

    @Override
    public void process(Record<String, SessionMerge> record) {
        SessionMerge merge = record.value();
        if (merge == null) {
            engine.counters().count(KomboMetric.SESSIONS_LINKED, "empty");
        } else if (!merge.getErasedSessions().isEmpty() && !merge.getSessionId().isEmpty()) {
            erasure.forgetSession(merge.getSessionId(), merge.getEventTime(), record.timestamp());
        } else if (!merge.getErasedSessions().isEmpty()) {
            erasure.forgetSessions(merge.getErasedSessions(), merge.getEventTime(), record.timestamp());
        } else if (merge.getShopper() == null) {
            handOver(merge, record.timestamp());
        } else {
            absorb(merge);
        }
    }

    private void handOver(SessionMerge asked, long time) {
        String key = ShopperKey.ofSession(asked.getSessionId());
        ShopperState session = shoppers.find(key);
        if (session == null) {
            shoppers.merged().add(asked.getSessionId(), asked.getUserId(), asked.getEventTime());
            engine.counters().count(KomboMetric.SESSIONS_LINKED, "empty");
            return;
        }
        SessionMerge answer = SessionMerge.newBuilder(asked)
                .setShopper(ByteBuffer.wrap(shoppers.reader().pack(session)))
                .build();
        // Sent first: state that cannot be sent is not deleted.
        outputs.clear();
        outputs.sessionMerge(asked.getUserId(), answer);
        current.endAll(key, session, outputs);
        outputs.forward(context, time);
        shoppers.merged().add(asked.getSessionId(), asked.getUserId(), asked.getEventTime());
        shoppers.forget(key, session);
        engine.counters().count(KomboMetric.SESSIONS_LINKED, "moved");
    }

    private void absorb(SessionMerge merge) {
        outputs.clear();
        String key = ShopperKey.ofUser(merge.getUserId());
        ShopperState user = shoppers.find(key);
        if (user == null
                || shoppers.erased().since(key, user, merge.getEventTime()) != ShopperStore.ErasedUsers.NEVER) {
            // The user was erased meanwhile, and so was the session.
            engine.counters().count(KomboMetric.SESSIONS_LINKED, "erased");
            return;
        }
        Login login = new Login(merge.getUserId(), merge.getSessionId(), merge.getEventId(), merge.getEventTime());
        ShopperState session = shoppers.reader().unpack(ShopperKey.ofSession(merge.getSessionId()), merge.getShopper());
        logins.absorb(login, user, session, outputs);
        current.endClosed(key, user, outputs);
        outputs.complete();
        shoppers.save(key, user, deadlines, merge.getEventTime());
        outputs.forward(context, merge.getEventTime());
    }
}
