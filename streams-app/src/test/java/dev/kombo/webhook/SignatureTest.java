package dev.kombo.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.webhook.Receiver.Signature;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class SignatureTest {
    private static final byte[] BODY = "{\"test\": 2432232314}".getBytes(StandardCharsets.UTF_8);
    private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

    /** The example of Standard Webhooks' own libraries. */
    private static final String SIGNED = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    @Test
    void shouldSignAsStandardWebhooksDo() {
        assertThat(sign(SECRET)).isEqualTo(SIGNED);
        assertThat(sign("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")).isEqualTo(SIGNED);
    }

    @Test
    void shouldSignByBothSecretsWhileOneChanges() {
        String other = "whsec_" + Base64.getEncoder().encodeToString(new byte[32]);

        assertThat(sign(other + " " + SECRET)).isEqualTo(sign(other) + " " + SIGNED);
    }

    @Test
    void shouldRefuseSecretsThatAreNoneWithoutShowingThem() {
        assertThatThrownBy(() -> new Signature("whsec_not-base64!"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a secret is whsec_ and base64");
        assertThatThrownBy(() -> new Signature("whsec_c2hvcnQ=")).hasMessageEndingWith("not 5");
        assertThatThrownBy(() -> new Signature("")).hasMessageEndingWith("not 0");
    }

    private static String sign(String secrets) {
        return new Signature(secrets).of("msg_p5jXN8AQM9LWM0D4loKWxJek", 1_614_265_330, BODY);
    }
}
