package dev.kombo.shop.simulation;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.shop.Progress;
import dev.kombo.shop.simulation.OrganicBehavior.Visit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Simulates shoppers day by day against a service that makes them offers. All visits of a round go in step: the events
 * of a step are published together, shoppers respond to the offers they trigger, then the next step follows.
 */
final class Simulation {
    /** Observes slates shown to shoppers. */
    @FunctionalInterface
    interface SlateWatch {
        /** Called before a slate is shown, with the session's current state and the time in epoch milliseconds. */
        void shown(ShopperSession session, ShownSlate slate, int step, long time);
    }

    private final SimulatedWorld world;
    private final Timetable timetable;
    private final SlateWatch watch;
    private final List<SimulatedShopper> shoppers;
    private final List<OrganicBehavior> lives;
    private final ShopperMemory[] memories;
    private final TruthAccount truth = new TruthAccount();
    private long events;

    Simulation(SimulatedWorld world, SlateWatch watch) {
        this.world = world;
        this.timetable = world.settings().timetable();
        this.watch = watch;
        this.shoppers = SimulatedShopper.all(world.settings());
        this.lives = shoppers.stream()
                .map(shopper -> new OrganicBehavior(world, shopper))
                .toList();
        this.memories = new ShopperMemory[shoppers.size()];
        Arrays.setAll(memories, s -> new ShopperMemory());
    }

    /**
     * Runs the remaining days.
     *
     * @param after time reached by earlier runs, epoch milliseconds: rounds until then were played; any earlier time if
     *     there were none
     */
    void run(OfferService service, Progress progress, long after) throws InterruptedException {
        int days = world.settings().days();
        int[] next = new int[shoppers.size()];
        for (int day = 0; day < days; day++) {
            SortedMap<Long, List<SessionEvents>> rounds = new TreeMap<>();
            for (int s = 0; s < next.length; s++) {
                SimulatedShopper shopper = shoppers.get(s);
                if (next[s] < shopper.visitDays().length && shopper.visitDays()[next[s]] == day) {
                    Visit visit = lives.get(s).visit(next[s]++);
                    ShopperSession session = new ShopperSession(world, shopper, visit, memories[s]);
                    rounds.computeIfAbsent(timetable.round(shopper, day), start -> new ArrayList<>())
                            .add(new SessionEvents(world, session));
                }
            }
            for (List<SessionEvents> visits : rounds.tailMap(after + 1).values()) {
                round(visits, service);
            }
            progress.step(day + 1L, days);
        }
    }

    private void round(List<SessionEvents> visits, OfferService service) throws InterruptedException {
        List<SessionEvents> present = new ArrayList<>(visits);
        Map<String, SessionEvents> byUser = new HashMap<>();
        present.forEach(visit -> byUser.put(visit.session().shopper().userId(), visit));
        List<BehaviorEvent> published = new ArrayList<>();
        for (int step = 0; !present.isEmpty(); step++) {
            for (SessionEvents visit : present) {
                visit.step(step, published);
            }
            published.sort(Comparator.comparingLong(BehaviorEvent::getEventTime));
            List<ShownSlate> offers = service.process(published);
            events += published.size();
            published.clear();
            leave(present, step);
            feedback(offers, step, byUser, published);
        }
    }

    private void leave(List<SessionEvents> present, int step) {
        present.removeIf(visit -> {
            ShopperSession session = visit.session();
            boolean over = step == session.checkout();
            if (over) {
                truth.user(session.shopper().userId())
                        .paid(
                                session,
                                timetable.at(session.shopper(), session.visit().day(), step));
            }
            return over;
        });
    }

    /**
     * Adds the shoppers' feedback on the offers of a step. An offer to a shopper who has paid is no longer seen; the
     * service may also make offers to others than the shop's shoppers.
     */
    private void feedback(
            List<ShownSlate> offers, int step, Map<String, SessionEvents> byUser, List<BehaviorEvent> into) {
        for (ShownSlate slate : offers) {
            SessionEvents visit = byUser.get(slate.userId());
            if (visit == null) {
                continue;
            }
            truth.user(slate.userId()).offered();
            ShopperSession session = visit.session();
            if (step < session.checkout()) {
                long time =
                        timetable.feedbackAt(session.shopper(), session.visit().day(), step);
                watch.shown(session, slate, step, time);
                ShopperSession.SlateFeedback feedback = session.feedback(step, slate, time);
                visit.feedback(step, slate, feedback, into);
                truth.user(slate.userId()).gave(feedback);
            }
        }
    }

    /** The shoppers. */
    List<SimulatedShopper> shoppers() {
        return shoppers;
    }

    /** Each shopper's life without offers, in the order of the shoppers. */
    List<OrganicBehavior> lives() {
        return lives;
    }

    /** What was really paid. */
    TruthAccount truth() {
        return truth;
    }

    /** Number of events published. */
    long events() {
        return events;
    }

    /** The service as seen by shoppers: events go in, offers come out. */
    @FunctionalInterface
    interface OfferService {
        /**
         * Lets the service process events.
         *
         * @param events in order of time
         * @return the offers that they triggered
         */
        List<ShownSlate> process(List<BehaviorEvent> events) throws InterruptedException;
    }
}
