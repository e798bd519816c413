package dev.kombo.price;

import static dev.kombo.catalog.index.CatalogFixtures.item;
import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.CatalogRules;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.entity.Item.Suitability;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BundleDraftTest {
    private final Map<String, Item> items = Map.of(
            "tea", new Item("tea", "Tea", null, 450, "GBP", 200, 1),
            "cup", new Item("cup", " ", null, 600, "GBP", 250, 1),
            "mug", new Item("mug", "Mug", null, 600, "EUR", 250, 1),
            "tin", new Item("tin", "Tin", null, 300, "GBP", Item.UNKNOWN, 1),
            "card", new Item("card", "Card", null, -1, null, -1, 1, Map.of(), 0, null, null, 7, Suitability.ONCE),
            "gold", item("gold", Long.MAX_VALUE / 2));

    private BundleDraft draft(String... ids) {
        return BundleDraft.of(members(ids), items::get);
    }

    private static List<BundleMember> members(String... ids) {
        return List.of(ids).stream().map(id -> new BundleMember(id, 2)).toList();
    }

    @Test
    void shouldSumPricesAndCostsOfAllUnits() {
        BundleDraft draft = draft("tea", "cup");

        assertThat(draft.currency()).isEqualTo("GBP");
        assertThat(draft.listPriceMinor("GBP")).isEqualTo(2100);
        assertThat(draft.listPriceMinor("EUR")).isEqualTo(Item.UNKNOWN);
        assertThat(draft.costMinor()).isEqualTo(900);
        assertThat(draft.marginMinor(1800, "GBP")).isEqualTo(900);
        assertThat(draft.marginMinor(1800, "EUR")).isEqualTo(Item.UNKNOWN);
    }

    @Test
    void shouldTellWhereTheListPriceWasLowerWithinThirtyDays() {
        BundleDraft draft = draft("tea", "cup");

        assertThat(draft.raised(2_000, "GBP")).contains("21.00 GBP", "20.00 GBP");
        assertThat(draft.raised(2_100, "GBP")).isNull();
        assertThat(draft.raised(PriceHistory.NONE, "GBP")).isNull();
        assertThat(draft.raised(1, "EUR")).isNull();
    }

    @Test
    void shouldNotKnowOfTheBundleWhatIsNotKnownOfAMember() {
        assertThat(draft("tea", "none").currency()).isNull();
        assertThat(draft("tea", "none").listPriceMinor("GBP")).isEqualTo(Item.UNKNOWN);
        assertThat(draft("tea", "mug").currency()).isNull();
        assertThat(draft("tea", "mug").listPriceMinor("GBP")).isEqualTo(Item.UNKNOWN);
        assertThat(draft("tea", "tin").listPriceMinor("GBP")).isEqualTo(1500);
        assertThat(draft("tea", "tin").costMinor()).isNaN();
        assertThat(draft("tea", "tin").marginMinor(100, "GBP")).isEqualTo(Item.UNKNOWN);
        assertThat(draft("gold", "gold", "tea").listPriceMinor("GBP"))
                .as("no overflow")
                .isEqualTo(Item.UNKNOWN);
    }

    @Test
    void shouldTakeAMarginForANegativeCostWhereThereIsNoPrice() {
        assertThat(draft("card").costMinor()).isEqualTo(-14);
        assertThat(draft("card").listPriceMinor("XXX")).isEqualTo(Item.UNKNOWN);
    }

    @Test
    void shouldSayWhatIsOddAboutAPrice() {
        BundleDraft draft = draft("tea", "cup");
        BundlePricing pricing = new BundlePricing(1000, 2500);

        assertThat(draft.doubt(2101, "GBP")).startsWith("is above 21.00 GBP");
        assertThat(draft.doubt(899, "GBP")).startsWith("is below 9.00 GBP");
        assertThat(draft.doubt(1049, "GBP")).startsWith("is less than half of 21.00 GBP");
        assertThat(draft.doubt(1050, "GBP")).isNull();
        assertThat(draft.givesAway(1987, "GBP", pricing)).startsWith("gives away 1.13 GBP, more than 25 % of 4.50 GBP");
        assertThat(draft.givesAway(1988, "GBP", pricing)).isNull();
        assertThat(draft("tea", "none").givesAway(1, "GBP", pricing)).isNull();
    }

    @Test
    void shouldTitleABundleByItsMembers() {
        assertThat(CatalogRules.title(members("tea", "cup", "none"), items::get))
                .isEqualTo("Tea + cup + none");
        assertThat(CatalogRules.title(members("n".repeat(300), "m".repeat(300)), items::get))
                .hasSize(500);
    }
}
