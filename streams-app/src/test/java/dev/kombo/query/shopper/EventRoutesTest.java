package dev.kombo.query.shopper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.config.ApiSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.query.ScriptedSources.Published;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EventRoutesTest {
    private static final String VIEW = """
            {"eventId": "e-1", "userId": "ann", "type": "VIEW", "itemId": "tea", "eventTime": 4000,
             "attributes": {"segments": "gold"}}""";
    private static final String BOUGHT = """
            {"eventId": "e-2", "sessionId": "visit", "type": "PURCHASE", "itemId": "tea", "quantity": 2,
             "unitPriceMinor": 450, "currency": "GBP", "orderId": "o-1", "eventTime": 4000}""";

    private final ScriptedSources sources = new ScriptedSources();
    private final QueryApi api =
            QueryApi.start(ScriptedSources.config(Map.of(ApiSettings.BODY.name(), "2048")), sources.sources());
    private final ApiClient client = new ApiClient(api.url());

    @AfterEach
    void stop() {
        api.close();
    }

    @Test
    void shouldPublishUnderTheShoppersKeyWhenEventsAreValid() throws Exception {
        HttpResponse<String> one = client.post("/v1/events", VIEW);
        HttpResponse<String> many = client.post("/v1/events", "[" + BOUGHT + "]");

        assertThat(one.statusCode()).isEqualTo(202);
        assertThat(ApiClient.json(one).toString()).isEqualTo("{\"accepted\":1,\"rejected\":[],\"rejectedCount\":0}");
        assertThat(many.statusCode()).isEqualTo(202);
        assertThat(sources.published).extracting(Published::topic).containsOnly("behavior-event");
        assertThat(sources.published).extracting(Published::key).containsExactly("ann", "visit");
        BehaviorEvent view = (BehaviorEvent) sources.published.get(0).value();
        assertThat(view.getType()).isEqualTo(EventType.VIEW);
        assertThat(view.getQuantity()).isEqualTo(1);
        assertThat(view.getSessionId()).isNull();
        assertThat(view.getAttributes()).isEqualTo(Map.of("segments", "gold"));
        BehaviorEvent bought = (BehaviorEvent) sources.published.get(1).value();
        assertThat(bought.getUnitPriceMinor()).isEqualTo(450);
        assertThat(bought.getQuantity()).isEqualTo(2);
    }

    @Test
    void shouldMarkEventsOfOtherFormatsAsPastWhereThatIsSaid() throws Exception {
        String track = """
                {"event": "Product Viewed", "messageId": "m", "userId": "ann", "properties": {"product_id": "tea"}}""";

        client.post("/v1/events/segment?history=true", track);
        client.post("/v1/events/segment", track);

        assertThat(sources.published)
                .extracting(published -> ((BehaviorEvent) published.value()).getHistory())
                .containsExactly(true, false);
    }

    @Test
    void shouldAccountForEachEventOnceWhenSomeAreNotAccepted() throws Exception {
        String mixed = "[" + VIEW + ","
                + VIEW.replace("\"tea\"", "\"\"") + ","
                + VIEW.replace("VIEW", "FLY") + ","
                + VIEW.replace("itemId", "item") + ","
                + VIEW.replace("4000", "400000") + ","
                + "17," + BOUGHT + "]";

        HttpResponse<String> response = client.post("/v1/events", mixed);

        assertThat(response.statusCode()).isEqualTo(202);
        JsonNode account = ApiClient.json(response);
        assertThat(account.path("accepted").asInt()).isEqualTo(2);
        assertThat(sources.published).hasSize(2);
        assertThat(account.path("rejected").findValuesAsText("index")).containsExactly("1", "2", "3", "4", "5");
        assertThat(account.path("rejected").findValuesAsText("reason"))
                .containsExactly("no-item-or-bundle", "wrong-type", "unknown-field", "time-in-future", "wrong-type");
        assertThat(account.path("rejected").path(1).path("field").asText()).isEqualTo("type");
        assertThat(account.path("rejected").path(1).path("detail").asText()).contains("FLY", "ADD_TO_CART");
        assertThat(account.path("rejected").path(2).path("eventId").asText()).isEqualTo("e-1");
        assertThat(account.path("rejected").path(4).path("eventId").isNull()).isTrue();
        assertThat(sources.engine.counters().get(KomboMetric.API_EVENTS)).isEqualTo(2);
        assertThat(sources.engine.counters().get(KomboMetric.API_EVENTS_REJECTED, "time-in-future"))
                .isEqualTo(1);
    }

    @Test
    void shouldNameTheFieldWhenNothingIsAccepted() throws Exception {
        JsonNode missing = ApiClient.problem(400, client.post("/v1/events", VIEW.replace("\"userId\": \"ann\",", "")));
        assertThat(missing.path("field").asText()).isEqualTo("userId");
        assertThat(missing.path("rejected").path(0).path("reason").asText()).isEqualTo("no-shopper");

        JsonNode wrong = ApiClient.problem(400, client.post("/v1/events", VIEW.replace("4000", "\"noon\"")));
        assertThat(wrong.path("field").asText()).isEqualTo("eventTime");
        JsonNode needed = ApiClient.problem(400, client.post("/v1/events", "{\"userId\": \"ann\"}"));
        assertThat(needed.path("field").asText()).isEqualTo("eventId");
        JsonNode none = ApiClient.problem(400, client.post("/v1/events", "null"));
        assertThat(none.path("field").asText()).isEqualTo("body");
        assertThat(sources.published).isEmpty();
    }

    @Test
    void shouldRefuseABodyThatIsNoJsonOrTooLargeOrOfAnotherType() throws Exception {
        assertThat(ApiClient.problem(400, client.post("/v1/events", "{\"eventId\": "))
                        .path("field")
                        .asText())
                .isEqualTo("body");
        ApiClient.problem(400, client.post("/v1/events", ""));
        ApiClient.problem(400, client.post("/v1/events", VIEW + VIEW));
        ApiClient.problem(400, client.post("/v1/events", "{\"eventId\": \"a\", \"eventId\": \"b\"}"));
        ApiClient.problem(413, client.post("/v1/events", " ".repeat(2049)));
        ApiClient.problem(415, client.post("/v1/events", VIEW, "Content-Encoding", "gzip"));
        ApiClient.problem(415, plainText());
    }

    private HttpResponse<String> plainText() throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(api.url() + "/v1/events"))
                                .header("Content-Type", "text/plain")
                                .POST(HttpRequest.BodyPublishers.ofString(VIEW))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void shouldSayWhichEventsFailedWhenTheBrokerDoesNotTakeThem() throws Exception {
        sources.brokerFailure = new IllegalStateException("no broker");

        HttpResponse<String> response =
                client.post("/v1/events", "[" + VIEW + "," + VIEW.replace("\"tea\"", "\"\"") + "]");

        JsonNode problem = ApiClient.problem(503, response);
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        assertThat(problem.path("accepted").asInt()).isZero();
        assertThat(problem.path("failed").findValuesAsText("eventId")).containsExactly("e-1");
        assertThat(problem.path("rejected")).hasSize(1);
    }

    @Test
    void shouldNotWaitForEachEventWhenNoBrokerAnswers() throws Exception {
        sources.brokerFailure = new TimeoutException("no metadata within 5000 ms");

        HttpResponse<String> response = client.post("/v1/events", "[" + VIEW + "," + BOUGHT + "," + VIEW + "]");

        assertThat(ApiClient.problem(503, response).path("failed").findValuesAsText("index"))
                .containsExactly("0", "1", "2");
        assertThat(sources.publications).hasValue(1);
    }
}
