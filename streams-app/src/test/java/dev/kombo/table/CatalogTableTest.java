package dev.kombo.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleSlot;
import dev.kombo.schema.Item;
import dev.kombo.schema.PriceTier;
import dev.kombo.serde.AvroJson;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogTableTest {
    @TempDir
    Path folder;

    /** A row of a file: its document, or what is wrong. */
    private record Read(int line, ObjectNode document, String field, String problem) {}

    private List<Read> csv(String text, String currency) throws IOException {
        return read(Files.writeString(folder.resolve("items.csv"), text), currency);
    }

    private static List<Read> read(Path file, String currency) throws IOException {
        List<Read> read = new ArrayList<>();
        try (RowReader rows = CatalogTable.ITEMS.open(file)) {
            for (Row row = rows.next(); row != null; row = rows.next()) {
                try {
                    read.add(new Read(row.line(), CatalogTable.ITEMS.document(row.cells(), currency), null, null));
                } catch (RejectedRowException e) {
                    read.add(new Read(row.line(), null, e.field(), e.getMessage()));
                }
            }
        }
        return read;
    }

    private static <A extends SpecificRecord> void assertSameAfter(CatalogTable<A> table, A record) {
        ObjectNode document = AvroJson.write(record);
        List<String> cells = table.row(document);
        Map<String, String> row = new LinkedHashMap<>();
        for (int i = 0; i < cells.size(); i++) {
            row.put(table.columns().get(i), cells.get(i));
        }
        assertThat(table.record(table.document(row, null))).isEqualTo(record);
    }

    @Test
    void shouldGiveBackTheRecordOfWhichTheRowWasMade() throws Exception {
        Map<String, String> item =
                Map.of("itemId", "a|b*2", "title", "Tee, \"grün\"", "price", "1234", "currency", "JPY", "cost", "-7");
        assertSameAfter(CatalogTable.ITEMS, record(CatalogTable.ITEMS, item));
        Map<String, String> rest = Map.of(
                "itemId",
                "b",
                "stock",
                "3",
                "attributes",
                "colour=red=dark|size=|path=C:\\new\\|old\\\\|x\\|y=1",
                "updatedAt",
                "1970-01-01T00:00:01Z");
        assertSameAfter(CatalogTable.ITEMS, record(CatalogTable.ITEMS, rest));
        assertThat(record(CatalogTable.ITEMS, rest).getAttributes())
                .containsEntry("path", "C:\\new|old\\")
                .containsEntry("x|y", "1");
        Map<String, String> product = Map.of(
                "itemId",
                "card",
                "margin",
                "12",
                "currency",
                "XXX",
                "repeatable",
                "true",
                "requires",
                "account|savings",
                "minAge",
                "18",
                "segments",
                "premium|private");
        assertSameAfter(CatalogTable.ITEMS, record(CatalogTable.ITEMS, product));
        assertThat(record(CatalogTable.ITEMS, product)).satisfies(card -> {
            assertThat(card.getMarginMinor()).isEqualTo(12);
            assertThat(card.getRepeatable()).isTrue();
            assertThat(card.getRequires()).containsExactly("account", "savings");
            assertThat(card.getMinAge()).isEqualTo(18);
            assertThat(card.getMaxAge()).isNull();
        });
        assertThatThrownBy(() -> record(CatalogTable.ITEMS, Map.of("itemId", "card", "repeatable", "yes")))
                .hasMessage("expected true or false, found yes");
        Map<String, String> bundle = Map.of(
                "bundleId",
                "x",
                "members",
                "tea*2|cup|a*b|c\\|d*3",
                "price",
                "0.125",
                "currency",
                "KWD",
                "listPrice",
                "1",
                "segments",
                "new|gold",
                "validFrom",
                "2026-01-05",
                "stoppedAt",
                "17",
                "origin",
                "MINED");
        Bundle made = record(CatalogTable.BUNDLES, bundle);
        assertThat(made.getPriceMinor()).isEqualTo(125);
        assertThat(made.getMembers())
                .hasToString("[{\"itemId\": \"tea\", \"quantity\": 2}, {\"itemId\": \"cup\", \"quantity\": 1},"
                        + " {\"itemId\": \"a*b\", \"quantity\": 1}, {\"itemId\": \"c|d\", \"quantity\": 3}]");
        assertThat(made.getValidFrom()).isEqualTo(1_767_571_200_000L);
        assertSameAfter(CatalogTable.BUNDLES, made);
        Map<String, String> sold = Map.of(
                "bundleId",
                "y",
                "members",
                "a|b",
                "price",
                "1",
                "currency",
                "GBP",
                "completable",
                "true",
                "combinesWith",
                "codes|bundles");
        made = record(CatalogTable.BUNDLES, sold);
        assertThat(made.getCompletable()).isTrue();
        assertThat(made.getCombinesWith()).containsExactly("codes", "bundles");
        assertSameAfter(CatalogTable.BUNDLES, made);
    }

    @Test
    void shouldReadTiersOfPricesAsTheyAreWritten() throws Exception {
        String tiers = "3 for 20.00|from 4 units: 12.5% off|from 50.00: 5.00 off|from 6 units and 60.00: gift a\\|b"
                + "|2 free of 7|all for 45.00|10% off";
        Bundle made = record(
                CatalogTable.BUNDLES,
                Map.of("bundleId", "x", "members", "tea*8", "price", "1", "currency", "GBP", "priceTiers", tiers));
        assertThat(made.getPriceTiers())
                .containsExactly(
                        new PriceTier(3, 0L, 2_000L, null, null, null, null),
                        new PriceTier(4, 0L, null, null, 1_250, null, null),
                        new PriceTier(0, 5_000L, null, 500L, null, null, null),
                        new PriceTier(6, 6_000L, null, null, null, null, "a|b"),
                        new PriceTier(7, 0L, null, null, null, 2, null),
                        new PriceTier(0, 0L, 4_500L, null, null, null, null),
                        new PriceTier(0, 0L, null, null, 1_000, null, null));
        assertSameAfter(CatalogTable.BUNDLES, made);
        assertThat(CatalogTable.BUNDLES.row(AvroJson.write(made))).contains(tiers);
        for (String none : List.of("3 for two", "10 %", "from 3: ", "10.001% off", "x off", "gift ")) {
            assertNoTier(none);
        }
    }

    @Test
    void shouldRefuseATierOfNoUnits() {
        for (String none : List.of("0 for 20.00", "0 free of 3", "1 free of 0", "from 0 units: 10% off")) {
            assertNoTier(none);
        }
    }

    @Test
    void shouldRefuseUnitsBeforeATierThatStatesItsOwn() throws Exception {
        for (String twice : List.of(
                "from 3 units: all for 45.00",
                "from 3 units and 50.00: all for 45.00",
                "from 6 units: 2 for 10.00",
                "from 5 units: 1 free of 3")) {
            assertNoTier(twice);
        }
        Map<String, String> row = Map.of(
                "bundleId",
                "x",
                "members",
                "tea*8",
                "price",
                "1",
                "currency",
                "GBP",
                "priceTiers",
                "from 50.00: all for 45.00|from 60.00: 1 free of 3");
        Bundle made = record(CatalogTable.BUNDLES, row);
        assertThat(made.getPriceTiers())
                .containsExactly(
                        new PriceTier(0, 5_000L, 4_500L, null, null, null, null),
                        new PriceTier(3, 6_000L, null, null, null, 1, null));
        assertSameAfter(CatalogTable.BUNDLES, made);
    }

    private static Bundle ofSlots(String slots) throws Exception {
        return record(
                CatalogTable.BUNDLES,
                Map.of("bundleId", "x", "members", "pot", "price", "1", "currency", "GBP", "slots", slots));
    }

    @Test
    void shouldReadSlotsAsTheyAreWritten() throws Exception {
        String slots =
                "mugs: 3 of mug-red, sku:1, mug-green|drink: 1 of category Drinks|case: 1 or more of fits=phone-x"
                        + "|any: 3 of all|tea: 3 to 6 of tea, repeats|gift: 2 to 9 of all, repeats";
        Bundle made = ofSlots(slots);
        assertThat(made.getSlots())
                .containsExactly(
                        new BundleSlot(
                                "mugs", List.of("mug-red", "sku:1", "mug-green"), null, null, null, 3, 3L, false),
                        new BundleSlot("drink", List.of(), "Drinks", null, null, 1, 1L, false),
                        new BundleSlot("case", List.of(), null, "fits", "phone-x", 1, null, false),
                        new BundleSlot("any", List.of(), null, null, null, 3, 3L, false),
                        new BundleSlot("tea", List.of("tea"), null, null, null, 3, 6L, true),
                        new BundleSlot("gift", List.of(), null, null, null, 2, 9L, true));
        assertSameAfter(CatalogTable.BUNDLES, made);
        assertThat(CatalogTable.BUNDLES.row(AvroJson.write(made))).contains(slots);
    }

    @Test
    void shouldTakeNoBlankBeforeTheColonAsPartOfANameUnlessItIsMeant() throws Exception {
        Bundle made = ofSlots("mugs : 3 of red");
        assertThat(made.getSlots().get(0).getName()).isEqualTo("mugs");
        made.getSlots().get(0).setName("mugs  ");
        assertSameAfter(CatalogTable.BUNDLES, made);
    }

    @Test
    void shouldGiveBackSlotsWhoseNamesAndSetsLookLikeTheLanguage() throws Exception {
        Bundle made = ofSlots("any: 1 of all");
        List<String> texts =
                List.of("all", "repeats", "category x", "e=f", "g,h", "i|j", "\\", "k\\", "l: 1 of m", "n\no");
        for (String text : texts) {
            made.setSlots(List.of(
                    new BundleSlot(text, List.of(text), null, null, null, 1, 1L, false),
                    new BundleSlot("items", texts, null, null, null, 1, null, true),
                    new BundleSlot("category", List.of(), text, null, null, 1, 2L, true),
                    new BundleSlot("attribute", List.of(), null, text, text, 1, 1L, false)));
            assertSameAfter(CatalogTable.BUNDLES, made);
        }
    }

    @Test
    void shouldRefuseASlotThatSaysTwoThings() {
        for (String none : List.of(
                "3 of tea",
                "a: tea",
                "a: 3 of",
                "a: 3 up of tea",
                "a: 3 of category Drinks, hot",
                "a: 1 of size=small, size=large",
                "a: 1 of all, tea",
                ": 1 of tea")) {
            assertThatThrownBy(() -> ofSlots(none))
                    .isInstanceOf(RejectedRowException.class)
                    .hasMessageStartingWith("expected drink: 1 of tea, cola, ");
        }
    }

    private static void assertNoTier(String text) {
        assertThatThrownBy(() -> record(CatalogTable.BUNDLES, Map.of("priceTiers", text, "currency", "GBP")))
                .isInstanceOf(RejectedRowException.class);
    }

    private static <A extends SpecificRecord> A record(CatalogTable<A> table, Map<String, String> row) {
        return table.record(table.document(row, null));
    }

    @Test
    void shouldSayOfEachValueWhyItsColumnDoesNotTakeIt() {
        assertThatThrownBy(() -> record(CatalogTable.ITEMS, Map.of("itemId", "a", "minAge", "3000000000")))
                .isInstanceOf(RejectedRowException.class)
                .hasMessage("expected a smaller number, found 3000000000");
        assertThatThrownBy(() -> record(CatalogTable.BUNDLES, Map.of("bundleId", "x", "origin", "China")))
                .isInstanceOf(RejectedRowException.class)
                .hasMessage("expected one of CURATED, MINED, found 'China'");
        assertThatThrownBy(() -> record(CatalogTable.ITEMS, Map.of("title", "Tea")))
                .isInstanceOf(RejectedRowException.class)
                .hasMessage("itemId is needed");
    }

    @Test
    void shouldReadNumbersAsTheFileWritesThem() {
        NumberReader words = new NumberReader() {
            @Override
            public long minor(String column, String text, String currency) {
                return text.equals("a pound") && currency.equals("GBP") ? 100 : 0;
            }

            @Override
            public long whole(String column, String text) {
                return text.equals("a dozen") ? 12 : 0;
            }
        };

        Item item = CatalogTable.ITEMS.record(CatalogTable.ITEMS.document(
                Map.of("itemId", "a", "price", "a pound", "stock", "a dozen", "minAge", "a dozen"), "GBP", words));

        assertThat(item.getPriceMinor()).isEqualTo(100);
        assertThat(item.getStock()).isEqualTo(12);
        assertThat(item.getMinAge()).isEqualTo(12);
    }

    @Test
    void shouldReadWhatSpreadsheetsWrite() throws IOException {
        List<Read> rows =
                csv("\uFEFFitemId;title;price\r\na;\"Tea; \"\"green\"\"\nloose\";12,9\r\n\r\nb;Cup;3\n", "EUR");

        assertThat(rows).extracting(Read::line).containsExactly(2, 5);
        JsonNode first = rows.get(0).document();
        assertThat(first.path("title").asText()).isEqualTo("Tea; \"green\"\nloose");
        assertThat(first.path("priceMinor").asLong()).isEqualTo(1290);
        assertThat(first.path("currency").asText()).isEqualTo("EUR");
        assertThat(rows.get(1).document().path("priceMinor").asLong()).isEqualTo(300);
    }

    @Test
    void shouldTellOfARowThatCannotBeReadAndGoOnAfterIt() throws IOException {
        List<Read> rows = csv("""
                itemId,price,stock,updatedAt
                a,1.999,1,
                b,1e9,1,
                "c,1,1,
                d,1,one,
                e,1,1,noon
                f,1
                g,1,1,
                h,1.500,1,
                """, "EUR");

        assertThat(rows)
                .extracting(Read::problem)
                .containsExactly(
                        "1.999 has more decimals than EUR",
                        "expected an amount such as 12.99, found 1e9",
                        "expected balanced quotes",
                        "expected a whole number, found one",
                        "expected a time such as 2026-12-24T18:00:00Z, found 'noon'",
                        "expected 4 columns, found 2",
                        null,
                        "1.500 has more decimals than EUR");
        assertThat(rows).extracting(Read::line).containsExactly(2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(rows)
                .extracting(Read::field)
                .containsExactly("price", "price", "row", "stock", "updatedAt", "row", null, "price");
        assertThat(csv("itemId,price\na,1\n", null).get(0).problem()).startsWith("price needs a currency");
    }

    @Test
    void shouldRefuseAFileThatIsNoneOfItsKind() throws IOException {
        assertThatThrownBy(() -> csv("itemId,colour\n", null))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("the column colour is unknown; known are itemId, title, category, price, ");
        assertThatThrownBy(() -> csv("itemId,itemId\n", null)).hasMessageContaining("the column itemId (2) is unknown");
        assertThatThrownBy(() -> csv("", null)).hasMessageEndingWith("is empty; a header is expected");
        Path latin = Files.write(
                folder.resolve("latin.csv"), "itemId\nTee gr\u00fcn\n".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> read(latin, null)).isInstanceOf(CharacterCodingException.class);
    }
}
