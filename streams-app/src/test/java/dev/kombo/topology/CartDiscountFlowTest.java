package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.event.OfferSettings;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The shop's own discount on the cart, from the event through the store to the offer. */
class CartDiscountFlowTest {
    @RegisterExtension
    final Shop shop = new Shop();

    @Test
    void shouldKeepTheCodeWithTheCartUntilThatIsBought() {
        EngineDriver engine = shop.empty(Map.of(OfferSettings.TRIGGERS.name(), "VIEW"));
        String user = engine.userOf("treatment");
        engine.item("cup", 2_000);
        engine.item("tea", 1_000);
        engine.bundle(Bundle.newBuilder(EngineDriver.bundleOf("pair", 2_700, "cup", "tea"))
                .setCombinesWith(List.of("nothing"))
                .build());
        engine.send(EngineDriver.event("code", user, EventType.ADD_TO_CART, Duration.ZERO)
                .setItemId("tea")
                .setCartDiscountBasisPoints(1_000));
        engine.send(EngineDriver.event("view-1", user, EventType.VIEW, Duration.ofMinutes(1))
                .setItemId("cup"));
        assertThat(engine.offers()).as("the code takes 3.00 off as well").isEmpty();
        assertThat(engine.shopper("u:" + user).behavior().cart().discountBasisPoints())
                .isEqualTo(1_000);

        engine.send(EngineDriver.purchase("buy", user, "tea", 900, Duration.ofMinutes(2)));
        engine.send(EngineDriver.event("view-2", user, EventType.VIEW, Duration.ofMinutes(12))
                .setItemId("cup"));
        List<BundleOffer> offers = engine.offers();
        assertThat(offers).hasSize(1);
        assertThat(offers.get(0).getBundles().get(0).getCombinesWith()).containsExactly("nothing");
        assertThat(engine.shopper("u:" + user).behavior().cart().discountBasisPoints())
                .isZero();
    }
}
