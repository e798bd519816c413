package dev.kombo.shop.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.config.Topic;
import dev.kombo.console.TopicReader;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.jetty.http.HttpStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An instance that gets a tenth of a processor, and loses its partitions again and again, as it is too slow for its
 * group: whenever it says that it is ready, it answers, and whenever events wait, it says so.
 */
@Tag("slow")
class StarvedIT {
    private static final Logger LOG = LoggerFactory.getLogger(StarvedIT.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final long SEED = 41;
    private static final String GROUP = "kombo";
    private static final Duration STARVED = Duration.ofSeconds(50);
    private static final int EVENTS_BEFORE = 100;
    private static final int READ_USERS = 20;

    /** Often enough that it loses its partitions several times, and has them back in between. */
    private static final Duration LOSES_EACH = Duration.ofSeconds(20);

    /** Readiness is looked at each half second, by an instance that hardly runs. */
    private static final Duration MAY_BE_WRONG = Duration.ofSeconds(3);
    /** What was known of waiting events holds for 15 s. */
    private static final Duration LAG_MAY_BE_OLD = Duration.ofSeconds(20);

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    Path folder;

    private Site site;
    private Load load;
    private Consumer<byte[], byte[]> ends;

    /** The ends of the topic of events at a time. */
    private record Ends(long nanos, Map<TopicPartition, Long> of) {}

    @AfterEach
    void close() throws Exception {
        if (ends != null) {
            ends.close();
        }
        if (load != null) {
            load.end();
        }
        if (site != null) {
            site.end();
        }
    }

    @Test
    void shouldSayWhatItCannotDoWhileItIsStarved() throws Exception {
        site = new Site(folder, 1, Map.of());
        Books books = Load.books();
        load = new Load(site.clients(), books);
        ends = site.clients().bytes(IsolationLevel.READ_UNCOMMITTED);
        site.run(1);
        load.start(SEED);
        site.await(
                "users known",
                () -> books.events() > EVENTS_BEFORE
                        && site.clients().committedOffsets().size() > 0);
        Instance instance = site.instance(0);
        List<String> users;
        synchronized (books) {
            users = books.shoppers.keySet().stream().limit(READ_USERS).toList();
        }
        for (String user : users) {
            site.await("a profile of " + user, () -> instance.get(profileOf(user)) != null);
        }
        Seen seen = instance.starve(() -> watch(instance, users));
        LOG.info("seed {}: {}", SEED, seen);
        assertThat(seen.refused).as("reads that were refused").isPositive();
        assertThat(seen.longestReadyInVain).as("ready, and no read answered").isLessThan(MAY_BE_WRONG);
        assertThat(seen.waited).as("looks at events that waited").isPositive();
        assertThat(seen.denied).as("looks at which it said that none waited").isZero();
        site.awaitReady();
        load.stop();
        site.awaitDrained();
        site.await("no lag", () -> lag(instance) == 0);
    }

    private static boolean isRefused(HttpResponse<String> answer) {
        return answer != null && answer.statusCode() == HttpStatus.SERVICE_UNAVAILABLE_503;
    }

    private static String profileOf(String user) {
        return "/v1/users/" + user + "/profile";
    }

    /** What was seen of an instance. */
    private static final class Seen {
        private int looks;
        private int refused;
        private int waited;
        private int denied;
        private Duration longestReadyInVain = Duration.ZERO;
        private long readyInVainSince;

        @Override
        public String toString() {
            return looks + " looks, " + refused + " with a read refused; ready in vain for at most "
                    + longestReadyInVain.toMillis() + " ms; events waited at " + waited + ", denied at " + denied;
        }

        private void reads(boolean readyBefore, boolean anyRefused, boolean readyAfter) {
            looks++;
            refused += anyRefused ? 1 : 0;
            if (!readyBefore || !anyRefused || !readyAfter) {
                readyInVainSince = 0;
                return;
            }
            long now = System.nanoTime();
            readyInVainSince = readyInVainSince == 0 ? now : readyInVainSince;
            Duration since = Duration.ofNanos(now - readyInVainSince);
            longestReadyInVain = since.compareTo(longestReadyInVain) > 0 ? since : longestReadyInVain;
        }
    }

    private Seen watch(Instance instance, List<String> users) throws Exception {
        Seen seen = new Seen();
        Deque<Ends> published = new ArrayDeque<>();
        List<TopicPartition> events =
                TopicReader.partitions(ends, List.of(site.clients().topics().name(Topic.BEHAVIOR_EVENT)));
        long endAt = System.nanoTime() + STARVED.toNanos();
        long loseAt = System.nanoTime();
        while (System.nanoTime() < endAt) {
            if (System.nanoTime() > loseAt) {
                takePartitions();
                loseAt = System.nanoTime() + LOSES_EACH.toNanos();
            }
            published.add(new Ends(System.nanoTime(), ends.endOffsets(events)));
            boolean readyBefore = instance.ready();
            boolean refused = false;
            for (String user : users) {
                refused |= isRefused(instance.ask(profileOf(user)));
            }
            seen.reads(readyBefore, refused, instance.ready());
            // It may take long to answer.
            long askedAt = System.nanoTime();
            long lag = lag(instance);
            if (waitedAt(askedAt, published, site.clients().committedOffsets()).compareTo(LAG_MAY_BE_OLD) > 0) {
                seen.waited++;
                seen.denied += lag == 0 ? 1 : 0;
            }
        }
        return seen;
    }

    /** As the group does with a member from which it hears nothing; without effect where it has none at the moment. */
    private void takePartitions() throws Exception {
        Admin admin = site.clients().admin();
        ConsumerGroupDescription group =
                admin.describeConsumerGroups(List.of(GROUP)).all().get().get(GROUP);
        if (!group.members().isEmpty()) {
            try {
                admin.removeMembersFromConsumerGroup(GROUP, new RemoveMembersFromConsumerGroupOptions())
                        .all()
                        .get();
            } catch (ExecutionException e) {
                LOG.info("The member left by itself: {}", e.getMessage());
            }
        }
    }

    /** For how long, at a time, the oldest event that waits now had been waiting at least. */
    private static Duration waitedAt(long nanos, Deque<Ends> published, Map<TopicPartition, Long> committed) {
        while (!published.isEmpty()
                && published.peek().of().entrySet().stream()
                        .allMatch(end -> committed.getOrDefault(end.getKey(), 0L) >= end.getValue())) {
            published.remove();
        }
        return published.isEmpty()
                ? Duration.ZERO
                : Duration.ofNanos(nanos - published.peek().nanos());
    }

    /** What the instance says of events that wait; negative where it does not know, or does not answer. */
    private static long lag(Instance instance) throws Exception {
        String answer = instance.get("/v1/instances");
        if (answer == null) {
            return -1;
        }
        JsonNode lag = JSON.readTree(answer).at("/instances/0/instance/lag");
        return lag.isNumber() ? lag.longValue() : -1;
    }
}
