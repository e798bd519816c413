package dev.kombo.lab.simulation;

import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.schema.BehaviorEvent;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Lets shoppers live, day by day, with a service that makes them offers. All visits of a day go in step: the events of a
 * step are published together, what is offered for them is answered, then comes the next step.
 */
final class Simulation {
    private final World world;
    private final SlateWatch watch;
    private final List<Shopper> shoppers;
    private final List<List<Visit>> lives;
    private final ShopperMemory[] memories;
    private final TruthAccount truth = new TruthAccount();
    private long events;

    Simulation(World world) {
        this(world, (session, slate, time) -> {});
    }

    /** One that somebody looks on. */
    Simulation(World world, SlateWatch watch) {
        this.world = world;
        this.watch = watch;
        this.shoppers = Shopper.all(world.settings());
        NaturalLife life = new NaturalLife(world);
        this.lives = shoppers.stream().map(life::visits).toList();
        this.memories = new ShopperMemory[shoppers.size()];
        for (int s = 0; s < memories.length; s++) {
            memories[s] = new ShopperMemory();
        }
    }

    /** Runs all days. */
    void run(ServiceUnderTest service, Progress progress) throws InterruptedException {
        int days = world.settings().days();
        int[] next = new int[shoppers.size()];
        for (int day = 0; day < days; day++) {
            List<SessionEvents> visits = new ArrayList<>();
            for (int s = 0; s < next.length; s++) {
                List<Visit> life = lives.get(s);
                if (next[s] < life.size() && life.get(next[s]).day() == day) {
                    Visit visit = life.get(next[s]++);
                    visits.add(new SessionEvents(
                            world.catalog(), new ShopperSession(world, shoppers.get(s), visit, memories[s])));
                }
            }
            day(visits, service);
            progress.update(day + 1L, days);
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }
    }

    private void day(List<SessionEvents> visits, ServiceUnderTest service) throws InterruptedException {
        List<SessionEvents> present = new ArrayList<>(visits);
        Map<String, SessionEvents> byUser = new HashMap<>();
        present.forEach(visit -> byUser.put(visit.session().shopper().userId(), visit));
        List<BehaviorEvent> published = new ArrayList<>();
        for (int step = 0; !present.isEmpty(); step++) {
            for (SessionEvents visit : present) {
                visit.step(step, published);
            }
            published.sort(Comparator.comparingLong(BehaviorEvent::getEventTime));
            List<Slate> offers = service.process(published);
            events += published.size();
            published.clear();
            leave(present, step);
            answer(offers, step, byUser, published);
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
                                Timetable.at(session.shopper(), session.visit().day(), step));
            }
            return over;
        });
    }

    /** Adds what shoppers do about the offers of a step; what is offered to one who paid is not seen any more. */
    private void answer(List<Slate> offers, int step, Map<String, SessionEvents> byUser, List<BehaviorEvent> into) {
        for (Slate slate : offers) {
            truth.user(slate.userId()).offered();
            SessionEvents visit = byUser.get(slate.userId());
            ShopperSession session = visit.session();
            if (step < session.checkout()) {
                long time =
                        Timetable.answerAt(session.shopper(), session.visit().day(), step);
                watch.shown(session, slate, time);
                ShopperSession.Answer answer = session.answer(step, slate, time);
                visit.answer(step, slate, answer, into);
                truth.user(slate.userId()).answered(answer);
            }
        }
    }

    /** Who lives. */
    List<Shopper> shoppers() {
        return shoppers;
    }

    /** What each does without offers, in the order of the shoppers. */
    List<List<Visit>> lives() {
        return lives;
    }

    /** What was paid. */
    TruthAccount truth() {
        return truth;
    }

    /** Events published. */
    long events() {
        return events;
    }
}
