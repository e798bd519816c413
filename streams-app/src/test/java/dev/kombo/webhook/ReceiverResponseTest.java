package dev.kombo.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.webhook.ReceiverResponse.DeliveryStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceiverResponseTest {
    @ParameterizedTest
    @CsvSource({
        "200,DELIVERED",
        "204,DELIVERED",
        "301,RETRY",
        "400,REFUSED",
        "401,RETRY",
        "403,RETRY",
        "404,RETRY",
        "405,RETRY",
        "407,RETRY",
        "408,RETRY",
        "410,GONE",
        "413,REFUSED",
        "422,REFUSED",
        "425,RETRY",
        "429,RETRY",
        "500,RETRY",
        "503,RETRY"
    })
    void shouldTellWhatFollowsFromAStatus(int status, DeliveryStatus expected) {
        assertThat(ReceiverResponse.of(status, null, 0).deliveryStatus()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "7,7000",
        "'Thu, 01 Jan 1970 00:01:40 GMT',99000",
        "'Thu, 01 Jan 1970 00:00:00 GMT',0",
        "soon,0",
        "99999999999,0",
        "-1,0"
    })
    void shouldReadSecondsAndDatesOfRetryAfter(String header, long millis) {
        assertThat(ReceiverResponse.of(503, header, 1000).retryAfterMillis()).isEqualTo(millis);
    }

    @Test
    void shouldWaitTwiceAsLongAfterEachAttemptWithinTheLongestWait() {
        assertThat(WebhookSender.waitMillis(1, 300_000, 0)).isEqualTo(1000);
        assertThat(WebhookSender.waitMillis(4, 300_000, 0)).isEqualTo(8000);
        assertThat(WebhookSender.waitMillis(4, 300_000, 1)).isEqualTo(4000);
        assertThat(WebhookSender.waitMillis(1_000_000, 300_000, 0.5)).isEqualTo(225_000);
    }
}
