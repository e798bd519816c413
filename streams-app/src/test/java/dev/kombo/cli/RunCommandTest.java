package dev.kombo.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class RunCommandTest {
    private final Console console = new Console();

    @Test
    void shouldEndWithOneAndCloseEverythingWhenTheServiceGivesUp() {
        console.service.failed = true;

        assertThat(console.run("run", "-Dkombo.api.port=0")).isEqualTo(1);

        assertThat(console.service.started).isTrue();
        assertThat(console.service.closed).isTrue();
        assertThat(console.output()).contains("Query API: http://127.0.0.1:");
        assertThat(console.errors().strip()).isEqualTo("kombo run: the service gave up; see its log");
    }

    @Test
    void shouldNameThePortWhenItIsTaken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
            assertThat(console.run("run", "-Dkombo.api.port=" + taken.getLocalPort()))
                    .isEqualTo(1);

            assertThat(console.errors().lines()).hasSize(1);
            assertThat(console.errors()).contains("127.0.0.1:" + taken.getLocalPort());
            assertThat(console.service.started).isFalse();
            assertThat(console.service.closed).isTrue();
        }
    }
}
