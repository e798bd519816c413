package dev.kombo.query.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.kombo.config.ApiSettings;
import dev.kombo.ops.Histogram;
import dev.kombo.query.ApiClient;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.query.cluster.Cluster.Placement;
import dev.kombo.query.source.InstanceView;
import dev.kombo.query.source.Reports;
import dev.kombo.schema.BundleReport;
import dev.kombo.schema.ConversionReport;
import dev.kombo.schema.ReportWindow;
import dev.kombo.topology.task.Partitioning;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Requests for what another instance has: two or three APIs that know of each other. */
class PassingOnTest {
    private static final int PARTITIONS = 4;

    private final Instance first = new Instance();
    private final Instance second = new Instance();
    private final Instance third = new Instance();
    private Address nowhere;

    /** An API with what it knows. */
    private static final class Instance {
        private final ScriptedSources sources = new ScriptedSources().withTeaShop();
        private final QueryApi api = QueryApi.start(
                ScriptedSources.config(Map.of(
                        ApiSettings.FORWARD_TIMEOUT.name(),
                        "1000",
                        ApiSettings.PEER_SECRET.name(),
                        "known to all instances")),
                sources.sources());
        private final ApiClient client = new ApiClient(api.url());
        private final Address address = addressOf(api.url());

        private static Address addressOf(String url) {
            URI uri = URI.create(url);
            return new Address(uri.getHost(), uri.getPort());
        }

        private Instance() {
            sources.self = address;
        }
    }

    @BeforeEach
    void findAFreePort() throws Exception {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nowhere = new Address("127.0.0.1", socket.getLocalPort());
        }
    }

    @AfterEach
    void stop() {
        first.api.close();
        second.api.close();
        third.api.close();
    }

    private void place(Address owner, Address... standbys) {
        for (Instance instance : List.of(first, second, third)) {
            instance.sources.placements = partition -> new Placement(owner, List.of(standbys));
        }
    }

    @Test
    void shouldAnswerWithWhatTheOwnerHasWhenAnotherInstanceIsAsked() throws Exception {
        place(second.address);
        second.sources.profiles.put("u:a/n n", ScriptedSources.shopper(2000));
        second.sources.profiles.put("s:a/n n", ScriptedSources.shopper(3000));

        HttpResponse<String> response = first.client.get("/v1/users/a%2Fn%20n/profile?session=true");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(ApiClient.json(response).path("lastSeen").asLong()).isEqualTo(3000);
        assertThat(response.headers().firstValue("X-Kombo-Owner")).hasValue(second.address.toString());
        assertThat(response.headers().firstValue("X-Kombo-Stale")).isEmpty();
        assertThat(second.client.get("/v1/users/a%2Fn%20n/profile").headers().firstValue("X-Kombo-Owner"))
                .hasValue(second.address.toString());
    }

    @Test
    void shouldPassBackTheOwnersProblemWithTheInstanceAsked() throws Exception {
        place(second.address);

        JsonNode unknown = ApiClient.problem(404, first.client.get("/v1/users/nobody/offers?at=5"));

        assertThat(unknown.path("instance").asText()).isEqualTo("/v1/users/nobody/offers");
        for (Instance asked : List.of(first, second)) {
            assertThat(asked.client.get("/v1/users/nobody/offers").headers().firstValue("X-Kombo-Owner"))
                    .hasValue(second.address.toString());
        }
    }

    @Test
    void shouldGiveUpWhenTwoInstancesHoldEachOtherForTheOwner() throws Exception {
        first.sources.placements = partition -> new Placement(second.address, List.of());
        second.sources.placements = partition -> new Placement(first.address, List.of());

        HttpResponse<String> response = first.client.get("/v1/users/ann/profile");

        ApiClient.problem(503, response);
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void shouldAnswerFromItsOwnCopyWhenTheOwnerDoesNotAnswer() throws Exception {
        place(nowhere, first.address);
        first.sources.profiles.put("u:ann", ScriptedSources.shopper(2000));
        first.sources.stale = true;

        HttpResponse<String> response = first.client.get("/v1/users/ann/profile");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Kombo-Owner")).hasValue(nowhere.toString());
        assertThat(response.headers().firstValue("X-Kombo-Stale")).hasValue("true");
        assertThat(ApiClient.json(response).path("stale").asBoolean()).isTrue();
    }

    @Test
    void shouldAskAStandbyElsewhereWhenTheOwnerDoesNotAnswer() throws Exception {
        place(nowhere, third.address);
        third.sources.profiles.put("u:ann", ScriptedSources.shopper(2000));
        third.sources.stale = true;

        HttpResponse<String> response = first.client.get("/v1/users/ann/profile");

        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("X-Kombo-Stale")).hasValue("true");
    }

    @Test
    void shouldAskTheNextStandbyWhenItsOwnCopyCannotBeRead() throws Exception {
        place(nowhere, first.address, third.address);
        first.sources.migrating = true;
        third.sources.profiles.put("u:ann", ScriptedSources.shopper(2000));
        third.sources.stale = true;

        assertThat(first.client.get("/v1/users/ann/profile").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldAskAStandbyWhenTheOwnerCannotReadItsStore() throws Exception {
        place(second.address, third.address);
        second.sources.migrating = true;
        third.sources.profiles.put("u:ann", ScriptedSources.shopper(2000));

        assertThat(first.client.get("/v1/users/ann/profile").statusCode()).isEqualTo(200);
        assertThat(second.client.get("/v1/users/ann/profile").statusCode()).isEqualTo(200);
    }

    @Test
    void shouldSayWhoIsMissingWhenNobodyCanAnswer() throws Exception {
        place(nowhere);

        HttpResponse<String> response = first.client.get("/v1/users/ann/profile");

        assertThat(ApiClient.problem(503, response).path("detail").asText())
                .isEqualTo(nowhere + ", the owner, does not answer, and there is no standby");
        assertThat(response.headers().firstValue("Retry-After")).hasValue("1");
        place(null);
        assertThat(ApiClient.problem(503, first.client.get("/v1/users/ann/profile"))
                        .path("detail")
                        .asText())
                .startsWith("nobody owns the partition now");
    }

    @Test
    void shouldWaitForASilentOwnerOnceAndNotForEachRequest() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            place(new Address("127.0.0.1", silent.getLocalPort()), first.address);
            first.sources.profiles.put("u:ann", ScriptedSources.shopper(2000));

            long begun = System.nanoTime();
            assertThat(first.client.get("/v1/users/ann/profile").statusCode()).isEqualTo(200);
            assertThat(System.nanoTime() - begun).as("waited for the owner").isGreaterThan(900_000_000L);

            silent.accept().close();
            assertThat(first.client.get("/v1/users/ann/profile").statusCode()).isEqualTo(200);
            silent.setSoTimeout(200);
            assertThatThrownBy(silent::accept)
                    .as("the owner was left alone")
                    .isInstanceOf(SocketTimeoutException.class);
            first.sources.nanoTime = 3_000_000_000L;
            assertThat(first.client.get("/v1/users/ann/profile").statusCode()).isEqualTo(200);
            silent.setSoTimeout(10_000);
            silent.accept().close();
        }
    }

    @Test
    void shouldGatherReportsFromAllWhoHaveAccounts() throws Exception {
        Instance[] owners = {first, second, third, second};
        for (Instance instance : owners) {
            instance.sources.placements = partition -> new Placement(owners[partition].address, List.of());
        }
        for (int i = 0; i < 20; i++) {
            String experiment = "experiment-" + i;
            Instance owner = owners[Partitioning.partitionOf(experiment, PARTITIONS)];
            owner.sources.bundleReports.add(
                    new Reports.OfBundle(experiment, "fused", new BundleReport("tea-time", 1L, 0L, 0L, 0L, null)));
            // Each has all of them, as standbys have: of each partition one copy must count.
            List.of(first, second, third).forEach(instance -> instance.sources.reports.add(report(experiment)));
        }

        JsonNode reports = second.client.found("/v1/reports/conversions?window=TOTAL");
        assertThat(reports.path("reports").findValuesAsText("experiment"))
                .doesNotHaveDuplicates()
                .hasSize(20);
        assertThat(reports.path("stale").asBoolean()).isFalse();
        assertThat(third.client.found("/v1/bundles/tea-time/performance").path("arms"))
                .hasSize(20);
    }

    private static ConversionReport report(String experiment) {
        ConversionReport report = ScriptedSources.report(ReportWindow.TOTAL, 0);
        report.setExperiment(experiment);
        return report;
    }

    @Test
    void shouldGatherFromStandbysWhereOwnersDoNotAnswerAndFailWhereThereIsNone() throws Exception {
        first.sources.placements = partition -> partition == 0
                ? new Placement(first.address, List.of())
                : new Placement(nowhere, List.of(second.address));
        second.sources.stale = true;
        for (int i = 0; i < 20; i++) {
            first.sources.reports.add(report("experiment-" + i));
            second.sources.reports.add(report("experiment-" + i));
        }

        HttpResponse<String> response = first.client.get("/v1/reports/conversions");

        JsonNode reports = ApiClient.json(response);
        assertThat(reports.path("reports").findValuesAsText("experiment"))
                .doesNotHaveDuplicates()
                .hasSize(20);
        assertThat(reports.path("stale").asBoolean()).isTrue();
        assertThat(response.headers().firstValue("X-Kombo-Stale")).hasValue("true");
        first.sources.placements = partition -> new Placement(partition == 0 ? first.address : nowhere, List.of());
        ApiClient.problem(503, first.client.get("/v1/reports/conversions"));
    }

    @Test
    void shouldGatherBundlesOfAnExperimentFromWhoeverAccountsForIt() throws Exception {
        String inForce = first.sources.engine.models().strategy().plan().salt();
        place(second.address);
        second.sources.bundleReports.add(
                new Reports.OfBundle(inForce, "treatment", new BundleReport("tea-time", 7L, 3L, 1L, 1350L, "GBP")));

        JsonNode answer = first.client.found("/v1/reports/bundles");

        assertThat(answer.path("experiment").asText()).isEqualTo(inForce);
        assertThat(answer.path("bundles").findValuesAsText("bundleId")).containsExactly("tea-time");
        assertThat(answer.path("bundles").path(0).path("revenue").toString())
                .isEqualTo("[{\"amountMinor\":1350,\"currency\":\"GBP\"}]");
    }

    @Test
    void shouldListAllInstancesAndSayWhichDoNotAnswer() throws Exception {
        first.sources.instances = List.of(first.address, second.address, nowhere);
        second.sources.lag = 7;
        second.sources.activity = new InstanceView.Activity(
                9_000,
                new InstanceView.Events(120, 3, 2),
                40,
                5,
                new Histogram(40, List.of(new Histogram.Bin(0.25, 38))),
                new Histogram(0, List.of()));

        JsonNode instances = first.client.found("/v1/instances").path("instances");

        assertThat(instances.findValuesAsText("address"))
                .containsExactly(first.address.toString(), second.address.toString(), nowhere.toString());
        assertThat(instances.findValuesAsText("self")).containsExactly("true", "false", "false");
        assertThat(instances.findValuesAsText("reachable")).containsExactly("true", "true", "false");
        assertThat(instances.path(1).path("instance").path("lag").asLong()).isEqualTo(7);
        assertThat(instances.path(1).path("instance").path("activity").toString())
                .isEqualTo("{\"asOf\":9000,\"events\":{\"accepted\":120,\"duplicate\":3,\"rejected\":2},\"offers\":40,"
                        + "\"emptySlates\":5,"
                        + "\"offerLatency\":{\"count\":40,\"buckets\":[{\"atMost\":0.25,\"count\":38}]},"
                        + "\"ranking\":{\"count\":0,\"buckets\":[]}}");
        assertThat(instances.path(2).path("instance").isNull()).isTrue();
    }
}
