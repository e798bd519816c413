package dev.kombo.query.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.schema.BehaviorEvent;
import java.util.Set;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;

/** Writes the AsyncAPI document (3.0) of the topics through which Kombo and other systems communicate. */
public final class AsyncApi {
    private static final String AVRO = "application/vnd.apache.avro;version=1.9.0";
    private static final String BINDING = "0.5.0";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ObjectNode document = JsonNodeFactory.instance.objectNode();
    private final ObjectNode channels;
    private final ObjectNode operations;
    private final ObjectNode schemas;

    private AsyncApi(Topics topics) {
        document.put("asyncapi", "3.0.0");
        document.putObject("info")
                .put("title", "Kombo topics")
                .put("version", "1")
                .put(
                        "description",
                        "What is published to Kombo, and what Kombo publishes. Values are Avro in Confluent's wire"
                                + " format, under the subject <topic>-value; keys are UTF-8. Read committed records.")
                .putObject("license")
                .put("name", "Apache-2.0");
        document.put("defaultContentType", "application/vnd.apache.avro");
        channels = document.putObject("channels");
        operations = document.putObject("operations");
        schemas = document.putObject("components").putObject("schemas");
        Set<String> outputs = outputs(topics);
        for (Topics.Spec spec : topics.all()) {
            boolean input = topics.inputs().contains(spec.name());
            boolean output = outputs.contains(spec.name());
            if (input || output) {
                channel(spec, schemaOf(spec.record()));
            }
            operation(input, "receive", spec);
            operation(output, "send", spec);
        }
    }

    private static Set<String> outputs(Topics topics) {
        return Set.of(
                topics.name(Topic.BUNDLE_CATALOG),
                topics.name(Topic.BUNDLE_OFFER),
                topics.name(Topic.CURRENT_OFFER),
                topics.name(Topic.OFFER_OUTCOME),
                topics.name(Topic.CONVERSION_REPORT),
                topics.name(Topic.BUDGET_SPENDING),
                topics.name(Topic.BUNDLE_SUGGESTION),
                topics.name(Topic.REJECTED_EVENT),
                topics.name(Topic.ACTIVE_STRATEGY));
    }

    /** Returns the document as text. */
    public static String of(Topics topics) {
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(new AsyncApi(topics).document) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the AsyncAPI document cannot be written", e);
        }
    }

    private static Schema schemaOf(String record) {
        try {
            return SpecificData.get().getSchema(Class.forName(BehaviorEvent.class.getPackageName() + "." + record));
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("a topic holds a record without a schema", e);
        }
    }

    private void channel(Topics.Spec spec, Schema schema) {
        ObjectNode channel = channels.putObject(spec.name());
        channel.put("address", spec.name()).put("description", spec.doc());
        ObjectNode message = channel.putObject("messages").putObject(spec.record());
        message.put("name", spec.record()).put("summary", schema.getDoc());
        message.putObject("payload").put("$ref", "#/components/schemas/" + spec.record());
        message.putObject("bindings")
                .putObject("kafka")
                .put("bindingVersion", BINDING)
                .putObject("key")
                .put("type", "string")
                .put("description", spec.keys());
        ObjectNode kafka = channel.putObject("bindings").putObject("kafka");
        kafka.put("topic", spec.name()).put("partitions", spec.partitions()).put("bindingVersion", BINDING);
        ObjectNode configuration = kafka.putObject("topicConfiguration");
        ArrayNode policies = configuration.putArray("cleanup.policy");
        for (String policy : spec.settings().get("cleanup.policy").split(",", -1)) {
            policies.add(policy);
        }
        if (spec.settings().containsKey("retention.ms")) {
            configuration.put("retention.ms", Long.parseLong(spec.settings().get("retention.ms")));
        }
        schemas.putObject(spec.record()).put("schemaFormat", AVRO).set("schema", parsed(schema));
    }

    private void operation(boolean there, String action, Topics.Spec spec) {
        if (there) {
            operations
                    .putObject(action + "-" + spec.name())
                    .put("action", action)
                    .putObject("channel")
                    .put("$ref", "#/channels/" + spec.name());
        }
    }

    private static JsonNode parsed(Schema schema) {
        try {
            return JSON.readTree(schema.toString());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a schema cannot be read as JSON", e);
        }
    }
}
