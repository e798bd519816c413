package dev.kombo.shop.registry;

import java.util.UUID;

class InMemorySchemaRegistryClientTest extends SchemaRegistryClientContract {

    private final String scope = UUID.randomUUID().toString();

    @Override
    String url() {
        return "mock://" + scope;
    }
}
