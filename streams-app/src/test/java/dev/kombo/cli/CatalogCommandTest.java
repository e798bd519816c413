package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.config.ApiSettings;
import dev.kombo.query.QueryApi;
import dev.kombo.query.ScriptedSources;
import dev.kombo.query.ScriptedSources.Published;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogCommandTest {
    @TempDir
    Path folder;

    private final Console console = new Console();
    private final ScriptedSources sources = console.service.sources;
    private final QueryApi api =
            QueryApi.start(ScriptedSources.config(Map.of(ApiSettings.RATE.name(), "0")), sources.sources());

    @BeforeEach
    void index() {
        sources.indexing = true;
    }

    @AfterEach
    void stop() {
        api.close();
    }

    private int run(String... arguments) {
        String[] all = new String[arguments.length + 3];
        all[0] = "catalog";
        System.arraycopy(arguments, 0, all, 1, arguments.length);
        all[all.length - 2] = "--url";
        all[all.length - 1] = api.url();
        return console.run(all);
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    @Test
    void shouldImportWhatItExported() throws Exception {
        assertThat(run("put", "items", "pot", "title=Pot, \"red\"", "price=9.5", "currency=GBP", "attributes=size=2"))
                .isZero();
        assertThat(run("put", "bundles", "set", "members=pot*2|cup", "price=20"))
                .isZero();
        assertThat(run("put", "bundles", "any", "slots=any: 1 of pot, cup", "priceTiers=1 for 5.00"))
                .isZero();
        for (String kind : List.of("items", "bundles")) {
            for (String format : List.of("csv", "ndjson")) {
                console.out.getBuffer().setLength(0);
                assertThat(format.equals("csv") ? run("export", kind) : run("export", kind, "--ndjson"))
                        .isZero();
                String exported = console.output();
                String file = file(kind + "." + format, exported);
                sources.published.clear();
                assertThat(run("import", kind, file)).isZero();
                assertThat(console.output()).endsWith("rows accepted, 0 rejected" + System.lineSeparator());
                assertThat(sources.published).hasSize(3);
                console.out.getBuffer().setLength(0);
                run("export", kind, format.equals("csv") ? "--json" : "--ndjson");
                assertThat(console.output()).isEqualTo(exported);
            }
        }
    }

    @Test
    void shouldTellEachRowThatIsRejectedByItsLineInTheFile() throws Exception {
        StringBuilder rows = new StringBuilder("itemId,title,price\n");
        IntStream.range(0, 2_500)
                .forEach(i -> rows.append("item-")
                        .append(i)
                        .append(",\"Two\nlines\",")
                        .append(i == 2_200 ? "much" : "1")
                        .append('\n'));

        assertThat(run("import", "items", file("items.csv", rows.toString()), "--currency", "EUR"))
                .isEqualTo(1);

        assertThat(console.output()).isEqualToNormalizingNewlines("""
                line 4402: price: expected an amount such as 12.99, found much
                2,499 rows accepted, 1 rejected
                """);
        assertThat(sources.published).hasSize(2_499);
    }

    @Test
    void shouldTakeAQuoteWithinAValueForPartOfIt() throws Exception {
        String rest =
                IntStream.range(0, 1_500).mapToObj(i -> i + ";\"Two\nlines\"\n").collect(Collectors.joining());

        assertThat(run("import", "items", file("inch.csv", "itemId;title\na;Monitor 17\"\nb;\"\"\n" + rest + rest)))
                .isZero();
        assertThat(console.output().strip()).isEqualTo("3,002 rows accepted, 0 rejected");

        assertThat(run("import", "items", file("stray.csv", "itemId;title\na;\"17\n" + "b;B\n".repeat(70) + rest)))
                .isEqualTo(1);
        assertThat(console.output().strip())
                .endsWith("line 2: row: expected balanced quotes\n1,570 rows accepted, 1 rejected");
        assertThat(sources.published).extracting(Published::key).contains("a", "1499");
    }

    @Test
    void shouldCountThoseThatAreNotTold() throws Exception {
        assertThat(run("import", "bundles", file("bundles.jsonl", "{\"bundleId\": \"a\"}\n".repeat(150))))
                .isEqualTo(1);

        assertThat(console.output().lines()).hasSize(21).last().isEqualTo("0 rows accepted, 150 rejected");
        assertThat(console.output()).startsWith("line 1: members: members: members is needed");
    }

    @Test
    void shouldSayWhatKeepsAFileFromBeingRead() throws Exception {
        assertThat(run("import", "items", folder.resolve("none.csv").toString()))
                .isEqualTo(2);
        assertThat(console.errors()).contains("no such file: ");
        Path latin = Files.write(
                folder.resolve("latin.csv"), "itemId,title\na,gr\u00fcn\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(run("import", "items", latin.toString())).isEqualTo(2);
        assertThat(console.errors()).contains("latin.csv is not in UTF-8");
        assertThat(run("import", "items", file("empty.csv", ""))).isEqualTo(2);
        assertThat(console.errors()).contains("empty.csv is empty; a header is expected");
        assertThat(run("import", "items", file("odd.csv", "itemId,colour\na,red\n")))
                .isEqualTo(2);
        assertThat(console.errors()).contains("the column colour is unknown; known are itemId, title, ");
        sources.brokerFailure = new IllegalStateException("it sleeps");
        assertThat(run("import", "items", file("good.csv", "itemId\na\n"))).isEqualTo(1);
        assertThat(console.errors()).contains("1 rows were not accepted by the broker");
        console.err.getBuffer().setLength(0);
        console.out.getBuffer().setLength(0);
        assertThat(run("import", "items", file("mixed.csv", "itemId,stock\na,1\nb,x\n")))
                .isEqualTo(1);
        assertThat(console.errors()).contains("1 rows were not accepted by the broker");
        assertThat(console.output()).isEqualToNormalizingNewlines("""
                line 3: stock: expected a whole number, found x
                0 rows accepted, 1 rejected, 1 not accepted by the broker
                """);
    }

    @Test
    void shouldChangeWhatIsNamedAndLeaveTheRest() {
        assertThat(run("put", "items", "cup", "price=6.5", "stock=")).isZero();

        assertThat(console.output()).isEqualTo("""
                itemId=cup
                title=Cup
                category=kitchen
                price=6.50
                currency=GBP
                cost=2.00
                updatedAt=1970-01-01T00:00:05Z
                """);
        assertThat(run("put", "items", "cup", "colour=red")).isEqualTo(2);
        assertThat(console.errors()).contains("the column colour is unknown");
        assertThat(run("put", "items", "cup", "price=a lot")).isEqualTo(2);
        assertThat(run("put", "items", "pan", "price=1")).isEqualTo(2);
        assertThat(console.errors()).contains("currency: price needs a currency");
    }

    @Test
    void shouldAskForTheCurrencyOfAPriceWhereThereWasNone() {
        assertThat(run("put", "bundles", "gift", "members=cup", "price=0", "currency=XXX", "--confirm"))
                .isZero();

        assertThat(run("put", "bundles", "gift", "price=5")).isEqualTo(2);
        assertThat(console.errors()).contains("currency: price needs a currency");
    }

    @Test
    void shouldTellOfUnknownMembersAndOfAPriceThatIsTheShopsNow() {
        assertThat(run("put", "bundles", "nook", "members=cup|stool", "price=20"))
                .isZero();
        assertThat(console.errors())
                .contains("the catalogue has no item stool;")
                .doesNotContain("item cup", "mined");

        assertThat(run("put", "bundles", "tea-time", "price=12")).isZero();
        assertThat(console.errors()).contains("this bundle was mined");
    }

    @Test
    void shouldStopABundleAndLetItGoOn() {
        assertThat(run("stop", "tea-time")).isZero();
        assertThat(console.output().strip()).isEqualTo("The bundle tea-time is stopped.");
        assertThat(sources.catalog.bundle("tea-time").bundle().stopped()).isTrue();

        assertThat(run("put", "bundles", "tea-time", "stoppedAt=")).isZero();
        assertThat(sources.catalog.bundle("tea-time").bundle().stopped()).isFalse();
        assertThat(run("stop", "nothing")).isEqualTo(1);
        assertThat(console.errors()).contains("no bundle nothing is known");
    }
}
