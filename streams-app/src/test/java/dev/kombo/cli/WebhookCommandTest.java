package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class WebhookCommandTest {
    @Test
    void shouldPrintNeitherPathNorQueryNorPasswordOfTheReceiver() {
        URI url = URI.create("https://ann:SECRET@shop.example:8443/hooks/SECRET?apikey=SECRET#SECRET");
        assertThat(WebhookCommand.withoutSecrets(url)).isEqualTo("https://shop.example:8443");
        assertThat(WebhookCommand.withoutSecrets(URI.create("http://localhost/hook")))
                .isEqualTo("http://localhost");
    }
}
