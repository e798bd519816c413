package dev.kombo.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.engine.entity.EntityState;
import dev.kombo.entity.Entity;
import dev.kombo.learning.mining.PartnerCount;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.schema.ItemUpdate;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Where holdings are kept, products of one customer are neighbours, without orders and whenever they were opened. */
class HeldTogetherTest {
    @RegisterExtension
    final Shop shop = new Shop();

    private EngineDriver engine;
    private int events;

    @BeforeEach
    void start() {
        engine = shop.empty(Map.of(ProfileLimits.HOLDINGS.name(), "true"));
        engine.item("giro", 0);
        engine.item("card", 0);
        engine.item("loan", 0);
    }

    @Test
    void shouldCountEachPairOfACustomerOnceOnBothSides() {
        send("ann", EventType.PURCHASE, "giro", 0);
        send("ann", EventType.PURCHASE, "card", 400);
        send("ann", EventType.PURCHASE, "card", 401);
        send("ann", EventType.PURCHASE, "loan", 700);
        send("bob", EventType.PURCHASE, "giro", 0);
        send("bob", EventType.PURCHASE, "loan", 1);

        assertThat(neighbors("giro")).isEqualTo(Map.of("card", 1, "loan", 2));
        assertThat(neighbors("card")).isEqualTo(Map.of("giro", 1, "loan", 1));
        assertThat(neighbors("loan")).isEqualTo(Map.of("giro", 2, "card", 1));
        assertThat(holders("giro")).isEqualTo(2);
        assertThat(holders("card")).as("opened twice, held once").isEqualTo(1);
        assertThat(holders("loan")).isEqualTo(2);
        assertThat(state(Entity.ALL).purchases()).as("customers").isEqualTo(2);
    }

    @Test
    void shouldNotCountWhatIsNoLongerHeld() {
        send("ann", EventType.PURCHASE, "giro", 10);
        send("ann", EventType.RETURN, "giro", 20);
        send("ann", EventType.PURCHASE, "giro", 15);
        send("ann", EventType.PURCHASE, "card", 30);

        assertThat(engine.neighbors().get(Entity.ofItem("card"))).isNull();
        assertThat(holders("giro")).as("the late opening is before the closing").isEqualTo(1);
        assertThat(holders("card")).isEqualTo(1);
    }

    @Test
    void shouldGiveAPackageNoSupportFromItsOwnPurchase() {
        engine.bundle("package", 100, "giro", "card");
        engine.updates();

        engine.send(EngineDriver.event("e", "ann", EventType.PURCHASE, Duration.ofDays(1))
                .setBundleId("package")
                .setOrderId("o"));

        List<ItemUpdate> joined = engine.updates().stream()
                .map(update -> update.value)
                .filter(update -> !update.getPartners().isEmpty())
                .toList();
        assertThat(joined)
                .hasSize(2)
                .allSatisfy(update -> assertThat(update.getOfferedPartners()).isEqualTo(update.getPartners()));
    }

    @Test
    void shouldCountACustomerOnceWhereTheCatalogueKnowsNoProduct() {
        send("ann", EventType.PURCHASE, "unlisted", 0);
        send("ann", EventType.PURCHASE, "also-unlisted", 1);

        assertThat(state(Entity.ALL).purchases()).isEqualTo(1);
    }

    @Test
    void shouldKeepTheLinesOfAnOrderOneAction() {
        engine.send(EngineDriver.event("e", "ann", EventType.PURCHASE, Duration.ofDays(1))
                .setItemId("giro")
                .setOrderId("o"));
        engine.updates();

        assertThat(engine.shopper("u:ann").behavior().order().orderId()).isEqualTo("o");
        engine.advance(Duration.ofDays(2));
        assertThat(engine.updates())
                .as("its products were reported when they were opened")
                .isEmpty();
    }

    private void send(String customer, EventType type, String product, int day) {
        BehaviorEvent.Builder event = EngineDriver.event("e" + events++, customer, type, Duration.ofDays(day))
                .setItemId(product);
        engine.send(event);
    }

    private Map<String, Integer> neighbors(String product) {
        Map<String, Integer> orders = new TreeMap<>();
        for (PartnerCount neighbor :
                engine.neighbors().get(Entity.ofItem(product)).partners()) {
            orders.put(neighbor.itemId(), neighbor.orders());
        }
        return orders;
    }

    private long holders(String product) {
        return state(Entity.ofItem(product)).purchases();
    }

    private EntityState state(String entity) {
        return engine.rows().get(entity);
    }
}
