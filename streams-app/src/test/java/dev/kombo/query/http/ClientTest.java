package dev.kombo.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.7, 192.0.2.7,",
        "127.0.0.1, 127.0.0.1,",
        "::ffff:192.0.2.7, 192.0.2.7,",
        "::1, 0:0:0:0:0:0:0:1,",
        "2001:db8:1:2:3:4:5:6, 2001:db8:1:2:0:0:0:0/64, 2001:db8:1:0:0:0:0:0/48"
    })
    void shouldCountAnAddressByItsNetworkAndSiteIfItIsOfIpv6(String address, String name, String site)
            throws Exception {
        assertThat(Client.of(InetAddress.getByName(address))).isEqualTo(new Client(name, site));
    }

    @Test
    void shouldLetASiteHaveMoreOpenThanANetworkButNotWhatAllItsNetworksMay() {
        OpenByClient open = new OpenByClient(2, 3);
        Client first = new Client("network 1", "site");
        Client second = new Client("network 2", "site");

        assertThat(open.open(first)).isTrue();
        assertThat(open.open(first)).isTrue();
        assertThat(open.open(first)).isFalse();
        open.close(first);
        assertThat(open.open(second)).isTrue();
        assertThat(open.open(second)).isFalse();
        assertThat(open.open(Client.named("network 2"))).as("of no site").isFalse();
        assertThat(open.open(new Client("network 3", "other site"))).isTrue();

        open.close(second);
        open.close(first);
        open.close(Client.named("network 2"));
        assertThat(open.open(second)).isTrue();
    }
}
