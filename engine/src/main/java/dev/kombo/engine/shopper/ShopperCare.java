package dev.kombo.engine.shopper;

import dev.kombo.engine.event.ShopperMaintenance;
import dev.kombo.engine.task.Isolation;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.settings.Millis;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;

/**
 * Takes care of the shoppers of one task without an event of theirs: closes quiet orders, ends offers after their
 * attribution window, emits measures of experiment windows that ended, and forgets visitors and users who no longer
 * come. If the care for a shopper fails, it is postponed, and that for the others goes on. Not thread-safe.
 */
final class ShopperCare {
    private static final int BATCH = 1_000;

    /** Pause before work that failed is tried again. */
    private static final long PUT_OFF_MILLIS = 10 * Millis.MINUTE;

    private final Shoppers shoppers;
    private final ShopperMaintenance maintenance;
    private final MaintenanceDeadlines deadlines;
    private final CurrentOffers current;
    private final ShopperOutputs outputs;
    private final Isolation failures;
    private final LongAdder sessionsExpired;
    private final LongAdder usersExpired;
    private final Queue<ShopperVisits.Visit> visits = new ArrayDeque<>();
    private final ProfileWalk walk;

    ShopperCare(
            Shoppers shoppers,
            ShopperMaintenance maintenance,
            MaintenanceDeadlines deadlines,
            CurrentOffers current,
            ShopperOutputs outputs,
            Isolation failures,
            Counters counters) {
        this.shoppers = shoppers;
        this.maintenance = maintenance;
        this.deadlines = deadlines;
        this.current = current;
        this.outputs = outputs;
        this.failures = failures;
        this.sessionsExpired = counters.counter(KomboMetric.SESSIONS_EXPIRED);
        this.usersExpired = counters.counter(KomboMetric.USERS_EXPIRED);
        this.walk = new ProfileWalk(shoppers);
    }

    /**
     * Does all that is due; returns whether there was anything.
     *
     * @param now the task's time, epoch milliseconds
     * @param systemTime the machine's clock, epoch milliseconds
     */
    boolean run(long now, long systemTime) {
        List<ShopperTimers.Due> timers = shoppers.timers().due(now, BATCH);
        for (ShopperTimers.Due timer : timers) {
            if (!attempt(timer.shopperKey(), now, systemTime, () -> maintain(timer, now))) {
                shoppers.timers().move(timer.shopperKey(), timer.due(), now + PUT_OFF_MILLIS);
            }
        }
        List<String> walked = walk.next(systemTime);
        for (String key : walked) {
            attempt(key, now, systemTime, () -> expire(key, now));
        }
        if (visits.isEmpty()) {
            visits.addAll(shoppers.visits().due(now, BATCH));
        }
        boolean any = !timers.isEmpty() || !walked.isEmpty() || !visits.isEmpty();
        while (!visits.isEmpty()) {
            // Removed first: a visit that fails is left for the next day, and does not stop the others.
            ShopperVisits.Visit visit = visits.poll();
            attempt(visit.shopperKey(), now, systemTime, () -> visit(visit, now));
        }
        return any;
    }

    private boolean attempt(String key, long now, long systemTime, Runnable work) {
        outputs.begin(now);
        return failures.attempt(key, systemTime, work);
    }

    private void visit(ShopperVisits.Visit visit, long now) {
        ShopperState shopper = shoppers.find(visit, now);
        if (shopper == null) {
            return;
        }
        String key = visit.shopperKey();
        maintenance.maintain(key, shopper, now, outputs);
        current.endClosed(key, shopper, outputs);
        boolean last = deadlines.visit(key, shopper) == Long.MAX_VALUE;
        if (last) {
            shopper.visits(ShopperState.NO_VISITS, Long.MAX_VALUE);
        }
        outputs.complete();
        shoppers.save(key, shopper, deadlines, now);
        if (last) {
            shoppers.visits().remove(visit.slot(), key);
        }
    }

    private void maintain(ShopperTimers.Due timer, long now) {
        if (shoppers.markerEnded(timer)) {
            return;
        }
        String key = timer.shopperKey();
        ShopperState shopper = shoppers.find(key);
        // A postponed timer goes off later than the shopper's state says.
        if (shopper == null || shopper.timerAt() == 0 || shopper.timerAt() > timer.due()) {
            shoppers.timers().remove(timer);
            return;
        }
        maintenance.maintain(key, shopper, now, outputs);
        if (ShopperKey.isSession(key) && deadlines.expiry(key, shopper) <= now) {
            abandon(key, shopper, now);
            shoppers.timers().remove(timer);
            sessionsExpired.increment();
            return;
        }
        current.endDue(key, shopper, now, outputs);
        shopper.timerAt(0);
        outputs.complete();
        shoppers.save(key, shopper, deadlines, now);
        // Last: if anything before fails, the timer goes off again.
        shoppers.timers().remove(timer);
    }

    /** Forgets a user who has expired and has nothing due; sessions have a timer. */
    private void expire(String key, long now) {
        ShopperState user = ShopperKey.isSession(key) ? null : shoppers.find(key);
        if (user != null
                && deadlines.expiry(key, user) <= now
                && user.observationsDue() == Long.MAX_VALUE
                && user.ledger().closesAt() == Long.MAX_VALUE
                && !MaintenanceDeadlines.holds(user)) {
            maintenance.maintain(key, user, now, outputs);
            abandon(key, user, now);
            usersExpired.increment();
        }
    }

    private void abandon(String key, ShopperState shopper, long now) {
        maintenance.abandon(key, shopper, now, outputs);
        current.endClosed(key, shopper, outputs);
        outputs.complete();
        shoppers.forget(key, shopper);
    }

    /**
     * Walks over the keys of all profiles once a day, a few at a time, to find users who no longer come. A timer per
     * user would cost one more record for each visit. The position is not stored: after a restart the walk begins
     * again, an hour later. Not thread-safe: only the thread of its task uses it.
     */
    private static final class ProfileWalk {
        private static final int SLICE = 50;

        private final Shoppers shoppers;
        private String cursor = "";
        private long nextAt;

        ProfileWalk(Shoppers shoppers) {
            this.shoppers = shoppers;
        }

        /** Returns the next keys; none while the walk pauses. */
        List<String> next(long systemTime) {
            if (nextAt == 0) {
                nextAt = systemTime + Millis.HOUR;
            }
            if (systemTime < nextAt) {
                return List.of();
            }
            List<String> keys = shoppers.keys(cursor, SLICE);
            if (keys.size() < SLICE) {
                cursor = "";
                nextAt = systemTime + Millis.DAY;
            } else {
                // The smallest key behind the last one.
                cursor = keys.get(keys.size() - 1) + '\0';
            }
            return keys;
        }
    }
}
