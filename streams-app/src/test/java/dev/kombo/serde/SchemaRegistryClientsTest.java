package dev.kombo.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaRegistryClientsTest {

    @Test
    void shouldShareOneRegistryInMemoryWhenTheScopeIsTheSame() {
        assertThat(create("mock://one")).isSameAs(create("mock://one")).isNotSameAs(create("mock://two"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:8081", "https://a.example/registry/,http://b.example:8081"})
    void shouldMakeAnHttpClientWithoutAskingAnything(String url) {
        assertThat(create(url)).isInstanceOf(HttpSchemaRegistryClient.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "localhost:8081", "ftp://host", "http://", "mock://a,http://b", "http://kim:s3cret@ho st"})
    void shouldNameTheSettingWithoutShowingCredentialsWhenTheAddressIsUnusable(String url) {
        assertThatThrownBy(() -> create(url))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.url")
                .hasMessageNotContaining("s3cret");
    }

    @Test
    void shouldMissTheUserInfoWhenItIsTheSourceOfCredentials() {
        assertThatThrownBy(() -> SchemaRegistryClients.create(
                        Map.of("schema.registry.url", "http://host", "basic.auth.credentials.source", "USER_INFO")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("basic.auth.user.info");
    }

    private static SchemaRegistryClient create(String url) {
        return SchemaRegistryClients.create(Map.of("schema.registry.url", url));
    }
}
