package dev.kombo.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.attribution.OfferLedger;
import dev.kombo.codec.Stored;
import org.junit.jupiter.api.Test;

class SessionLinksTest {
    private static final long NOW = 1_700_000_000_000L;

    private final SessionLinks links = new SessionLinks();

    @Test
    void shouldAskASessionOnceWhileTheUserGoesOnWithIt() {
        assertThat(links.link("s", NOW)).isTrue();
        for (int i = 1; i <= 100; i++) {
            assertThat(links.link("s", NOW + i * (SessionLinks.PAUSE_MILLIS - 1)))
                    .isFalse();
        }
    }

    @Test
    void shouldAskAgainAfterAPauseInWhichTheSessionMayHaveGoneOnAlone() {
        links.link("s", NOW);
        assertThat(links.link("s", NOW + SessionLinks.PAUSE_MILLIS)).isTrue();
        assertThat(links.link("s", NOW + SessionLinks.PAUSE_MILLIS + 1)).isFalse();
    }

    @Test
    void shouldNotBeTurnedBackByALateEvent() {
        links.link("s", NOW);
        assertThat(links.link("s", NOW - 10 * SessionLinks.PAUSE_MILLIS)).isFalse();
        assertThat(links.link("s", NOW + SessionLinks.PAUSE_MILLIS - 1)).isFalse();
    }

    @Test
    void shouldForgetTheSessionNotSeenForLongestWhenThereAreTooMany() {
        for (int i = 0; i < SessionLinks.CAPACITY; i++) {
            links.link("s" + i, NOW + i);
        }
        links.link("s0", NOW + SessionLinks.CAPACITY);
        assertThat(links.link("new", NOW + 100)).isTrue();
        assertThat(links.hashes()).hasSize(SessionLinks.CAPACITY);
        assertThat(links.link("s0", NOW + 101)).as("seen again meanwhile").isFalse();
        assertThat(links.link("s1", NOW + 102)).as("gave way").isTrue();
    }

    @Test
    void shouldAwaitAnAnswerUntilItComesOrPatienceEnds() {
        assertThat(links.awaits(NOW)).isFalse();
        links.link("silent", NOW);
        links.link("s", NOW + 10);
        links.answered("s");
        assertThat(links.awaits(NOW + OfferLedger.PATIENCE_MILLIS - 1)).isTrue();
        assertThat(links.awaits(NOW + OfferLedger.PATIENCE_MILLIS)).isFalse();
        links.link("s", NOW + OfferLedger.PATIENCE_MILLIS);
        assertThat(links.awaits(NOW + OfferLedger.PATIENCE_MILLIS))
                .as("asked again")
                .isTrue();
        links.answered("s");
        links.answered("unknown");
        assertThat(links.awaits(NOW + OfferLedger.PATIENCE_MILLIS)).isFalse();
    }

    @Test
    void shouldReadWhatWasWritten() {
        links.link("s", NOW);
        links.link("other", NOW + 1);
        links.answered("other");
        SessionLinks read = new SessionLinks();
        Stored.copy(links::fields, read::fields);
        assertThat(Stored.bytes(read::fields)).isEqualTo(Stored.bytes(links::fields));
        assertThat(read.link("s", NOW + 1)).isFalse();
        assertThat(read.awaits(NOW + 1)).isTrue();
    }
}
