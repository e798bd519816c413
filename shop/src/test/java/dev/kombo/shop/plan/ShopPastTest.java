package dev.kombo.shop.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.config.KomboConfig;
import dev.kombo.experiment.MaturedMeasure;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.shop.data.ShopFiles;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ShopPastTest {
    private static final String HEAD = "order_id,customer_id,order_date,sku,quantity,price\n";

    @TempDir
    private Path folder;

    private ShopPast read(String rows) throws IOException {
        Path file = Files.writeString(folder.resolve("orders.csv"), HEAD + rows);
        ShopFiles format =
                ShopFiles.guess(file, null, null, new ShopFiles.Given("EUR", "UTC", null, Map.of(), Map.of()));
        return ShopPast.read(format, file, ProfileLimits.of(KomboConfig.of(Map.of())));
    }

    @Test
    void shouldObserveFourWeeksFromTheFirstOrderAfterFourWeeks() throws IOException {
        ShopPast past = read("""
            1,anna,2025-01-01 10:00:00,A,1,10.00
            2,anna,2025-02-01 10:00:00,B,1,20.00
            3,anna,2025-02-20 10:00:00,C,2,7.50
            4,anna,2025-03-20 10:00:00,D,1,99.00
            5,ben,2025-03-25 10:00:00,A,1,10.00
            6,carla,2025-01-10 10:00:00,A,1,10.00
            """);

        assertThat(past.currency()).isEqualTo("EUR");
        assertThat(past.shoppers()).extracting(ShopPast.Observed::shopper).containsExactly("anna");
        assertThat(past.revenue().sum()).isEqualTo(1_500);
        MaturedMeasure.Value value = past.shoppers().get(0).matured().values().get(0);
        assertThat(value.covariate()).isEqualTo(2_000);
    }

    @Test
    void shouldSayThatThePastIsTooShort() {
        assertThatThrownBy(() -> read("1,anna,2025-01-01 10:00:00,A,1,10.00\n"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("has no customer who was seen 28 days after the first four weeks");
    }
}
