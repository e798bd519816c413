package dev.kombo.query.page;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ApiSettings;
import dev.kombo.query.ApiClient;
import dev.kombo.query.EventReader;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedFeed;
import dev.kombo.query.ScriptedSources;
import dev.kombo.query.cluster.Address;
import dev.kombo.schema.BundleOffer;
import dev.kombo.serde.OfferJson;
import dev.kombo.serde.OfferMapper;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Offers as they are made, over HTTP. */
@Timeout(60)
class LiveRoutesTest {
    private static final int MOST_STREAMS_OF_CLIENT = 8;

    private final ScriptedSources sources = new ScriptedSources().withTeaShop();
    private final QueryApi api =
            QueryApi.start(ScriptedSources.config(Map.of(ApiSettings.CONCURRENCY.name(), "1")), sources.sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    private EventReader watch() throws Exception {
        return new EventReader(api.url() + "/v1/live");
    }

    @Test
    void shouldShowAnOfferAtOnceWhenItIsMade() throws Exception {
        sources.self = new Address("kombo-0", 8080);
        try (EventReader reader = watch()) {
            assertThat(reader.next().toString()).isEqualTo("Event[name=open, data={\"instance\":\"kombo-0:8080\"}]");

            sources.feed.offer("one");

            EventReader.Event offer = reader.next();
            assertThat(offer.name()).isEqualTo("offer");
            BundleOffer published = ScriptedFeed.offerOf("one");
            published.setDisplay(OfferMapper.display(published, sources.catalog));
            assertThat(offer.data().toString())
                    .isEqualTo(OfferJson.published(published).toString());
            assertThat(offer.data().at("/display/titles/tea-time").asText()).isEqualTo("Tea time");
            assertThat(offer.data().at("/bundles/0/members/0/slot").asText()).isEqualTo("drink");
            assertThat(offer.data().at("/bundles/0/alternatives/0/itemId").asText())
                    .isEqualTo("cocoa");
        }
    }

    @Test
    void shouldKeepNothingBackOnTheWayWhenAStreamIsOpen() throws Exception {
        try (EventReader reader = watch()) {
            assertThat(reader.response.headers().firstValue("Content-Type")).hasValue("text/event-stream");
            assertThat(reader.response.headers().allValues("Cache-Control")).containsExactly("no-store");
            assertThat(reader.response.headers().firstValue("X-Accel-Buffering"))
                    .hasValue("no");
            assertThat(reader.response.headers().firstValue("Content-Encoding")).isEmpty();
            assertThat(reader.next().toString()).isEqualTo("Event[name=open, data={\"instance\":null}]");
        }
    }

    @Test
    void shouldNotKeepAPlaceForWhoeverAsksForTheHeadersOnly() throws Exception {
        for (int i = 0; i < 2 * MOST_STREAMS_OF_CLIENT; i++) {
            HttpResponse<String> head = client.head("/v1/live");
            assertThat(head.statusCode()).isEqualTo(200);
            assertThat(head.headers().firstValue("Content-Type")).hasValue("text/event-stream");
        }
        assertThat(sources.feed.isRead()).isFalse();
    }

    @Test
    void shouldStopReadingSoonAfterTheLastWatcherHasLeft() throws Exception {
        try (EventReader reader = watch()) {
            reader.next();
        }

        // No offer is made, so no write finds out.
        Awaitility.await().atMost(Duration.ofSeconds(5)).until(() -> !sources.feed.isRead());
    }

    @Test
    void shouldAnswerOtherRequestsWhenAllStreamsThatMayBeOpenAre() throws Exception {
        List<EventReader> readers = new ArrayList<>();
        for (int i = 0; i < MOST_STREAMS_OF_CLIENT; i++) {
            readers.add(watch());
            readers.get(i).next();
        }

        HttpResponse<String> refused = client.get("/v1/live");

        assertThat(ApiClient.problem(503, refused).path("detail").asText())
                .isEqualTo("the client 127.0.0.1 has 8 streams open already");
        assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        client.found("/v1/items/tea");
        sources.feed.offer("one");
        for (EventReader reader : readers) {
            assertThat(reader.next().name()).isEqualTo("offer");
            reader.close();
        }
    }

    @Test
    void shouldEndStreamsAndGiveTheirPlacesBackWhenOffersCannotBeRead() throws Exception {
        for (int i = 0; i < 2 * MOST_STREAMS_OF_CLIENT; i++) {
            try (EventReader reader = watch()) {
                assertThat(reader.next().name()).isEqualTo("open");
                sources.feed.fail();
                assertThat(reader.next()).isNull();
            }
        }
        assertThat(sources.feed.readings).hasValue(2 * MOST_STREAMS_OF_CLIENT);
    }

    @Test
    void shouldEndStreamsWhenTheApiStopsWhileSomebodyWatches() throws Exception {
        try (EventReader reader = watch()) {
            reader.next();

            api.close();

            Awaitility.await().until(() -> !sources.feed.isRead());
            assertThat(isOver(reader)).isTrue();
        }
    }

    /** Cleanly, or cut off by the server that stops. */
    private static boolean isOver(EventReader reader) {
        try {
            return reader.next() == null;
        } catch (IOException e) {
            return true;
        }
    }
}
