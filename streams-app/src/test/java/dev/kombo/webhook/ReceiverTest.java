package dev.kombo.webhook;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.WebhookSettings;
import dev.kombo.webhook.Receiver.OfferMessage;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReceiverTest {
    @Test
    void shouldRefuseAnIdThatCannotStandInAHeader() {
        KomboConfig config = KomboConfig.of(Map.of(
                ServiceSettings.BOOTSTRAP_SERVERS.name(), "127.0.0.1:9092",
                ServiceSettings.REGISTRY_URL.name(), "http://127.0.0.1:8081",
                WebhookSettings.URL.name(), "http://127.0.0.1:9/offers",
                WebhookSettings.SECRET.name(), "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"));
        Receiver receiver = new Receiver(config, () -> 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> receiver.post(new OfferMessage("a\r\nHost: b", new byte[0])));
    }
}
