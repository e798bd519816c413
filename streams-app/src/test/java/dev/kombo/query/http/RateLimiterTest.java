package dev.kombo.query.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RateLimiterTest {
    private static final long SECOND = 1_000_000_000L;

    private static int allowed(RateLimiter limiter, String client, int asked, long nanoTime) {
        return allowed(limiter, Client.named(client), asked, nanoTime);
    }

    private static int allowed(RateLimiter limiter, Client client, int asked, long nanoTime) {
        int allowed = 0;
        for (int i = 0; i < asked; i++) {
            allowed += limiter.allows(client, nanoTime) ? 1 : 0;
        }
        return allowed;
    }

    @Test
    void shouldAllowTwiceTheRateAtOnceAndTheRateOverTime() {
        RateLimiter limiter = new RateLimiter(10, 2);

        assertThat(allowed(limiter, "shop", 100, 0)).isEqualTo(20);
        assertThat(allowed(limiter, "shop", 100, SECOND / 2)).isEqualTo(5);
        assertThat(allowed(limiter, "shop", 100, 3 * SECOND / 2)).isEqualTo(10);
        assertThat(allowed(limiter, "shop", 100, 100 * SECOND)).isEqualTo(20);
    }

    @Test
    void shouldCountEachClientByItself() {
        RateLimiter limiter = new RateLimiter(1, 2);

        assertThat(allowed(limiter, "shop", 5, 0)).isEqualTo(2);
        assertThat(allowed(limiter, "ops", 5, 0)).isEqualTo(2);
    }

    @Test
    void shouldAllowASiteAsMuchAsFourOfItsNetworks() {
        RateLimiter limiter = new RateLimiter(10, 2);
        int ofSite = 0;
        for (int network = 0; network < 256; network++) {
            int ofNetwork = allowed(limiter, new Client("network " + network, "site"), 100, 0);
            assertThat(ofNetwork).isLessThanOrEqualTo(20);
            ofSite += ofNetwork;
        }

        assertThat(ofSite).isEqualTo(80);
        limiter.charge(new Client("network 0", "site"), 40);
        assertThat(allowed(limiter, new Client("network 300", "site"), 100, SECOND))
                .isZero();
        assertThat(allowed(limiter, new Client("other network", "other site"), 100, SECOND))
                .isEqualTo(20);
    }

    @Test
    void shouldAllowAnyNumberWhenTheRateIsZero() {
        assertThat(allowed(new RateLimiter(0, 2), "shop", 10_000, 0)).isEqualTo(10_000);
    }

    @Test
    void shouldNotFillBeyondItsMeasureWhenTheClockIsNegative() {
        RateLimiter limiter = new RateLimiter(1, 2);

        assertThat(allowed(limiter, "shop", 5, Long.MIN_VALUE)).isEqualTo(2);
        assertThat(allowed(limiter, "shop", 5, Long.MIN_VALUE + SECOND)).isEqualTo(1);
    }
}
