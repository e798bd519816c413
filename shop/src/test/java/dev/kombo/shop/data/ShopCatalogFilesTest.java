package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.Item;
import dev.kombo.serde.AvroJson;
import dev.kombo.table.CatalogTable;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShopCatalogFilesTest {
    private static final Item MUG = record(CatalogTable.ITEMS, """
            {"itemId": "mug", "title": "Mug", "category": "Kitchen", "priceMinor": 950, "currency": "GBP",
             "costMinor": 300, "stock": 4, "attributes": {"colour": "red|blue"}, "updatedAt": 1767571200000,
             "image": "https://shop.example/mug.jpg", "link": "/mug", "marginMinor": 5, "repeatable": true,
             "requires": ["tea", "pot"], "minAge": 18, "maxAge": 99, "segments": ["gold", "new"]}
            """);

    private static final Bundle SET = record(CatalogTable.BUNDLES, """
            {"bundleId": "set", "title": "Set", "members": [{"itemId": "mug", "quantity": 2}], "priceMinor": 2000,
             "listPriceMinor": 1900, "currency": "GBP", "marginMinor": 700, "stock": 9, "validFrom": 1767571200000,
             "validUntil": 1799107200000, "segments": ["gold"], "origin": "MINED", "createdAt": 1767571200000,
             "stoppedAt": 1767571200001, "maxDiscountBasisPoints": 1500, "minMarginMinor": 100,
             "priceTiers": [{"fromUnits": 3, "priceMinor": 2500}],
             "slots": [{"name": "tea", "items": ["mug"], "units": 1, "maxUnits": 2}], "completable": true,
             "combinesWith": ["codes"]}
            """);

    @TempDir
    private Path folder;

    private final List<GuessedColumns> guesses = new ArrayList<>();

    private static <R extends SpecificRecord> R record(CatalogTable<R> table, String json) {
        try {
            return table.record((ObjectNode) new ObjectMapper().readTree(json));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private FileCatalog read(String items, String bundles, Map<String, String> itemsColumns) throws IOException {
        guesses.clear();
        return ShopCatalogFiles.read(
                Files.writeString(folder.resolve("items.csv"), items),
                bundles == null ? null : Files.writeString(folder.resolve("bundles.csv"), bundles),
                new ShopFiles.Given("EUR", "UTC", null, Map.of(), itemsColumns),
                guesses);
    }

    private FileCatalog read(String items, String bundles) throws IOException {
        return read(items, bundles, Map.of());
    }

    private static <R extends SpecificRecord> String exported(CatalogTable<R> table, R record) {
        return table.header() + "\n" + table.line(AvroJson.write(record)) + "\n";
    }

    /** A field that is new belongs into the record of this test, in which each field differs from its default. */
    private static void assertStatesEachField(SpecificRecord record) {
        assertThat(record.getSchema().getFields())
                .allSatisfy(field -> assertThat(record.get(field.pos()))
                        .as(field.name())
                        .isNotNull()
                        .isNotIn("", 0L, false, List.of(), Map.of()));
    }

    @Test
    void shouldReadEachColumnThatTheCatalogueExports() throws IOException {
        assertStatesEachField(MUG);
        assertStatesEachField(SET);

        FileCatalog catalog = read(exported(CatalogTable.ITEMS, MUG), exported(CatalogTable.BUNDLES, SET));

        assertThat(catalog.items()).containsExactly(MUG);
        assertThat(catalog.bundles()).containsExactly(SET);
        assertThat(catalog.leftOut()).isEmpty();
        assertThat(guesses)
                .hasSize(2)
                .allSatisfy(guess -> assertThat(guess.unused()).isEmpty());
    }

    @Test
    void shouldReadAColumnOfTheCatalogueInTheNotationOfTheFile() throws IOException {
        FileCatalog catalog = read(
                "Artikelnummer;Preis;margin;minAge;Bestand\nbed;1.299,00 €;1.200,50 €;1.000;2.000\nbox;9,90 €;7;18;5\n",
                null);

        Item bed = catalog.items().get(0);
        assertThat(bed.getPriceMinor()).isEqualTo(129_900);
        assertThat(bed.getMarginMinor()).isEqualTo(120_050);
        assertThat(bed.getMinAge()).isEqualTo(1_000);
        assertThat(bed.getStock()).isEqualTo(2_000);
        assertThat(bed.getCurrency()).isEqualTo("EUR");
    }

    @ParameterizedTest
    @ValueSource(strings = {"margin,4.00,35%", "repeatable,true,often", "minAge,18,adult", "updatedAt,2026-01-05,5.1."})
    void shouldNotUseAColumnWhoseValuesTheCatalogueDoesNotTake(String column) throws IOException {
        String[] values = column.split(",", -1);

        FileCatalog catalog =
                read("id,price,%s\ntea,2.50,%s\npot,9.00,%s\n".formatted(values[0], values[1], values[2]), null);

        assertThat(catalog.items()).extracting(Item::getItemId).containsExactly("tea", "pot");
        assertThat(catalog.leftOut()).isEmpty();
        assertThat(guesses.get(0).unused()).containsExactly(values[0]);
        assertThat(guesses.get(0).notes())
                .singleElement()
                .asString()
                .startsWith("column " + values[0] + " is not used: expected ")
                .contains(values[2]);
    }

    @Test
    void shouldUseALongValueOfWhichTheSampleHasOnlyTheBeginning() throws IOException {
        String attributes = "a=1|".repeat(63) + "colours=red";

        FileCatalog catalog = read("id,price,attributes\ntea,2.50," + attributes + "\n", null);

        assertThat(catalog.items().get(0).getAttributes()).containsEntry("colours", "red");
    }

    @Test
    void shouldTakeAColumnForOneOfTheCatalogueOnlyIfItIsNamedSoOrGiven() throws IOException {
        String others = "id,price,Segments\ntea,2.50,cheap\n";

        assertThat(read(others, null).items().get(0).getSegments()).isEmpty();
        assertThat(guesses.get(0).unused()).containsExactly("Segments");
        assertThat(read(others, null, Map.of("segments", "Segments"))
                        .items()
                        .get(0)
                        .getSegments())
                .containsExactly("cheap");
        assertThat(read("id,price,segments\ntea,2.50,gold\n", null, Map.of("segments", ""))
                        .items()
                        .get(0)
                        .getSegments())
                .isEmpty();
    }

    @Test
    void shouldTakeThePriceByEitherOfItsNames() throws IOException {
        String items = "id,price,gross\ntea,2.50,2.98\n";

        for (String field : List.of("price", "unitPrice")) {
            assertThat(read(items, null, Map.of(field, "gross")).items())
                    .extracting(Item::getPriceMinor)
                    .containsExactly(298L);
            assertThat(read(items, null, Map.of(field, "")).items())
                    .extracting(Item::getPriceMinor)
                    .containsOnlyNulls();
        }
        assertThatThrownBy(() -> read(items, null, Map.of("colour", "gross")))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("unknown key colour; known are the fields [attributes, ")
                .hasMessageContaining("minAge");
    }

    @Test
    void shouldTakeTheMembersOfARowAndOfSeveral() throws IOException {
        FileCatalog catalog = read("id,price,currency\ntea,2.50,GBP\npot,9.00,GBP\ncup,4.00,GBP\nyen,400,JPY\n", """
                bundleId,members,sku,quantity,title,validUntil
                one,tea*2|pot,,,One row,2027-01-05
                two,tea*2,,,Two rows,
                two,,pot,3,,
                both,tea,pot,,,
                odd,tea|chair,,,,
                mixed,tea|yen,,,,
                none,,,,Nothing,
                """);

        assertThat(catalog.bundles())
                .extracting(Bundle::getBundleId, Bundle::getMembers, Bundle::getPriceMinor, Bundle::getCurrency)
                .containsExactly(
                        tuple("one", List.of(new BundleMember("tea", 2), new BundleMember("pot", 1)), 1_400L, "GBP"),
                        tuple("two", List.of(new BundleMember("tea", 2), new BundleMember("pot", 3)), 3_200L, "GBP"),
                        tuple("both", List.of(new BundleMember("tea", 1), new BundleMember("pot", 1)), 1_150L, "GBP"));
        assertThat(catalog.bundles().get(0).getValidUntil()).isEqualTo(1_799_107_200_000L);
        assertThat(catalog.leftOut())
                .isEqualTo(Map.of(
                        "bundles.csv: unknown-member", 1L,
                        "bundles.csv: currency-differs", 1L,
                        "bundles.csv: unparsable-row", 1L));
    }
}
