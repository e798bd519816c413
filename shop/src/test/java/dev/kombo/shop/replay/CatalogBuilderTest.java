package dev.kombo.shop.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.shop.data.EventRow.TitleAndCategory;
import org.junit.jupiter.api.Test;

class CatalogBuilderTest {
    private final CatalogBuilder catalog = new CatalogBuilder();

    @Test
    void shouldPublishWhenItemIsNewOrPriceChanged() {
        Item first = observe(EventType.PURCHASE, 255L, "HOLDER", 1);

        assertThat(first.getItemId()).isEqualTo("A");
        assertThat(first.getTitle()).isEqualTo("HOLDER");
        assertThat(first.getPriceMinor()).isEqualTo(255);
        assertThat(first.getCurrency()).isEqualTo("GBP");
        assertThat(first.getUpdatedAt()).isEqualTo(1);
        assertThat(observe(EventType.PURCHASE, 255L, "HOLDER", 2)).isNull();
        assertThat(observe(EventType.PURCHASE, 260L, "HOLDER", 3).getPriceMinor())
                .isEqualTo(260);
    }

    @Test
    void shouldKeepPriceWhenEventTellsNoCurrentOne() {
        assertThat(observe(EventType.RETURN, 200L, "HOLDER", 1).getPriceMinor()).isNull();
        assertThat(observe(EventType.VIEW, null, "HOLDER", 2)).isNull();
        assertThat(observe(EventType.PURCHASE, 0L, "HOLDER", 3)).isNull();
        assertThat(observe(EventType.PURCHASE, 255L, "HOLDER", 4).getPriceMinor())
                .isEqualTo(255);
        assertThat(observe(EventType.RETURN, 200L, "HOLDER", 5)).isNull();
    }

    @Test
    void shouldTakeMostFrequentDescriptionAsTitle() {
        observe(EventType.PURCHASE, 255L, "wrong", 1);
        observe(EventType.PURCHASE, 255L, "HOLDER", 2);
        assertThat(catalog.retitled()).as("a tie keeps the first").isEmpty();
        observe(EventType.PURCHASE, 255L, "HOLDER", 3);
        observe(EventType.PURCHASE, 255L, "", 4);

        assertThat(catalog.retitled())
                .singleElement()
                .satisfies(item -> assertThat(item.getTitle()).isEqualTo("HOLDER"));
        assertThat(catalog.retitled()).isEmpty();
    }

    @Test
    void shouldPublishNothingWhenEventNamesNoItem() {
        assertThat(catalog.observe(new BehaviorEvent(), new TitleAndCategory("", null)))
                .isNull();
    }

    private Item observe(EventType type, Long price, String title, long time) {
        BehaviorEvent event = new BehaviorEvent();
        event.setItemId("A");
        event.setType(type);
        event.setUnitPriceMinor(price);
        event.setCurrency(price == null ? null : "GBP");
        event.setEventTime(time);
        return catalog.observe(event, new TitleAndCategory(title, null));
    }
}
