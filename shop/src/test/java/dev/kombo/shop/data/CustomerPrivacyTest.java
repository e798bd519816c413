package dev.kombo.shop.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An e-mail of a customer is nowhere in what a file's rows become, whatever the format. */
class CustomerPrivacyTest {
    @TempDir
    private Path folder;

    @Test
    void shouldNotNameCustomersOfHoldings() throws IOException {
        List<EventRow> rows = read(new HoldingsTable(), """
                customer,product,mail
                anna@example.com,giro,anna@example.com
                anna@example.com,giro,ann@example.com
                Bob@example.com,card,
                bob@example.com,giro,
                """);

        assertThat(customers(rows)).hasSize(2);
    }

    @Test
    void shouldNotNameCustomersOfOrdersByAMapping() throws IOException {
        List<EventRow> rows = read(mapping("orderId = order\nemail = mail\n"), """
                order,mail,sku,at,price
                1,anna@example.com,a,2024-01-01,1.00
                2,bob@example.com,b,2024-01-02,x
                """);

        assertThat(rows).extracting(EventFiles::reason).containsExactly("accepted", "unparsable-row");
    }

    @Test
    void shouldNotNameUsersOfAMapping() throws IOException {
        List<EventRow> rows = read(mapping("userId = mail\n"), """
                order,mail,sku,at,price
                1,anna@example.com,a,2024-01-01,1.00
                1,anna@example.com,a,2024-01-01,anna@example.com
                """);

        assertThat(rows).extracting(EventFiles::reason).containsExactly("accepted", "unparsable-row");
    }

    @Test
    void shouldNotNameUsersOfADocument() throws IOException {
        List<EventRow> rows = read(EventFileFormat.named("segment", null), """
                {"type":"track","event":"Product Viewed","messageId":"m1","userId":"anna@example.com",\
                "timestamp":"2024-01-01T10:00:00Z","properties":{"product_id":"a"}}
                anna@example.com
                """);

        assertThat(rows).extracting(EventFiles::reason).containsExactly("accepted", "unparsable-row");
    }

    /** As a picture in a cell of an export of products. */
    @Test
    @Timeout(5)
    void shouldMaskAValueOfManyCharactersAtOnce() {
        String picture = "A".repeat(200_000);

        assertThat(FileSample.masked(picture + " anna@example.com " + "b@".repeat(50_000)))
                .startsWith(picture + " a***@*** ");
    }

    @Test
    void shouldLetNobodyElseReadTheSecret() throws IOException {
        CustomerKeys.in(folder).apply("anna@example.com");

        Path secret = folder.resolve(CustomerKeys.FILE);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secret)))
                .isEqualTo("rw-------");
        assertThat(CustomerKeys.of(secret).apply("Anna@example.com"))
                .isEqualTo(CustomerKeys.in(folder).apply("anna@example.com"));
    }

    @Test
    void shouldMakeNoKeysWithoutASecretThatIsKept() throws IOException {
        Path empty = Files.createFile(folder.resolve("empty"));

        assertThat(CustomerKeys.of(null).apply("C-1")).as("no e-mail").isEqualTo("C-1");
        assertThatThrownBy(() -> CustomerKeys.of(null).apply("anna@example.com"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("--customer-secret FILE");
        assertThatThrownBy(() -> CustomerKeys.of(empty).apply("anna@example.com"))
                .isInstanceOf(DataException.class)
                .hasMessageContaining("openssl rand 32");
    }

    private List<EventRow> read(EventFileFormat format, String text) throws IOException {
        Path file = Files.writeString(folder.resolve("f.csv"), text);
        List<EventRow> rows = EventFiles.read(format, file, CustomerKeys.in(folder));
        assertThat(rows).allSatisfy(row -> assertThat(row.toString()).doesNotContain("@example.com"));
        assertThat(customers(rows)).isNotEmpty().allMatch(id -> id.matches("c-[0-9a-f]{24}"));
        return rows;
    }

    private static Set<String> customers(List<EventRow> rows) {
        return rows.stream()
                .filter(EventRow.Accepted.class::isInstance)
                .map(row -> EventFiles.event(row).getUserId())
                .collect(Collectors.toSet());
    }

    private EventFileFormat mapping(String customer) throws IOException {
        return EventFileFormat.named("csv", Files.writeString(folder.resolve("m.properties"), customer + """
                itemId = sku
                eventTime = at
                unitPrice = price
                constant.currency = EUR
                constant.type = PURCHASE
                time.format = yyyy-MM-dd
                """));
    }
}
