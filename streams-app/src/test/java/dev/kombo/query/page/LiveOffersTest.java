package dev.kombo.query.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.query.ScriptedFeed;
import dev.kombo.query.ScriptedSources;
import dev.kombo.query.http.ApiException;
import dev.kombo.query.http.EventStream;
import dev.kombo.query.http.EventStream.ServerEvent;
import dev.kombo.query.page.LiveOffers.LiveWatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What watchers get, and when offers are read at all. */
@Timeout(60)
class LiveOffersTest {
    private static final long SECOND = 1_000_000_000L;
    private static final ServerEvent OPENING = new ServerEvent("open", "here");

    private final ScriptedFeed feed = new ScriptedFeed();
    private final AtomicLong nanoTime = new AtomicLong(5);
    private final CatalogIndex catalog = new ScriptedSources().withTeaShop().catalog;
    // So short that a test which asks for more than there is gets the comment at once.
    private final LiveOffers live = new LiveOffers(feed, catalog, nanoTime::get, Duration.ofMillis(1));

    private static List<String> names(EventStream stream, int events) throws InterruptedException {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            ServerEvent event = stream.next();
            names.add(event == null ? "end" : event.name() == null ? ": " + event.data() : event.name());
        }
        return names;
    }

    @Test
    void shouldReadForAsLongAsSomebodyWatches() {
        assertThat(feed.isRead()).isFalse();
        EventStream first = live.watch(OPENING);
        EventStream second = live.watch(OPENING);
        assertThat(feed.readings).hasValue(1);

        first.close();
        assertThat(feed.isRead()).isTrue();
        second.close();
        assertThat(feed.isRead()).isFalse();

        live.watch(OPENING);
        assertThat(feed.isRead()).isTrue();
        assertThat(feed.readings).hasValue(2);
    }

    @Test
    void shouldShowEveryOfferToEveryWatcherAndBreakTheSilence() throws Exception {
        EventStream first = live.watch(OPENING);
        EventStream second = live.watch(OPENING);

        feed.offer("one", "two");

        for (EventStream stream : List.of(first, second)) {
            assertThat(stream.next()).isEqualTo(OPENING);
            assertThat(((ObjectNode) stream.next().data()).path("offerId").asText())
                    .isEqualTo("one");
            assertThat(((ObjectNode) stream.next().data()).path("offerId").asText())
                    .isEqualTo("two");
            assertThat(names(stream, 2)).containsExactly(": keep-alive", ": keep-alive");
        }
    }

    @Test
    void shouldTellHowManyOffersWereLeftOutWhenMoreAreMadeThanCanBeRead() throws Exception {
        EventStream stream = live.watch(OPENING);
        feed.offer(15);
        feed.offer(15);
        feed.offer(7);

        List<String> expected = new ArrayList<>(List.of("open"));
        expected.addAll(Collections.nCopies(LiveOffers.MOST_A_SECOND, "offer"));
        expected.add(": keep-alive");
        assertThat(names(stream, expected.size())).isEqualTo(expected);

        nanoTime.addAndGet(SECOND);
        feed.offer("next");

        assertThat(stream.next()).isEqualTo(new ServerEvent("skipped", new LiveRoutes.SkippedOffersView(17)));
        assertThat(names(stream, 2)).containsExactly("offer", ": keep-alive");
        nanoTime.addAndGet(SECOND);
        feed.offer();
        assertThat(names(stream, 1)).as("told once").containsExactly(": keep-alive");
    }

    @Test
    void shouldLetAWatcherMissOffersWhenItDoesNotKeepUp() throws Exception {
        EventStream slow = live.watch(OPENING);
        EventStream quick = live.watch(OPENING);
        int made = 0;
        for (int second = 0; second < 5; second++) {
            feed.offer(LiveOffers.MOST_A_SECOND);
            made += LiveOffers.MOST_A_SECOND;
            names(quick, LiveOffers.MOST_A_SECOND);
            nanoTime.addAndGet(SECOND);
        }
        names(slow, LiveWatcher.MOST_WAITING);

        feed.offer("next");

        int missed = made - (LiveWatcher.MOST_WAITING - 1);
        assertThat(slow.next()).isEqualTo(new ServerEvent("skipped", new LiveRoutes.SkippedOffersView(missed)));
        assertThat(names(slow, 2)).containsExactly("offer", ": keep-alive");
        assertThat(names(quick, 3)).as("the other one missed none").containsExactly("offer", "offer", ": keep-alive");
    }

    @Test
    void shouldEndStreamsAfterWhatWaitsWhenOffersCannotBeRead() throws Exception {
        EventStream stream = live.watch(OPENING);
        feed.offer("one");
        feed.fail();

        assertThat(names(stream, 3)).containsExactly("open", "offer", "end");
        EventStream next = live.watch(OPENING);
        assertThat(feed.readings).as("read anew").hasValue(2);
        feed.offer("two");
        assertThat(names(next, 3)).containsExactly("open", "offer", ": keep-alive");
        stream.close();
        assertThat(feed.isRead()).isTrue();
    }

    @Test
    void shouldEndAllStreamsAndBeginNoneWhenClosed() throws Exception {
        EventStream stream = live.watch(OPENING);
        live.close();

        assertThat(names(stream, 3)).containsExactly("open", "end", "end");
        assertThatThrownBy(() -> live.watch(OPENING))
                .isInstanceOfSatisfying(
                        ApiException.class,
                        refused -> assertThat(refused.status()).isEqualTo(503));
    }

    @Test
    void shouldEndAStreamWhenNothingFitsIntoItAnyMore() throws Exception {
        EventStream stream = live.watch(OPENING);
        for (int second = 0; second < 5; second++) {
            feed.offer(LiveOffers.MOST_A_SECOND);
            nanoTime.addAndGet(SECOND);
        }

        live.close();

        names(stream, LiveWatcher.MOST_WAITING);
        assertThat(stream.next()).isNull();
    }
}
