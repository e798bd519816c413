package dev.kombo.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class DeliveryTest {
    private static final long LONGEST = 300;

    private final Delivery delivery =
            new Delivery(new ConsumerRecord<>("bundle-offer", 0, 0, new byte[0], new byte[0]));

    @Test
    void shouldNotBlameAnOfferForAnOutage() {
        long now = Long.MAX_VALUE - 1000;
        long lastDelivered = now - 1;
        for (int attempt = 0; attempt < 100; attempt++, now += LONGEST) {
            assertThat(fail(lastDelivered, now)).isZero();
        }
        assertThat(fail(now - 1, now)).as("the receiver is back").isEqualTo(LONGEST);
    }

    @Test
    void shouldAddUpTheTimeInWhichOthersGotThrough() {
        assertThat(fail(0, 100)).as("the first attempt").isZero();
        assertThat(fail(150, 200)).isEqualTo(100);
        assertThat(fail(150, 400)).as("none since the attempt before").isEqualTo(100);
        assertThat(fail(500, 550)).isEqualTo(250);
    }

    @Test
    void shouldCountAPauseOnlyUpToTheLongestWait() {
        assertThat(Delivery.blame(0, 9000, 10_000, LONGEST)).isEqualTo(LONGEST);
    }

    private long fail(long lastDelivered, long now) {
        delivery.tried();
        return delivery.failed(lastDelivered, now, LONGEST);
    }
}
