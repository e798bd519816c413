package dev.kombo.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BodyBytesTest {
    private final List<String> gaveUp = new ArrayList<>();

    private BodyBytes.Body begin(BodyBytes bytes, Client client, String name) {
        return bytes.begin(client, () -> gaveUp.add(name));
    }

    @Test
    void shouldLetTheLargestBodyOfTheClientThatHoldsMostMakeRoom() {
        BodyBytes bytes = new BodyBytes(100);
        Client greedy = Client.named("greedy");
        begin(bytes, greedy, "small").add(20);
        begin(bytes, greedy, "large").add(35);
        begin(bytes, Client.named("single"), "largest of all").add(40);

        begin(bytes, Client.named("visitor"), "visitor").add(10);

        assertThat(gaveUp).containsExactly("large");
    }

    @Test
    void shouldLetWhoeverHoldsMostMakeRoomForItself() {
        BodyBytes bytes = new BodyBytes(100);
        begin(bytes, Client.named("visitor"), "visitor").add(10);
        BodyBytes.Body greedy = begin(bytes, Client.named("greedy"), "greedy");
        greedy.add(90);
        greedy.add(1);
        // The rest of it is not kept, and does not count.
        greedy.add(1_000);

        assertThat(gaveUp).containsExactly("greedy");
    }

    @Test
    void shouldCountNothingOfABodyThatHasEnded() {
        BodyBytes bytes = new BodyBytes(100);
        for (int i = 0; i < 10; i++) {
            BodyBytes.Body body = begin(bytes, Client.named("shop"), "body " + i);
            body.add(60);
            body.end();
            body.end();
        }

        assertThat(gaveUp).isEmpty();
        begin(bytes, Client.named("shop"), "whole").add(100);
        assertThat(gaveUp).isEmpty();
    }

    @Test
    void shouldCountTheNetworksOfASiteTogether() {
        BodyBytes bytes = new BodyBytes(100);
        for (int network = 0; network < 10; network++) {
            begin(bytes, new Client("network " + network, "site"), "network " + network)
                    .add(network + 1);
        }
        begin(bytes, Client.named("visitor"), "visitor").add(45);
        begin(bytes, null, "unknown").add(1);

        assertThat(gaveUp).containsExactly("network 9");
    }
}
