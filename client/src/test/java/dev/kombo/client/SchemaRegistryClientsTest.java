package dev.kombo.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void shouldNameTheStoreWithoutShowingItsPasswordWhenItCannotBeRead() {
        assertThatThrownBy(() -> tls(Map.of("truststore.location", "/no/such.p12", "truststore.password", "s3cret")))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.ssl.")
                .hasMessageContaining("/no/such.p12")
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @CsvSource({
        "trustore.location,/a.p12",
        "engine.factory.class,a.B",
        "endpoint.identification.algorithm,''",
        "protocol,TLSv1"
    })
    void shouldRefuseATlsSettingWhenItWouldHaveNoEffect(String name, String value) {
        assertThatThrownBy(() -> tls(Map.of(name, value)))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("schema.registry.ssl." + name);
    }

    @Test
    void shouldLeaveTheBrokersTlsSettingsAlone() {
        assertThat(SchemaRegistryClients.create(
                        Map.of("schema.registry.url", "https://host", "ssl.truststore.location", "/no/such.p12")))
                .isInstanceOf(HttpSchemaRegistryClient.class);
    }

    private static SchemaRegistryClient tls(Map<String, String> ssl) {
        Map<String, String> settings = new HashMap<>(Map.of("schema.registry.url", "https://host"));
        ssl.forEach((name, value) -> settings.put("schema.registry.ssl." + name, value));
        return SchemaRegistryClients.create(settings);
    }

    private static SchemaRegistryClient create(String url) {
        return SchemaRegistryClients.create(Map.of("schema.registry.url", url));
    }
}
