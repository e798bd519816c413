package dev.kombo.lab.shop;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * The simulation itself, without Kafka and without a clock: who comes, what they do next, how they answer offers. Sends
 * as many events as the settings ask for: what is due goes first, and when nothing is, somebody new comes in. Touched
 * by one thread only.
 */
final class ShopFloor {
    private static final int VISITORS_REMEMBERED = 5_000;
    private static final int ATTEMPTS = 16;
    private static final long ARRIVAL_SALT = 0x61727269L;

    /** Something that happens at a time. Returns the number of events sent. */
    private interface Happening {
        int run(long now);
    }

    private record Due(long time, long order, Happening happening) {}

    /** Somebody who is known to the shop. */
    private record Guest(Shopper shopper, Diary diary) {}

    private final ShopSettings settings;
    private final ShopCatalog catalog;
    private final String run;
    private final BiConsumer<String, BehaviorEvent> sink;
    private final TallyBook tally;
    private final OfferAnswers answers;
    private final Pace pace;
    private final List<Guest> users = new ArrayList<>();
    private final double[] activities;
    private final Map<String, Guest> byUserId = new HashMap<>();
    private final Map<String, Guest> visitors = new LinkedHashMap<>();
    private final Set<String> inside = new HashSet<>();
    private final PriorityQueue<Due> agenda =
            new PriorityQueue<>(Comparator.comparingLong(Due::time).thenComparingLong(Due::order));
    private final long firstSession;
    private long sessions;
    private long planned;
    private long sent;

    /**
     * @param openedAt epoch milliseconds; part of the ids, so that they are unique over restarts
     * @param firstSession number of the first session: choices are keyed by it
     * @param sink takes the key and the event, with id and time
     */
    ShopFloor(
            ShopSettings settings,
            ShopCatalog catalog,
            long openedAt,
            long firstSession,
            TallyBook tally,
            BiConsumer<String, BehaviorEvent> sink) {
        this.settings = settings;
        this.catalog = catalog;
        this.run = Long.toString(openedAt, 36);
        this.firstSession = firstSession;
        this.tally = tally;
        this.sink = sink;
        this.answers = new OfferAnswers(catalog, settings);
        this.pace = new Pace(settings.eventsPerSecond(), openedAt);
        this.activities = new double[settings.shoppers()];
        for (int i = 0; i < settings.shoppers(); i++) {
            Guest guest = new Guest(Shopper.user(settings.seed(), i), new Diary());
            users.add(guest);
            byUserId.put(guest.shopper().userId(), guest);
            activities[i] = guest.shopper().activity();
        }
    }

    /**
     * Lets everything happen that is due, within the pace.
     *
     * @param now epoch milliseconds
     * @return milliseconds until it is worth coming back
     */
    long tick(long now) {
        pace.advance(now);
        while (pace.ready()) {
            Due due = agenda.peek();
            if (due != null && due.time() <= now) {
                agenda.remove();
                pace.spend(due.happening().run(now));
            } else {
                pace.spend(arrive(now));
            }
        }
        return pace.waitMillis();
    }

    /** Takes an offer; its answer, if any, happens in later ticks. Offers to people the shop does not know count only. */
    void offered(BundleOffer offer, long now) {
        Guest guest = offer.getUserId() != null ? byUserId.get(offer.getUserId()) : visitors.get(offer.getSessionId());
        boolean entered = guest != null && guest.diary().enters(offer.getArm());
        tally.offered(offer.getArm(), entered);
        if (guest == null) {
            return;
        }
        Drafts drafts = new Drafts(offer.getUserId(), offer.getSessionId());
        for (OfferAnswers.Answer answer : answers.answer(offer, guest.shopper(), guest.diary(), drafts, now)) {
            plan(now + answer.delayMillis(), at -> {
                send(drafts, answer.events(), at);
                tally.answered(offer.getArm(), answer);
                return answer.events().size();
            });
        }
    }

    private int arrive(long now) {
        long number = firstSession + sessions++;
        String sessionId = String.format(Locale.ROOT, "session-%s-%d", run, sessions);
        Guest guest = newcomer(number, sessionId);
        Drafts drafts = new Drafts(guest.shopper().userId(), sessionId);
        Session session = new Session(catalog, guest.shopper(), guest.diary(), drafts, settings.seed(), number);
        return step(session, drafts, now);
    }

    private Guest newcomer(long number, String sessionId) {
        HashedDraws draws = new HashedDraws(settings.seed(), ARRIVAL_SALT, number);
        if (!draws.chance(settings.anonymousShare())) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                Guest user = users.get(draws.weighted(activities));
                if (inside.add(user.shopper().userId())) {
                    return user;
                }
            }
        }
        // A user is in the shop once at a time; when those drawn are all inside, somebody unknown comes.
        Guest visitor = new Guest(Shopper.visitor(settings.seed(), number), new Diary());
        visitors.put(sessionId, visitor);
        if (visitors.size() > VISITORS_REMEMBERED) {
            visitors.remove(visitors.keySet().iterator().next());
        }
        return visitor;
    }

    private int step(Session session, Drafts drafts, long now) {
        List<BehaviorEvent> events = session.next();
        send(drafts, events, now);
        if (session.over()) {
            inside.remove(session.shopper().userId());
        } else {
            plan(now + session.pauseMillis(), at -> step(session, drafts, at));
        }
        return events.size();
    }

    private void plan(long time, Happening happening) {
        agenda.add(new Due(time, planned++, happening));
    }

    private void send(Drafts drafts, List<BehaviorEvent> events, long now) {
        for (BehaviorEvent event : events) {
            event.setEventId("event-" + run + "-" + Long.toString(++sent, 36));
            event.setEventTime(now);
            sink.accept(drafts.key(), event);
        }
    }
}
